"""The Vietnamese numbering of parts, clauses and points (Nghị định 30/2020, Phụ lục I)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from cms.vietnamese.numbering import letter, parse_letter, parse_roman, roman

__all__ = ["Numbering", "format_number"]

_FORMATS: dict[str, Callable[[int], str]] = {"roman": roman, "arabic": str, "letter": letter}


def format_number(style: str, ordinal: int) -> str:
    """``3`` as ``III`` (roman), ``3`` (arabic) or ``c`` (letter)."""
    return _FORMATS[style](ordinal)


class Numbering:
    """Counts numbered blocks of one stream.

    A block class says its style in ``Meta.numbering``. ``Meta.numbered_through`` counts on
    through the whole body, as the điều of a legal text do across its chapters.
    """

    def __init__(self, through: Counter[str]) -> None:
        self._here: Counter[str] = Counter()
        self._through = through

    def next(self, block: Any, value: Any) -> str | None:
        """The block's number; None for a block that has none. An editor's own number wins."""
        style = getattr(block.meta, "numbering", "")
        if not style:
            return None
        counter = self._through if getattr(block.meta, "numbered_through", False) else self._here
        counter[block.name] += 1
        own = str(value.get("number") or "").strip()
        if not own:
            return format_number(style, counter[block.name])
        counter[block.name] = _ordinal(style, own) or counter[block.name]
        return own


def _ordinal(style: str, number: str) -> int | None:
    """What an editor's own number counts as; None when it isn't of the style."""
    if style == "roman":
        return parse_roman(number)
    if style == "letter":
        return parse_letter(number)
    return int(number) if number.isascii() and number.isdecimal() else None
