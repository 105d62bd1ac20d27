"""Whether a line begins with, or has in it, one of the words of a table."""

import re
from collections.abc import Iterable
from typing import Final

from cms.vietnamese.text import fold

__all__ = ["contains_words", "starts_with_words"]

_LONGEST: Final = 120
"""More than the longest entry of a table, in characters of an unfolded line."""


def starts_with_words(line: str, words: Iterable[str]) -> bool:
    """Say whether `line`, folded, begins with one of `words` as whole words."""
    folded = " ".join(fold(line[:_LONGEST]).split())
    return any(
        folded.startswith(word) and not folded[len(word) : len(word) + 1].isalnum()
        for word in words
    )


def contains_words(line: str, words: Iterable[str]) -> bool:
    """Say whether `line`, folded, contains one of `words` as whole words."""
    folded = " ".join(fold(line).split())
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", folded) for word in words)
