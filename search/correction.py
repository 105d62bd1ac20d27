"""What a reader may have meant who found nothing: "ý bạn là …", from the site's own words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from cms.vietnamese.text import clean, fold
from search.analysis import Analyser
from search.contract import Vocabulary
from search.mapping import words_field
from search.query import ParsedQuery

__all__ = ["correct", "restore_marks"]

_SHORTEST: Final = 3
"""Letters of a word that may be corrected: shorter ones have too many neighbours."""
_MOST_WORDS: Final = 12
_MOST_CANDIDATES: Final = 8
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_WORD: Final = re.compile(r"[^\W_]+")
# Telex without an input method: "thuwowngr" for "thưởng", "ddua" for "đua".
_DOUBLED: Final = re.compile(r"([aeod])\1")
_TONE_KEY: Final = re.compile(r"(?<=[a-z]{2})[sfrxj]$")

_EDIT_COST: Final = 3.0
_UNKNOWN_COST: Final = 12.0


def correct(query: ParsedQuery, analyser: Analyser, vocabulary: Vocabulary) -> str | None:
    """The query in the site's words, without marks; None where a word has no likely reading.

    A word that no entry has is replaced by one that differs in a letter (or two that changed
    places) and goes with its neighbours best. Words that are known stay. Two looks at the index.
    """
    words = _WORD.findall(fold(query.text))
    if not words or len(words) > _MOST_WORDS:
        return None
    terms = _Terms(analyser)
    readings = _readings(words, terms, vocabulary)
    if any(not row for row in readings):
        return None
    return " ".join(_likeliest(readings, terms, vocabulary))


def restore_marks(text: str, samples: Iterable[str]) -> str:
    """``text`` (folded) as the samples, texts that were found, spell it most often.

    All its words in a row where they stand so; else the longest rows that do; a word that no
    sample has stays as it is.
    """
    words = text.split()
    rows: list[tuple[list[str], list[str]]] = []
    for sample in samples:
        found = _WORD.findall(clean(sample))
        rows.append(([fold(word) for word in found], found))
    spelled: list[str] = []
    while len(spelled) < len(words):
        rest = words[len(spelled) :]
        spelled += _longest_row(rest, rows) or rest[:1]
    return " ".join(spelled)


def _longest_row(
    words: Sequence[str], rows: Sequence[tuple[list[str], list[str]]]
) -> list[str] | None:
    best = 0
    spellings: Counter[str] = Counter()
    for bare, found in rows:
        for start, word in enumerate(bare):
            if word != words[0]:
                continue
            length = 1
            while length < len(words) and bare[start + length : start + length + 1] == [
                words[length]
            ]:
                length += 1
            if length > best:
                best = length
                spellings.clear()
            if length == best:
                spellings[" ".join(_lower(one) for one in found[start : start + length])] += 1
    return spellings.most_common(1)[0][0].split() if spellings else None


def _lower(word: str) -> str:
    """In lower case, but an abbreviation as it is."""
    return (
        word if len(word) > 1 and word.isupper() and fold(word[1]) not in "aeiouy" else word.lower()
    )


class _Terms:
    """The terms that words have in the index, and how often entries have them."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._terms: dict[str, str] = {}

    def of(self, word: str) -> str:
        """The term of a word."""
        if word not in self._terms:
            found = self._analyser.query(word)
            self._terms[word] = found[0].fold if found else word
        return self._terms[word]


def _readings(
    words: Sequence[str], terms: _Terms, vocabulary: Vocabulary
) -> list[dict[str, float]]:
    """For each word what it may be, each with its score; empty where it can be nothing."""
    tried = [[word, *_neighbours(word)] for word in words]
    asked = {terms.of(one) for row in tried for one in row}
    known = vocabulary.frequency(words_field("text", "fold"), sorted(asked))
    readings: list[dict[str, float]] = []
    for row in tried:
        word, *others = row
        if word.isdecimal() or known.get(terms.of(word)):
            readings.append({word: 0.0})
            continue
        scores = {
            one: math.log1p(known[terms.of(one)]) / 2 - _EDIT_COST
            for one in others
            if known.get(terms.of(one))
        }
        best = sorted(scores, key=lambda one: -scores[one])[:_MOST_CANDIDATES]
        readings.append({one: scores[one] for one in best})
    return readings


def _neighbours(word: str) -> list[str]:
    """What is one letter away from a folded word, or what its Telex keys would have written."""
    if len(word) < _SHORTEST or not word.isascii() or not word.isalpha():
        return []
    found = dict.fromkeys([_without_telex(word)])
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found |= dict.fromkeys(a + b[1:] for a, b in cuts if b)
    found |= dict.fromkeys(a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1)
    found |= dict.fromkeys(a + letter + b[1:] for a, b in cuts if b for letter in _LETTERS)
    found |= dict.fromkeys(a + letter + b for a, b in cuts for letter in _LETTERS)
    return [one for one in found if len(one) > 1 and one != word]


def _without_telex(word: str) -> str:
    return _DOUBLED.sub(r"\1", _TONE_KEY.sub("", word).replace("w", ""))


def _likeliest(
    readings: Sequence[Mapping[str, float]], terms: _Terms, vocabulary: Vocabulary
) -> list[str]:
    """The row of readings whose words go together best."""
    pairs = {
        f"{terms.of(one)}_{terms.of(two)}"
        for left, right in pairwise(readings)
        for one in left
        for two in right
    }
    known = vocabulary.frequency(words_field("text", "pairs"), sorted(pairs)) if pairs else {}
    paths: dict[str, tuple[float, list[str]]] = {
        word: (score, [word]) for word, score in readings[0].items()
    }
    for row in readings[1:]:
        paths = {
            word: max(
                (
                    before
                    + score
                    + math.log1p(known.get(f"{terms.of(path[-1])}_{terms.of(word)}", 0)),
                    [*path, word],
                )
                for before, path in paths.values()
            )
            for word, score in row.items()
        }
    return max(paths.values())[1]
