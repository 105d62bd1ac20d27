"""The WSGI layer before Django: a repeated anonymous read costs no Django request and no SQL."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterable
from typing import Any, cast

from django.conf import settings

from cms.delivery.answers import Answer, Keepable
from cms.delivery.hot.entry import Entry, matches, takes_brotli
from cms.delivery.hot.following import Following
from cms.delivery.hot.keys import HOT_PATHS, RequestKeys
from cms.delivery.hot.store import Store

__all__ = ["HotPath"]

type Environ = dict[str, Any]
type Headers = list[tuple[str, str]]
type StartResponse = Callable[..., Any]
type Application = Callable[[Environ, StartResponse], Iterable[bytes]]

PATIENCE = 5.0
"""Seconds for which a request waits for the one that is making the same answer."""

_HIT: Headers = [("Cache-Status", "hoptac-cms; hit")]  # RFC 9211
_KEPT: Headers = [("Cache-Status", "hoptac-cms; fwd=uri-miss; stored")]


class HotPath:
    """Wraps Django's application; ``max_bytes`` 0 hands every request on."""

    def __init__(self, application: Application, max_bytes: int | None = None) -> None:
        size: int = settings.CMS_HOT_CACHE_BYTES if max_bytes is None else max_bytes
        self._application = application
        self._is_on = size > 0
        self.store = Store(size)
        self.following = Following(self.store)
        self._keys = RequestKeys()
        self._under_way: dict[Hashable, threading.Event] = {}
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not environ["PATH_INFO"].startswith(HOT_PATHS) or not self._is_on:
            return self._application(environ, start_response)
        key = self._keys.key_of(environ)
        if key is None:
            return self._application(environ, start_response)
        entry = self._find(key)
        if entry is not None:
            return self._answer(key, entry, environ, start_response, _HIT)
        return self._make_once(key, environ, start_response)

    def _find(self, key: Hashable) -> Entry | None:
        """A kept answer that is known to be right at this moment."""
        entry = self.store.get(key)
        if entry is None or not self.following.is_current():
            return None
        return entry if entry.until is None or entry.until > time.time() else None

    def _make_once(
        self, key: Hashable, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Lets one request of a key go to Django; the others wait for what it brings."""
        self.following.start()
        with self._lock:
            others = self._under_way.get(key)
            if others is None:
                mine = self._under_way[key] = threading.Event()
        if others is not None:
            others.wait(PATIENCE)
            entry = self._find(key)
            if entry is not None:
                return self._answer(key, entry, environ, start_response, _HIT)
            return self._make(key, environ, start_response)
        try:
            return self._make(key, environ, start_response)
        finally:
            with self._lock:
                del self._under_way[key]
            mine.set()

    def _make(
        self, key: Hashable, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Asks Django for the whole answer, and keeps it where it says that it may be kept."""
        since = self.store.begin() if self.following.has_begun() else None
        asked = dict(environ, REQUEST_METHOD="GET")
        asked.pop("HTTP_IF_NONE_MATCH", None)  # the whole answer, whatever this client has
        started: list[tuple[str, Headers]] = []

        def begin(status: str, headers: Headers, exc_info: object = None) -> None:
            started.append((status, headers))

        answer = self._application(asked, begin)
        status, headers = started[-1]
        keepable = _keepable(answer, status, headers)
        if keepable is None:
            return _hand_on(answer, status, headers, environ, start_response)
        entry = Entry(headers, b"".join(answer), keepable.tags, keepable.until)
        cast(Any, answer).close()
        kept = since is not None and self.store.put(key, entry, since)
        return self._answer(key, entry, environ, start_response, _KEPT if kept else [])

    def _answer(
        self,
        key: Hashable,
        entry: Entry,
        environ: Environ,
        start_response: StartResponse,
        status: Headers,
    ) -> Iterable[bytes]:
        """What the client asks for of the entry.

        Always as a new list: a server that knows that the body is whole sends it in one piece, and
        may change the headers (PEP 3333).
        """
        variant = entry.identity
        accepted = environ.get("HTTP_ACCEPT_ENCODING")
        if accepted is not None and takes_brotli(accepted):
            variant = entry.brotli(lambda size: self.store.grow(key, entry, size))
        if "HTTP_IF_NONE_MATCH" in environ and matches(environ["HTTP_IF_NONE_MATCH"], variant.etag):
            start_response("304 Not Modified", variant.headers_304 + status)
            return []
        start_response("200 OK", variant.headers + status)
        return [variant.body] if environ["REQUEST_METHOD"] == "GET" else []


def _keepable(answer: object, status: str, headers: Headers) -> Keepable | None:
    """What the answer says of itself, unless something in it is this client's own."""
    if not isinstance(answer, Answer) or not status.startswith("200 "):
        return None
    for name, value in headers:
        match name.lower():
            case "set-cookie":
                return None
            case "vary" if not {"accept-encoding", "origin"}.issuperset(
                one.strip().lower() for one in value.split(",")
            ):
                return None
    return answer.keepable


def _hand_on(
    answer: Iterable[bytes],
    status: str,
    headers: Headers,
    environ: Environ,
    start_response: StartResponse,
) -> Iterable[bytes]:
    """An answer that is not kept, as the client's own method and condition ask for it."""
    etag = next((value for name, value in headers if name.lower() == "etag"), None)
    known = environ.get("HTTP_IF_NONE_MATCH")
    if status.startswith("200 ") and etag and known and matches(known, etag):
        close = getattr(answer, "close", None)
        if close is not None:
            close()
        without_body = {"content-length", "content-type"}
        start_response(
            "304 Not Modified", [one for one in headers if one[0].lower() not in without_body]
        )
        return ()
    start_response(status, headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        close = getattr(answer, "close", None)
        if close is not None:
            close()
        return ()
    return answer
