"""How one query is typed by different people."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

from cms.vietnamese.text import strip_marks

__all__ = ["VARIANTS"]

type Variant = Callable[[str, random.Random], str]


def _half(query: str, chance: random.Random) -> str:
    """Each word loses its marks by the toss of a coin."""
    return " ".join(strip_marks(w) if chance.random() < 0.5 else w for w in query.split(" "))


def _dropped(query: str, chance: random.Random) -> str:
    """One letter is left out of one of the longer words."""
    words = query.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    if not long:
        return query
    place = chance.choice(long)
    letter = chance.randrange(len(words[place]))
    words[place] = words[place][:letter] + words[place][letter + 1 :]
    return " ".join(words)


VARIANTS: dict[str, Variant] = {
    "accented": lambda query, chance: query,
    "unaccented": lambda query, chance: strip_marks(query),
    "half-accented": _half,
    "NFD": lambda query, chance: unicodedata.normalize("NFD", query),
    "one letter dropped": _dropped,
}
