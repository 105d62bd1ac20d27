"""Tags as they are written for the outside."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

__all__ = ["header_tag"]


@lru_cache(maxsize=10_000)
def header_tag(tag: str) -> str:
    """A tag as ``Cache-Tag`` carries it and a purge names it: safe between commas and spaces."""
    return quote(tag, safe=":/-_.~")
