"""The hot path over the real Django application, asked the way a server asks it."""

from __future__ import annotations

import io
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from cms.delivery.hot.wsgi import HotPath
from tests.fixtures.portal import Portal, make_portal

__all__ = ["Asked", "Hot"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A whole answer; ``headers`` by lower-case name."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_hit(self) -> bool:
        """Whether it came from memory."""
        return self.headers.get("cache-status", "").endswith("hit")


@dataclass
class Hot:
    """A hot path and how often it asked Django."""

    path: HotPath
    asked_django: list[str] = field(default_factory=list)

    def get(self, path: str, query: str | dict[str, Any] = "", **environ: Any) -> Asked:
        """One request; ``environ`` is added to the WSGI environment."""
        text = query if isinstance(query, str) else urlencode(query)
        return ask(self.path, path, text, **environ)

    def wait_until_current(self) -> None:
        """Until the store is known to be in step."""
        self.path.following.start()
        end = time.monotonic() + 20
        while not (self.path.following.is_current() and self.path.following.has_begun()):
            assert time.monotonic() < end, "the thread does not start"
            time.sleep(0.005)


def ask(application: Any, path: str, query: str = "", **environ: Any) -> Asked:
    """Asks a WSGI application."""
    started: list[tuple[str, list[tuple[str, str]]]] = []
    whole = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": quote(path).encode().decode("latin-1") if "%" in path else path,
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        **environ,
    }
    result: Iterable[bytes] = application(whole, lambda *args: started.append(args[:2]))
    body = b"".join(result)
    if hasattr(result, "close"):
        result.close()
    status, headers = started[-1]
    return Asked(int(status[:3]), {name.lower(): value for name, value in headers}, body)


@pytest.fixture
def committed_portal(transactional_db: None) -> Portal:
    """The small portal, committed: other threads see it."""
    return make_portal()


@contextmanager
def running() -> Iterator[Hot]:
    """A hot path whose thread follows the database."""
    made = Hot(path=HotPath(lambda environ, start: (), 1_000_000))
    django = get_wsgi_application()

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        made.asked_django.append(environ["PATH_INFO"])
        answer: Iterable[bytes] = django(environ, start_response)
        return answer

    made.path = HotPath(application, 1_000_000)
    made.wait_until_current()
    yield made
    made.path.following.stop()


@pytest.fixture
def hot(portal: Portal) -> Iterator[Hot]:
    """A hot path for tests whose changes nobody needs to hear of.

    They run in one transaction, whose connection must outlive each request.
    """
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    with running() as made:
        yield made
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def following(committed_portal: Portal) -> Iterator[Hot]:
    """A hot path over a portal that is committed, so that its changes are heard of."""
    with running() as made:
        yield made
