"""JSON answers with what caches need: strong ETag, freshness, tags."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import parse_etags

from cms.changes.tags import header_tag

__all__ = [
    "API_HEADERS",
    "Answer",
    "Keepable",
    "cache_control",
    "cache_tags",
    "etag_of",
    "is_known",
    "json_response",
]

API_HEADERS: dict[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
MAX_TAG_BYTES = 8_000
"""Longest Cache-Tag header; proxies refuse answers whose headers are too large."""

MAX_STALE_SECONDS = 60
"""Longest that a purged cache may show an old answer while it fetches the new one."""


class Keepable(NamedTuple):
    """What an answer was made from, and the moment from which it may read differently."""

    tags: frozenset[str]
    until: datetime | None


class Answer(HttpResponse):
    """An answer that says how long it may be kept; None: not at all."""

    keepable: Keepable | None = None


def json_response(
    request: HttpRequest,
    body: bytes,
    *,
    etag: str | None = None,
    tags: Iterable[str] = (),
    until: datetime | None = None,
    shared: bool = True,
    content_type: str = "application/json",
) -> Answer:
    """The answer, or 304 where the client has this very body. Call it after the gate.

    ``etag`` is quoted and strong, worked out from the body where it is left out. ``tags`` is what
    the answer was made from; ``until`` the moment from which it may read differently without any
    change of content (an expiry); ``shared`` False keeps it out of shared caches.
    """
    etag = etag or etag_of(body)
    if is_known(request, etag):
        response = Answer(status=304)
        del response.headers["Content-Type"]
    else:
        response = Answer(body, content_type=content_type)
        response.headers["Content-Length"] = str(len(body))
    tags = frozenset(tags)
    if shared:
        response.keepable = Keepable(tags, until)
    headers = response.headers
    tag_header = cache_tags(tags)
    headers["ETag"] = etag
    headers["Cache-Control"] = cache_control(
        until, shared=shared and len(tag_header) <= MAX_TAG_BYTES
    )
    if tag_header and len(tag_header) <= MAX_TAG_BYTES:
        headers["Cache-Tag"] = tag_header
    headers["Vary"] = "Accept-Encoding"
    for name, value in API_HEADERS.items():
        headers[name] = value
    return response


def etag_of(body: bytes) -> str:
    """A quoted strong ETag of the body's bytes."""
    return f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'


def is_known(request: HttpRequest, etag: str) -> bool:
    """Whether ``If-None-Match`` names the ETag (RFC 9110, 13.1.2: weak comparison)."""
    header = request.META.get("HTTP_IF_NONE_MATCH")
    if not header:
        return False
    known = [tag.removeprefix("W/") for tag in parse_etags(header)]
    return etag in known or "*" in known


def cache_tags(tags: Iterable[str]) -> str:
    """The Cache-Tag header: sorted, without doubles, each safe between commas."""
    return ",".join(sorted({header_tag(tag) for tag in tags}))


def cache_control(until: datetime | None, *, shared: bool) -> str:
    """Browsers ask again each time; shared caches keep what they are purged of by tag."""
    seconds: int = settings.CMS_PUBLIC_CACHE_SECONDS if shared else 0
    stale = min(seconds, MAX_STALE_SECONDS)
    if until is not None and seconds:  # from then on not even as a stale one
        left = max(0, int((until - timezone.now()).total_seconds()))
        seconds = min(seconds, left)
        stale = min(stale, left - seconds)
    if not stale:
        return f"public, max-age=0, s-maxage={seconds}, must-revalidate"
    return (
        f"public, max-age=0, s-maxage={seconds}, stale-while-revalidate={stale}, "
        f"stale-if-error={stale}"
    )
