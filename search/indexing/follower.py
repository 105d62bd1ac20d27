"""The follower that keeps one engine's index in step with the change feed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from cms.changes.followers import Follower
from cms.changes.models import Change
from search.contract import Engine, EngineError
from search.indexing.documents import affected_pages, index_pages

__all__ = ["IndexFollower"]


class IndexFollower(Follower):
    """Writes what changed into an engine's index.

    It never gives up: an engine that is away is waited for. Where there is no index yet there is
    nothing to keep in step; the one that is built starts from where the feed is then.
    """

    most = 200
    gives_up = False
    longest_pause = timedelta(seconds=20)  # soon in step again once the engine is back

    def __init__(
        self, find_engine: Callable[[], Engine | None], label: str, *, asks_servers: bool = False
    ) -> None:
        self._find_engine = find_engine
        self._label = label
        self.asks_servers = asks_servers

    @property
    def name(self) -> str:  # type: ignore[override]  # which node's index it is, is known at work
        """The engine's own name for its cursor; the label while it can't be told."""
        engine = self._find_engine()
        try:
            return engine.follower_name if engine else self._label
        except EngineError:
            return self._label

    def follow(self, change: Change) -> None:
        self.follow_all([change])

    def follow_all(self, changes: Sequence[Change]) -> None:
        engine = self._find_engine()
        if engine is None or engine.stamp() is None:
            return
        ids = affected_pages(changes)
        if not ids:
            return
        with engine.writing() as writer:
            index_pages(ids, writer, changes[-1].seq or 0)
            writer.commit()
