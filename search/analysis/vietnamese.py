"""Vietnamese: syllables, their pairs, contractions. See :mod:`cms.vietnamese.analysis`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cms.vietnamese.analysis import analyse, pair_up
from cms.vietnamese.contractions import Contractions
from cms.vietnamese.framing import framing_words
from cms.vietnamese.syllables import is_possible
from cms.vietnamese.word_forms import BREAK, FOLD_FORMS, word_patterns
from search.analysis.streams import Piece, Streams, Word, by_weight

__all__ = ["VietnameseAnalyser"]

_RULES = "vi1"
"""Raised with every change of the rules that changes terms."""

# "Theo Bộ luật Dân sự 2015, hoa lợi là gì?": where to look, which the text looked for need not say.
_SOURCE = re.compile(r"\s*(?:theo|căn cứ|can cu)\s[^,\"]{3,80},(?=.*\w)", re.IGNORECASE | re.DOTALL)
_BETWEEN = r"[\W_]{1,3}"


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
        exact: list[str] = []
        fold: list[str] = []
        pairs: list[str] = []
        for weight, text in by_weight(pieces):
            words = analyse(text, self._contractions)
            bare = [*words.fold, BREAK, *map(FOLD_FORMS.__getitem__, words.parts)]
            exact += [*words.exact, BREAK, *words.parts, BREAK] * weight
            fold += [*bare, BREAK] * weight
            pairs += pair_up(bare) * weight
        return Streams(" ".join(exact), " ".join(fold), " ".join(pairs))

    def query(self, text: str) -> tuple[Word, ...]:
        """The words of what a reader typed.

        Where nothing has marks, nothing is spelled; where something has, a syllable without that
        can't do without ("hop") is not.
        """
        words = analyse(text, self._contractions)
        marked = words.exact != words.fold
        framing = framing_words(words.exact, words.fold)
        if (source := _SOURCE.match(text)) is not None:
            length = len(analyse(source[0], self._contractions).fold)
            framing |= set(range(length)) if length < len(words.fold) else set()
        return tuple(
            Word(
                exact, fold, marked and (exact != fold or is_possible(exact)), place not in framing
            )
            for place, (exact, fold) in enumerate(zip(words.exact, words.fold, strict=True))
            if fold != BREAK
        )

    def patterns(self, word: Word) -> tuple[str, ...]:
        """The word, and every way to write what it is a contraction of."""
        spellings = self._contractions.spellings(word.fold)
        rows = [spelling.fold for spelling in spellings] or [(word.fold,)]
        return tuple(
            _BETWEEN.join([first, *(f"(?:{'|'.join(word_patterns(one))})" for one in row[1:])])
            for row in rows
            for first in word_patterns(row[0])
        )

    def agree(self, asked: Word, found: Word) -> bool:
        """The same syllable; with marks the same marks, or none."""
        if asked.fold != found.fold:
            return False
        return not asked.is_spelled or found.exact in (asked.exact, asked.fold)
