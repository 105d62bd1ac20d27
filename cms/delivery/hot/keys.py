"""Which requests the hot path may answer, and what their answers are kept under."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from django.conf import settings

__all__ = ["HOT_PATHS", "RequestKeys"]

HOT_PATHS = ("/api/", "/graphql/")
"""What the paths of answers that may be kept begin with."""

MAX_QUERY = 4_096
"""Characters of the longest query that is kept."""

_PERSONAL = ("HTTP_AUTHORIZATION", "HTTP_COOKIE", "HTTP_RANGE", "HTTP_TRANSFER_ENCODING")
"""With any of these the answer is this client's own."""


class RequestKeys:
    """Makes keys of requests. All that an answer may depend on is in the key, or it has none."""

    def __init__(self) -> None:
        self._proxy: tuple[str, str] | None = getattr(settings, "SECURE_PROXY_SSL_HEADER", None)
        self._any_origin: bool = settings.CORS_ALLOW_ALL_ORIGINS
        self._origins = frozenset(settings.CORS_ALLOWED_ORIGINS)

    def key_of(self, environ: Mapping[str, Any]) -> Hashable | None:
        """The key; None for a request that must go to Django.

        Only GET and HEAD, without anything personal and without a body. Pairs of the query may
        stand in any order: a parameter that is given twice is refused by every endpoint.
        """
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        if not environ.keys().isdisjoint(_PERSONAL):
            return None
        if "CONTENT_LENGTH" in environ and environ["CONTENT_LENGTH"] not in ("", "0"):
            return None
        query = environ.get("QUERY_STRING", "")
        if "&" in query:
            query = "&".join(sorted(query.split("&")))
        if len(query) > MAX_QUERY:
            return None
        origin = ""
        if "HTTP_ORIGIN" in environ:
            origin = "*" if self._any_origin else environ["HTTP_ORIGIN"]
            if not self._any_origin and origin not in self._origins:
                return None
        return environ.get("HTTP_HOST"), environ["PATH_INFO"], query, origin, self._secure(environ)

    def _secure(self, environ: Mapping[str, Any]) -> bool:
        if self._proxy is not None and self._proxy[0] in environ:
            return bool(environ[self._proxy[0]] == self._proxy[1])
        return bool(environ["wsgi.url_scheme"] == "https")
