"""The worker's care for indexes: one that is missing or made by other code is built anew."""

from __future__ import annotations

import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property

import structlog
from django.conf import settings
from django.db import connection

from cms.changes.duties import Duty
from search.contract import Engine, EngineError
from search.engines import embedded_engine, engines
from search.indexing.rebuild import rebuild_index
from search.stamp import stamp

__all__ = ["KeepIndexes"]

_LOOK_SECONDS = 10.0
"""Between two looks at the engines: a look may be a request to a server."""

logger = structlog.get_logger(__name__)


class KeepIndexes(Duty):
    """Looks at the engines and builds indexes beside the worker's rounds, which wait for neither:
    a look may be a request to a slow server."""

    name = "search_indexes"

    def __init__(self) -> None:
        self._running: dict[str, Future[bool]] = {}
        self._looked_at = float("-inf")

    def due(self) -> Iterable[str]:
        """The names of the engines that are to be looked at, or are done with."""
        if not settings.SEARCH_BUILDS_INDEXES:
            return []
        if time.monotonic() - self._looked_at < _LOOK_SECONDS:
            return [name for name, build in self._running.items() if build.done()]
        self._looked_at = time.monotonic()
        return [one.name for one in engines()]

    def run(self, key: str) -> bool:
        """Begins with an engine unless that is under way; raises what that ended with before."""
        before = self._running.get(key)
        if before is not None and not before.done():
            return False
        self._running.pop(key, None)
        if before is not None:
            before.result()
            return False
        for engine in engines():
            if engine.name == key:
                self._running[key] = self._threads.submit(_keep, engine, stamp())
        return False

    def finish(self) -> int:
        running, self._running = list(self._running.values()), {}
        return sum(one.exception() is None and one.result() for one in running)

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(2, thread_name_prefix="search")


def _has(engine: Engine, wanted: str) -> bool:
    """Whether the engine's index fits.

    A server that is away is looked at again later; this node's own index that can't be read is
    damaged, and is built anew.
    """
    try:
        return engine.stamp() == wanted
    except EngineError:
        return engine is not embedded_engine()


def _keep(engine: Engine, wanted: str) -> bool:
    """Builds the engine's index where it doesn't fit; whether it did."""
    if _has(engine, wanted):
        return False
    logger.info("search_index_build_begins", engine=engine.name)
    try:
        count = rebuild_index(engine)
    finally:
        connection.close()
    logger.info("search_index_built", engine=engine.name, entries=count)
    return True
