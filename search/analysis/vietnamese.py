"""Vietnamese: syllables, their pairs, contractions. See :mod:`cms.vietnamese.analysis`."""

from __future__ import annotations

from collections.abc import Iterable

from cms.vietnamese.analysis import analyse, pair_up
from cms.vietnamese.contractions import Contractions
from cms.vietnamese.syllables import is_possible
from cms.vietnamese.word_forms import BREAK
from search.analysis.streams import Piece, Streams, Word

__all__ = ["VietnameseAnalyser"]

_RULES = "vi1"
"""Raised with every change of the rules that changes terms."""


class VietnameseAnalyser:
    """Syllables as spelled and without marks; phrases contracted to their abbreviations."""

    def __init__(self, contractions: Contractions) -> None:
        self._contractions = contractions

    @property
    def version(self) -> str:
        """Of the rules and of the glossary."""
        return f"{_RULES}-{self._contractions.digest}"

    def document(self, pieces: Iterable[Piece]) -> Streams:
        """The streams of a text."""
        by_weight: dict[int, list[str]] = {}
        for piece in pieces:
            by_weight.setdefault(piece.weight, []).append(piece.text)
        exact: list[str] = []
        fold: list[str] = []
        pairs: list[str] = []
        for weight, texts in by_weight.items():
            words = analyse("\n".join(texts), self._contractions)
            exact += [*words.exact, BREAK] * weight
            fold += [*words.fold, BREAK, *words.parts, BREAK] * weight
            pairs += pair_up(words.fold) * weight
        return Streams(" ".join(exact), " ".join(fold), " ".join(pairs))

    def query(self, text: str) -> tuple[Word, ...]:
        """The words of what a reader typed."""
        words = analyse(text, self._contractions)
        marked = words.exact != words.fold
        return tuple(
            Word(exact, fold, marked and (exact != fold or is_possible(exact)))
            for exact, fold in zip(words.exact, words.fold, strict=True)
            if fold != BREAK
        )
