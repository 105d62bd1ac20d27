"""Phrases and their abbreviations, which searches take for one word: hợp tác xã, HTX.

A phrase is contracted in documents and in queries alike, so that either finds the other. Where a
phrase is written with marks, they must be its own; where it is written without, none are asked
for. Its words are kept beside it, so that "hợp tác" still finds what has "HTX".
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from cms.vietnamese.word_forms import BREAK, EXACT_FORMS, FOLD_FORMS, split_words

__all__ = ["NO_CONTRACTIONS", "Contractions", "Spelling", "WordForms", "read_spelling"]

_MOST_VARIANTS: Final = 16
"""Ways to write one phrase with shorter phrases inside it contracted or not."""


@dataclass(frozen=True, slots=True, order=True)
class Spelling:
    """One way to write a phrase and the term that it becomes."""

    exact: tuple[str, ...]
    fold: tuple[str, ...]
    short: tuple[str, ...]
    """The abbreviation's words, without marks: two of NN&MT."""
    parts: tuple[str, ...] = ()
    """The words of the whole phrase and the terms of shorter phrases in it, as spelled."""

    @property
    def term(self) -> str:
        """The one word that it becomes."""
        return "".join(self.short)

    def stands_at(self, exact: Sequence[str], fold: Sequence[str], start: int) -> bool:
        """Say whether the words from `start` on are this, each with its own marks or without."""
        end = start + len(self.fold)
        return tuple(fold[start:end]) == self.fold and all(
            word in (marked, bare)
            for word, marked, bare in zip(exact[start:end], self.exact, self.fold, strict=True)
        )


@dataclass(slots=True)
class WordForms:
    """The words of a text in order, BREAK between its lines, as spelled and without marks.

    The two lists have the same length; `parts` are the words of the phrases that were contracted,
    with BREAK between phrases.
    """

    exact: list[str]
    fold: list[str]
    parts: list[str] = field(default_factory=list)


class Contractions:
    """A glossary of abbreviations as searches use it. Immutable."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        """Take (abbreviation, phrase) pairs; what has no words, or a phrase of one, is left out."""
        phrases = sorted({one for pair in pairs if (one := read_spelling(*pair)) is not None})
        self.digest = hashlib.sha256(repr(phrases).encode()).hexdigest()[:12]
        """Changes with what the glossary says, not with its order."""
        # By the first word and the second ("" where there is one alone): few of the phrases that
        # begin with a common word go on like the text does.
        self._by_first: dict[str, dict[str, list[Spelling]]] = {}
        for spelling in sorted(_spellings(phrases), key=lambda one: (-len(one.fold), one)):
            first, second = (*spelling.fold, "")[:2]
            self._by_first.setdefault(first, {}).setdefault(second, []).append(spelling)

    def spellings(self, term: str) -> list[Spelling]:
        """Return the ways to write what becomes `term`, its abbreviation among them."""
        rows = (row for by_second in self._by_first.values() for row in by_second.values())
        return [one for row in rows for one in row if one.term == term]

    def contract(self, words: WordForms) -> WordForms:
        """Return the words with each known phrase contracted: from left to right, the longest."""
        exact, fold = words.exact, words.fold
        contracted = WordForms([], [])
        done = 0
        by_first, following = self._by_first, [*fold[1:], ""]
        for start in [place for place, word in enumerate(fold) if word in by_first]:
            by_second = by_first[fold[start]]
            if start < done or not (following[start] in by_second or "" in by_second):
                continue
            candidates = [*by_second.get(following[start], ()), *by_second.get("", ())]
            spelling = next((one for one in candidates if one.stands_at(exact, fold, start)), None)
            if spelling is not None:
                contracted.exact += [*exact[done:start], spelling.term]
                contracted.fold += [*fold[done:start], spelling.term]
                contracted.parts += spelling.parts
                done = start + len(spelling.fold)
        if not done:
            return words
        contracted.exact += exact[done:]
        contracted.fold += fold[done:]
        return contracted


def read_spelling(abbreviation: str, phrase: str) -> Spelling | None:
    """Return the phrase as it is written, with the abbreviation for its term.

    None where the abbreviation has no letters or the phrase is not at least two words.
    """
    exact, fold = _forms(phrase)
    short = _forms(abbreviation)[1]
    return Spelling(exact, fold, short) if short and len(fold) > 1 else None


def _forms(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = split_words(text.replace("\n", " "))
    return tuple(EXACT_FORMS[word] for word in words), tuple(FOLD_FORMS[word] for word in words)


def _spellings(phrases: list[Spelling]) -> Iterator[Spelling]:
    """Yield every way to write the phrases, each with its parts.

    "liên minh hợp tác xã" is written "liên minh HTX" and "LMHTX" as well.
    """
    known: set[tuple[str, ...]] = set()
    for phrase in phrases:
        inner = dict.fromkeys(one.term for one in phrases if any(_places(phrase.exact, one.exact)))
        parts = (*phrase.exact, BREAK, *(part for term in inner for part in (term, BREAK)))
        shorts = ((phrase.term,), phrase.short)
        abbreviations = [Spelling(words, words, phrase.short) for words in shorts]
        for one in (phrase, *_variants(phrase, phrases), *abbreviations):
            if one.exact not in known:
                known.add(one.exact)
                yield Spelling(one.exact, one.fold, one.short, parts)


def _variants(phrase: Spelling, phrases: list[Spelling]) -> list[Spelling]:
    """Return the ways to write `phrase` with shorter ones inside it contracted."""
    found: dict[tuple[str, ...], Spelling] = {}
    waiting = [phrase]
    while waiting and len(found) < _MOST_VARIANTS:
        whole = waiting.pop()
        for inner in phrases:
            for start in _places(whole.exact, inner.exact):
                end = start + len(inner.exact)
                variant = Spelling(
                    (*whole.exact[:start], inner.term, *whole.exact[end:]),
                    (*whole.fold[:start], inner.term, *whole.fold[end:]),
                    phrase.short,
                )
                if variant.exact not in found:
                    found[variant.exact] = variant
                    waiting.append(variant)
    return list(found.values())


def _places(whole: tuple[str, ...], inner: tuple[str, ...]) -> Iterator[int]:
    """Yield where the shorter `inner` stands in `whole`."""
    if len(inner) < len(whole):
        for start in range(len(whole) - len(inner) + 1):
            if whole[start : start + len(inner)] == inner:
                yield start


NO_CONTRACTIONS: Final = Contractions()
