"""What changed between two versions of a source text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

__all__ = ["Piece", "compare_words"]

_TOKEN = re.compile(r"<[^<>]+>|\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: the ``same`` in both versions, in the ``old`` or in the ``new`` alone."""

    kind: str
    text: str


def compare_words(old: str, new: str) -> list[Piece]:
    """The pieces of both versions in reading order; joined, the same and new ones are the new text.

    Inline markup counts as one word.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    return list(_pieces(before, after))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            yield Piece("same", "".join(after[j1:j2]))
            continue
        if i1 < i2:
            yield Piece("old", "".join(before[i1:i2]))
        if j1 < j2:
            yield Piece("new", "".join(after[j1:j2]))
