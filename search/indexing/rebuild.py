"""Building an index anew while content goes on changing.

The new index is filled beside the old one, which goes on being searched and kept in step. Then the
new one follows the feed from where it was begun, and takes over while the follower is held: so no
change is missed, no reader finds an empty index, and a run that is killed leaves the old one.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from cms.changes.feed import changes_since, latest_seq, number_changes
from cms.changes.followers import advance, holding
from search.contract import Engine, EngineError, Rebuild
from search.indexing.documents import affected_pages, all_entries, index_pages
from search.indexing.follower import IndexFollower
from search.stamp import stamp

__all__ = ["rebuild_index"]

_CHUNK = 200
_PATIENCE = 60.0
"""Seconds to wait for a worker that is following at the moment of taking over."""

type Progress = Callable[[int], object]


def rebuild_index(engine: Engine, progress: Progress | None = None) -> int:
    """Builds the engine's index anew; returns how many entries it has.

    ``progress`` is told how many documents have been added each time. Memory does not grow with the
    number of pages. Raises EngineError.
    """
    with engine.rebuilding(stamp()) as index:
        number_changes()
        seq = latest_seq()
        count = _fill(index, seq, progress)
        seq = _follow(index, seq)
        _take_over(engine, index, seq)
    return count


def _fill(index: Rebuild, seq: int, progress: Progress | None) -> int:
    """Writes every public document; what changes meanwhile is in the feed after ``seq``."""
    count = 0
    # While a server stores one chunk, the next one's texts are read.
    with ThreadPoolExecutor(max_workers=1) as sender:
        sent: Future[int] | None = None
        for entries in all_entries(_CHUNK):
            if sent:
                sent.result()
            sent = sender.submit(index.write, entries, seq)
            count += len(entries)
            if progress:
                progress(len(entries))
        if sent:
            sent.result()
    return count


def _follow(index: Rebuild, seq: int) -> int:
    """Brings the new index up to the end of the feed; returns the number of the last entry."""
    number_changes()
    while changes := changes_since(seq, _CHUNK):
        seq = changes[-1].seq or seq
        index_pages(affected_pages(changes), index, seq)
    return seq


def _take_over(engine: Engine, index: Rebuild, seq: int) -> None:
    """Puts the new index in place and its follower where the index is, in one go."""
    follower = IndexFollower(lambda: engine, engine.name)
    deadline = time.monotonic() + _PATIENCE
    while True:
        with holding(follower) as cursor:
            if cursor is not None:
                seq = _follow(index, seq)
                index.commit()
                index.take_over()
                advance(cursor, seq)
                return
        if time.monotonic() > deadline:
            raise EngineError(f"The index of {engine.name} is held by another process.")
        time.sleep(0.1)
