"""What an analyser takes and gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Analyser", "Piece", "Streams", "Word", "by_weight"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, a paragraph, a title: text that no phrase goes beyond.

    ``weight`` is how often its words count: a title more than a paragraph.
    """

    text: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Streams:
    """What the words fields of a zone hold: terms joined by single spaces, no other whitespace.

    Terms are letters and figures; a pair has ``_`` between its two; a lone ``_`` stands between
    pieces, so that no phrase goes across.
    """

    exact: str
    fold: str
    pairs: str


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query: its terms in the streams ``exact`` and ``fold``."""

    exact: str
    fold: str
    is_spelled: bool
    """Whether the exact term is how the reader would write the word, marks and all."""
    is_content: bool
    """False for words that every text has or none ("của", "là gì"): they are not asked for."""


class Analyser(Protocol):
    """One locale's way from text to terms."""

    @property
    def version(self) -> str:
        """Changes whenever the terms of a text may have changed: what is stored is old then."""

    def document(self, pieces: Iterable[Piece]) -> Streams:
        """The streams of a text; linear in its length, never raises."""

    def query(self, text: str) -> tuple[Word, ...]:
        """The words of what a reader typed, by the same rules."""

    def patterns(self, word: Word) -> tuple[str, ...]:
        """Regular expressions for what may be the word in a folded text; it may be other words."""

    def agree(self, asked: Word, found: Word) -> bool:
        """Whether ``found``, a word of a text, is one that ``asked`` finds."""


def by_weight(pieces: Iterable[Piece]) -> Iterator[tuple[int, str]]:
    """The pieces of each weight as one text, a line each."""
    texts: dict[int, list[str]] = {}
    for piece in pieces:
        texts.setdefault(piece.weight, []).append(piece.text)
    for weight, lines in texts.items():
        yield weight, "\n".join(lines)
