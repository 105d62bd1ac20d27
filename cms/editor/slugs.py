"""The admin's slug field: it spells a Vietnamese title the way the server does.

Wagtail's field knows a dozen alphabets but no Vietnamese: of "Đại hội Đảng" it makes `ai-hoi-ang`,
of "60/KH-LMHTX" `60kh-lmhtx`. Its formatters, which run in the browser before its own
transliteration, put that right, so that what an editor sees while typing is what
`cms.vietnamese.slugs.slugify` would give.
"""

from __future__ import annotations

from typing import Any

from wagtail.admin.widgets import SlugInput

from cms.vietnamese.text import fold

__all__ = ["VIETNAMESE_FORMATTERS", "VietnameseSlugInput"]

_BASES = "aeiouyd"
_LATIN_WITH_MARKS = [chr(point) for point in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))]


def _variants(base: str) -> str:
    """The letters with marks whose plain form is ``base``, in both cases."""
    return "".join(letter for letter in _LATIN_WITH_MARKS if fold(letter).lower() == base)


VIETNAMESE_FORMATTERS: list[tuple[str, str]] = [
    *((f"[{_variants(base)}]", base) for base in _BASES),
    # Marks that stand alone, as macOS writes them.
    ("[\u0300-\u036f]", ""),
    # Everything that parts words: white space, ASCII and Latin punctuation, dashes, quotes.
    (r"[\s\-!-,./:-@\[-`{-~\u00a0-\u00bf\u2000-\u206f]+", "-"),
    ("^-+|-+$", ""),
]
"""Pattern and replacement, in order; the patterns mean the same in Python and in JavaScript."""


class VietnameseSlugInput(SlugInput):
    """Wagtail's slug field with Vietnamese letters and document numbers put right."""

    def __init__(
        self, attrs: dict[str, Any] | None = None, formatters: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(attrs, formatters=formatters or VIETNAMESE_FORMATTERS, **kwargs)
