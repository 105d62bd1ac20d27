"""One kept answer, ready to be sent: its body as it is and compressed, each with its headers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import brotli  # type: ignore[import-untyped]  # has no types

__all__ = ["Entry", "Variant", "matches", "takes_brotli"]

type Headers = list[tuple[str, str]]

COMPRESSED_FROM = 600
"""Bytes from which a body is compressed: a shorter one hardly gets shorter."""

QUALITY = 5
"""Of Brotli, 0 to 11: above it the time grows faster than the body shrinks."""

_OVERHEAD = 2_000  # bytes that an entry takes beside its bodies and tags, roughly
_BROTLI = re.compile(r"(?:^|,)\s*br\s*(?:;\s*q=(?P<weight>[0-9.]+)\s*)?(?:,|$)", re.IGNORECASE)
_NOT_IN_304 = frozenset({"content-length", "content-encoding", "content-type"})


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of the body with everything that goes out with it."""

    etag: str
    headers: Headers
    headers_304: Headers
    body: bytes


class Entry:
    """A finished answer. ``until`` is the moment (seconds since the epoch) at which it ends.

    ``was_read`` is the store's: whether it was asked for since the store last looked for room.
    """

    __slots__ = ("_brotli", "identity", "size", "tags", "until", "was_read")

    def __init__(
        self, headers: Headers, body: bytes, tags: Iterable[str], until: datetime | None
    ) -> None:
        self.identity = _variant(headers, body)
        self.tags = frozenset(tags)
        self.until = until.timestamp() if until is not None else None
        self.size = len(body) + _OVERHEAD + sum(100 + len(tag) for tag in self.tags)
        self.was_read = False
        self._brotli: Variant | None = None

    def brotli(self, grew: Callable[[int], None]) -> Variant:
        """The compressed form, made when it is first asked for; ``grew`` is told its bytes."""
        if self._brotli is None:
            body = self.identity.body
            if len(body) >= COMPRESSED_FROM:
                packed = brotli.compress(body, mode=brotli.MODE_TEXT, quality=QUALITY)
                self._brotli = _variant(self.identity.headers, packed, encoding="br")
                grew(len(packed))
            else:
                self._brotli = self.identity
        return self._brotli


def _variant(headers: Headers, body: bytes, encoding: str = "") -> Variant:
    """The headers with the length, the encoding and the ETag of this form of the body."""
    etag = ""
    made: Headers = []
    for name, value in headers:
        lower = name.lower()
        if lower == "etag":
            # Other bytes, another strong ETag (RFC 9110, 8.8.3.3).
            etag = f'{value[:-1]}-{encoding}"' if encoding else value
            made.append((name, etag))
        elif lower != "content-length":
            made.append((name, value))
    if encoding:
        made.append(("Content-Encoding", encoding))
    without_body = [pair for pair in made if pair[0].lower() not in _NOT_IN_304]
    return Variant(etag, [*made, ("Content-Length", str(len(body)))], without_body, body)


def takes_brotli(accept_encoding: str) -> bool:
    """Whether the header takes Brotli (RFC 9110, 12.5.3)."""
    found = _BROTLI.search(accept_encoding)
    if found is None:
        return False
    weight = found["weight"]
    return weight is None or weight.strip("0.") != ""


def matches(if_none_match: str, etag: str) -> bool:
    """Whether ``If-None-Match`` names the ETag, in any form of the body (weak comparison)."""
    if if_none_match == etag:
        return True
    bare = _bare(etag)
    return any(one == "*" or _bare(one) == bare for one in map(str.strip, if_none_match.split(",")))


def _bare(etag: str) -> str:
    return etag.removeprefix("W/").strip('"').removesuffix("-br")
