"""The engines in use, and which of them answers.

The embedded one always is; Elasticsearch is where it is configured, and then answers searches for
as long as it can. There is one set of engines for each process.
"""

from __future__ import annotations

import os
import threading

import structlog
from django.conf import settings

from search.breaker import Breaker
from search.contract import Engine, EngineError, Found, LocalEngine, Request
from search.elastic.client import Client
from search.elastic.engine import ElasticEngine
from search.embedded import EmbeddedEngine

__all__ = ["Engines", "choose_engines", "current_engines", "embedded_engine", "engines", "find",
           "reset_engines", "server_engine"]  # fmt: skip

logger = structlog.get_logger(__name__)


class Engines:
    """The embedded engine and, in front of it, a server that may be away. Safe for threads."""

    def __init__(
        self, embedded: LocalEngine, server: Engine | None = None, breaker: Breaker | None = None
    ) -> None:
        self.embedded = embedded
        self.server = server
        self._breaker = breaker or Breaker()

    def find(self, request: Request) -> tuple[Found, Engine, bool]:
        """The answer, whose it is, and whether it is degraded: not of the engine that should give
        it. Raises EngineError where no engine can."""
        if self.server is None:
            return self.embedded.search(request), self.embedded, False
        if self._breaker.allows():
            try:
                found = self.server.search(request)
            except EngineError as error:
                self._failed(error)
            else:
                if self._breaker.succeeded():
                    logger.info("search_server_is_back", engine=self.server.name)
                return found, self.server, False
        return self.embedded.search(request), self.embedded, True

    def _failed(self, error: EngineError) -> None:
        if self._breaker.failed():
            logger.error("search_server_given_up", error=str(error))
        elif not self._breaker.is_open:
            logger.warning("search_server_failed", error=str(error))


def connect_elasticsearch() -> ElasticEngine | None:
    """The engine on the servers that the settings name, or None."""
    if not settings.CMS_ELASTICSEARCH_URLS:
        return None
    return ElasticEngine(
        Client(
            settings.CMS_ELASTICSEARCH_URLS,
            settings.CMS_ELASTICSEARCH_API_KEY,
            settings.CMS_ELASTICSEARCH_CA_FILE,
        ),
        prefix=settings.CMS_ELASTICSEARCH_PREFIX,
        locales=[code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES],
        replicas=settings.CMS_ELASTICSEARCH_REPLICAS,
        seconds=settings.CMS_SEARCH_TIMEOUT,
    )


_lock = threading.Lock()
_current: Engines | None = None


def current_engines() -> Engines:
    """This process's engines, connected when they are first asked for."""
    global _current
    if _current is None:
        with _lock:
            if _current is None:
                _current = Engines(EmbeddedEngine(settings.SEARCH_DIR), connect_elasticsearch())
    return _current


def reset_engines() -> None:
    """Forgets the engines: settings have changed, or a child process must not share the parent's
    connections."""
    global _current, _lock
    _lock, _current = threading.Lock(), None


os.register_at_fork(after_in_child=reset_engines)


def embedded_engine() -> LocalEngine:
    """The embedded engine."""
    return current_engines().embedded


def server_engine() -> Engine | None:
    """The engine on a server, where one is configured."""
    return current_engines().server


def engines() -> tuple[Engine, ...]:
    """The engines in use: those that are kept in step with the content."""
    chosen = current_engines()
    return (chosen.embedded,) if chosen.server is None else (chosen.server, chosen.embedded)


def choose_engines(name: str | None) -> tuple[Engine, ...]:
    """The engine in use of that name, or all; raises EngineError naming those that are in use."""
    found = tuple(engine for engine in engines() if name in (None, engine.name))
    if not found:
        names = ", ".join(engine.name for engine in engines())
        raise EngineError(f"{name} is not in use here. In use: {names}.")
    return found


def find(request: Request) -> tuple[Found, Engine, bool]:
    """See :meth:`Engines.find`."""
    return current_engines().find(request)
