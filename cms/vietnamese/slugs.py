"""Readable, ASCII-only addresses for titles in any script."""

import re
from typing import Final

from anyascii import anyascii

from cms.vietnamese.text import clean, fold

__all__ = ["MAX_LENGTH", "slugify"]

MAX_LENGTH: Final = 255
"""The length of Wagtail's slug column."""

_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")


def slugify(text: str, max_length: int = MAX_LENGTH) -> str:
    """Return `text` as words of a-z and 0-9 joined by hyphens, at most `max_length` characters.

    "Đại hội Đảng" → "dai-hoi-dang", "60/KH-LMHTX" → "60-kh-lmhtx". Vietnamese is folded first;
    what is not Latin is transliterated ("Москва" → "moskva"). The result is cut between words
    where it can be. It is empty only where `text` has no letter and no digit. Idempotent.

    Raises ValueError where `max_length` is below 1.
    """
    if max_length < 1:
        raise ValueError(f"max_length must be at least 1, not {max_length}")
    cleaned = clean(text)
    slug = _join(anyascii(fold(cleaned)))
    if not slug and any(char.isalnum() for char in cleaned):
        # A script that the transliteration does not know: its code points are stable and unique.
        slug = "-".join(f"u{ord(char):x}" for char in cleaned if char.isalnum())
    return _cut(slug, max_length)


def _join(text: str) -> str:
    return _NOT_SLUG.sub("-", text.lower()).strip("-")


def _cut(slug: str, max_length: int) -> str:
    if len(slug) <= max_length:
        return slug
    head = slug[:max_length]
    if slug[max_length] != "-" and "-" in head:
        head = head.rpartition("-")[0]
    return head.strip("-")
