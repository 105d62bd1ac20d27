"""What an analyser takes and gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Analyser", "Piece", "Streams", "Word"]


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
    """One word of a query: its terms in the streams ``exact`` and ``fold``.

    ``is_spelled``: whether the exact term is how its reader would write the word, marks and all;
    where it is not, only the fold stream can be asked.
    """

    exact: str
    fold: str
    is_spelled: bool


class Analyser(Protocol):
    """One locale's way from text to terms."""

    @property
    def version(self) -> str:
        """Changes whenever the terms of a text may have changed: what is stored is old then."""

    def document(self, pieces: Iterable[Piece]) -> Streams:
        """The streams of a text; linear in its length, never raises."""

    def query(self, text: str) -> tuple[Word, ...]:
        """The words of what a reader typed, by the same rules."""
