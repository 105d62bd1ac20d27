"""Writing into one generation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import batched
from typing import cast

from tantivy import FieldType, Order, Query

from search.contract import Entry
from search.embedded.errors import engine_errors
from search.embedded.reading import Generation
from search.embedded.schema import DIGEST, ID, LOCALE, VERSION, document, tombstone

__all__ = ["GenerationWriter"]

_HEAP_BYTES = 32_000_000
"""Of new entries in memory; beyond it they are written to the disk as a segment."""

_BATCH = 500
_MAX_UNCOMMITTED = 10_000
"""Entries whose versions are remembered until they can be looked up in the index."""


class GenerationWriter:
    """Writes into a generation; nobody else does so meanwhile.

    An entry keeps the version that it was written with, and a removed one leaves its version
    behind: who writes an older state after that loses. Versions go with the entry, not with the
    index, since who mends single entries may be ahead of who follows the feed.
    """

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._index = generation.index
        self._writer = generation.index.writer(_HEAP_BYTES, num_threads=1)
        self._writer.garbage_collect_files()  # what a writer left that failed or was killed
        self._uncommitted: dict[int, int] = {}

    def write(self, entries: Iterable[Entry], version: int) -> int:
        """Stores entries over what stands under their ids; returns how many."""
        written = 0
        for batch in batched(entries, _BATCH):
            with engine_errors("writing"):
                stored = self._versions([entry.id for entry in batch])
                for entry in batch:
                    if stored.get(entry.id, version) > version:
                        continue
                    added = document(entry, version, self._generation.fields)
                    if entry.id in stored:
                        self._writer.delete_documents_by_term(ID, entry.id)
                    self._writer.add_document(added)
                    stored[entry.id] = self._uncommitted[entry.id] = version
                    written += 1
                self._limit_memory()
        return written

    def remove(self, ids: Iterable[int], version: int) -> None:
        """Takes entries out, in whichever locale they stand."""
        for batch in batched(ids, _BATCH):
            with engine_errors("removing"):
                stored = self._versions(batch)
                for entry_id in batch:
                    if stored.get(entry_id, version) > version:
                        continue
                    self._writer.delete_documents_by_term(ID, entry_id)
                    self._writer.add_document(tombstone(entry_id, version))
                    stored[entry_id] = self._uncommitted[entry_id] = version
                self._limit_memory()

    def _versions(self, ids: Iterable[int]) -> dict[int, int]:
        """The versions of those entries that are, or were, in the index."""
        found = {each: self._uncommitted[each] for each in ids if each in self._uncommitted}
        others = [each for each in ids if each not in found]
        searcher = self._generation.searcher()
        if not others or not searcher.num_docs:
            return found
        query = Query.term_set_query(self._index.schema, ID, others)
        places = [place for _, place in searcher.search(query, len(others), count=False).hits]
        columns = (searcher.fast_field_values(name, places) for name in (ID, VERSION))
        return found | dict(cast("Iterable[tuple[int, int]]", zip(*columns, strict=True)))

    def _limit_memory(self) -> None:
        if len(self._uncommitted) >= _MAX_UNCOMMITTED:
            self._commit()

    def digests(self) -> Iterator[tuple[int, str, str]]:
        """Id, locale and digest of every committed entry, ordered by id, in constant memory."""
        searcher = self._generation.searcher()
        query = Query.all_query()
        while True:
            with engine_errors("reading digests"):
                hits = searcher.search(
                    query, _BATCH, count=False, order_by_field=ID, order=Order.Asc
                ).hits
                stored = [(entry_id, searcher.doc(place)) for entry_id, place in hits]
                # What was removed has no locale.
                entries = [
                    (entry_id, locale, found.get_first(DIGEST) or "")
                    for entry_id, found in stored
                    if (locale := found.get_first(LOCALE)) is not None
                ]
            yield from entries
            if len(hits) < _BATCH:
                return
            query = Query.range_query(
                self._index.schema,
                ID,
                FieldType.Integer,
                lower_bound=hits[-1][0],
                include_lower=False,
            )

    def commit(self) -> None:
        """Makes what was written visible to searches."""
        with engine_errors("committing"):
            self._commit()

    def _commit(self) -> None:
        self._writer.commit()
        self._index.reload()
        self._uncommitted.clear()

    def close(self) -> None:
        """Lets go of the index, after the segments that are being merged; what wasn't committed
        is dropped."""
        with engine_errors("closing"):
            self._writer.wait_merging_threads()
