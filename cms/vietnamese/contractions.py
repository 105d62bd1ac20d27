"""Phrases and their abbreviations, which searches take for one word: hợp tác xã, HTX.

A phrase is contracted in documents and in queries alike, so that either finds the other. Where a
phrase is written with marks, they must be its own; where it is written without, they are not
asked for.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from cms.vietnamese.word_forms import EXACT_FORMS, FOLD_FORMS, split_words

__all__ = ["Contractions", "Spelling"]

_MOST_VARIANTS: Final = 16
"""Ways to write one phrase with shorter phrases inside it contracted or not."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a phrase, word by word, and the term that it becomes."""

    exact: tuple[str, ...]
    fold: tuple[str, ...]
    term: str

    def stands_at(self, exact: Sequence[str], fold: Sequence[str], start: int) -> bool:
        """Say whether the words from `start` on are this, each with its own marks or without."""
        end = start + len(self.fold)
        return tuple(fold[start:end]) == self.fold and all(
            word in pair for word, pair in zip(exact[start:end], zip(self.exact, self.fold, strict=True), strict=True)
        )


class Contractions:
    """A glossary of abbreviations as searches use it. Immutable."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        """Take (abbreviation, phrase) pairs; what has no words, or a phrase of one, is left out."""
        read = sorted({entry for pair in pairs if (entry := _read(*pair)) is not None})
        self.digest = hashlib.sha256(repr(read).encode()).hexdigest()[:12]
        """Changes with the glossary's content, not with its order."""
        self._by_first: dict[str, list[Spelling]] = {}
        for spelling in _variants([Spelling(*entry) for entry in read]):
            self._by_first.setdefault(spelling.fold[0], []).append(spelling)
        for spellings in self._by_first.values():
            spellings.sort(key=lambda one: (-len(one.fold), one.exact))

    def spellings(self, term: str) -> list[Spelling]:
        """Return the ways to write the phrases that become `term`."""
        return [one for row in self._by_first.values() for one in row if one.term == term]

    def contract(
        self, exact: list[str], fold: list[str]
    ) -> tuple[list[str], list[str], list[str]]:
        """Return the words with each known phrase contracted, and what those phrases consist of.

        `exact` and `fold` are the two forms of the same words. From left to right, the longest
        phrase at each place.
        """
        by_first = self._by_first
        places = [index for index, word in enumerate(fold) if word in by_first]
        new_exact: list[str] = []
        new_fold: list[str] = []
        parts: list[str] = []
        done = 0
        for start in places:
            if start < done:
                continue
            for spelling in by_first[fold[start]]:
                if spelling.stands_at(exact, fold, start):
                    new_exact += exact[done:start]
                    new_fold += fold[done:start]
                    new_exact.append(spelling.term)
                    new_fold.append(spelling.term)
                    parts += spelling.fold
                    done = start + len(spelling.fold)
                    break
        if not done:
            return exact, fold, parts
        return new_exact + exact[done:], new_fold + fold[done:], parts


def _read(abbreviation: str, phrase: str) -> tuple[tuple[str, ...], tuple[str, ...], str] | None:
    short = _forms(abbreviation)[1]
    exact, fold = _forms(phrase)
    return (exact, fold, "".join(short)) if short and len(fold) > 1 else None


def _forms(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = split_words(text.replace("\n", " "))
    return tuple(EXACT_FORMS[word] for word in words), tuple(FOLD_FORMS[word] for word in words)


def _variants(spellings: list[Spelling]) -> list[Spelling]:
    """Return the spellings and those with a shorter phrase inside contracted.

    "liên minh hợp tác xã" is written "liên minh HTX" as well.
    """
    known: dict[tuple[str, ...], Spelling] = {}
    for spelling in spellings:
        known.setdefault(spelling.exact, spelling)
        waiting, count = [spelling], 0
        while waiting and count < _MOST_VARIANTS:
            whole = waiting.pop()
            for inner in spellings:
                for variant in _with_inner(whole, inner):
                    if len(variant.fold) > 1 and variant.exact not in known:
                        known[variant.exact] = variant
                        waiting.append(variant)
                        count += 1
    return list(known.values())


def _with_inner(whole: Spelling, inner: Spelling) -> Iterable[Spelling]:
    length = len(inner.exact)
    for start in range(len(whole.exact) - length + 1):
        if length < len(whole.exact) and whole.exact[start : start + length] == inner.exact:
            end = start + length
            yield Spelling(
                (*whole.exact[:start], inner.term, *whole.exact[end:]),
                (*whole.fold[:start], inner.term, *whole.fold[end:]),
                whole.term,
            )
