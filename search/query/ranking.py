"""Turns a query into conditions and their weights; docs/adr/0021 has the figures behind them."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from search.analysis import Word
from search.mapping import number_field, words_field
from search.nodes import (
    Both,
    Constant,
    Either,
    Everything,
    Node,
    Phrase,
    Prefix,
    Range,
    Term,
    Terms,
)
from search.query.parsing import ParsedQuery

__all__ = ["build_tree", "words_needed"]

EXACT: Final = 0.75
FOLD_BESIDE_EXACT: Final = 0.5
FOLD: Final = 1.0
PAIRS: Final = 0.6

NUMBER_FIELDS: Final = {"numbers": 1.0, "title_numbers": 0.3, "mentions": 0.1}
"""A page that has the number comes before one whose title names it, that before one that mentions
it."""
NUMBER_SCORES: Final = (200.0, 120.0, 80.0)
"""As it is spelled, with any separators, without marks: beyond what words can add up to."""
DAMAGED_NUMBER: Final = 40.0
"""A number that begins like that: "1490/QĐ-BKHĐ" for 1490/QĐ-BKHĐT."""
DATE: Final = 10.0
WHOLE_TITLE: Final = 1.0
"""For each word of a query whose words are all in the title."""
MOST_TITLE_WORDS: Final = 8
CURRENT: Final = 0.5
RECENT: Final = ((365, 0.4), (3 * 365, 0.3), (10 * 365, 0.2))
"""Days since the date that a page goes by, and what each of the bounds adds."""
DAY: Final = 86_400


def build_tree(query: ParsedQuery, *, loose: bool = False, now: float | None = None) -> Node:
    """The conditions of a query. ``loose``: any word is enough, for when nothing was found.

    ``now``: seconds since 1970, from which recency counts; left out, it is today.
    """
    if not query.words:
        return Everything()
    numbers = _numbers(query)
    required, optional = _words(query.words)
    gate: Node = Either(tuple(required), 1 if loose else words_needed(len(required)))
    should = [*optional, *_spelled(query.words), *_pairs(query.words), *_title(query.words)]
    if query.is_number and not loose:
        gate = Either(tuple(numbers))
        should += required
    elif numbers:
        gate = Either((gate, *numbers))
    phrases = [_phrase(words, loose=loose) for words in query.phrases]
    should += [Constant(Term("dates", day), DATE) for day in query.dates]
    should += [Prefix("dates", month, DATE / 2) for month in query.months]
    return Both(
        must=(gate, *(() if loose else phrases)),
        should=(*should, *(phrases if loose else ()), *_standing(now or time.time())),
        without=tuple(_phrase(words) for words in query.without),
    )


def words_needed(count: int) -> int:
    """How many of ``count`` different words an entry must have."""
    if count <= 2:
        return count
    if count <= 6:
        return math.ceil(count * 0.6)
    return max(3, math.ceil(count * 0.3))


def _words(words: Iterable[Word]) -> tuple[list[Node], list[Node]]:
    """Each word once, without marks: those that are asked for, and those that frame."""
    required: dict[str, Node] = {}
    optional: dict[str, Node] = {}
    for word in sorted(words, key=lambda one: not one.is_content):
        boost = FOLD_BESIDE_EXACT if word.is_spelled else FOLD
        node = Term(words_field("text", "fold"), word.fold, boost)
        if word.is_content:
            required.setdefault(word.fold, node)
        elif word.fold not in required:
            optional.setdefault(word.fold, node)
    return list(required.values()), list(optional.values())


def _spelled(words: Iterable[Word]) -> list[Node]:
    exact = dict.fromkeys(word.exact for word in words if word.is_spelled)
    return [Term(words_field("text", "exact"), term, EXACT) for term in exact]


def _pairs(words: tuple[Word, ...]) -> list[Node]:
    pairs = dict.fromkeys(f"{a.fold}_{b.fold}" for a, b in pairwise(words))
    return [Term(words_field("text", "pairs"), pair, PAIRS) for pair in pairs]


def _title(words: Iterable[Word]) -> list[Node]:
    """A title that has all the words says what its page is about."""
    folds = dict.fromkeys(word.fold for word in words if word.is_content)
    if len(folds) > MOST_TITLE_WORDS:
        return []
    terms = tuple(Term(words_field("title", "fold"), term) for term in folds)
    return [Constant(Either(terms, len(terms)), WHOLE_TITLE * len(terms))]


def _standing(now: float) -> list[Node]:
    """What holds and what is new come first among equals."""
    today = now // DAY * DAY
    recent = [
        Constant(Range(number_field("day"), gte=today - days * DAY), score)
        for days, score in RECENT
    ]
    return [Constant(Term("standing", "current"), CURRENT), *recent]


def _phrase(words: tuple[Word, ...], *, loose: bool = False) -> Node:
    """The words in a row: as they are spelled, where they are; ``loose``: without marks."""
    exact = all(word.is_spelled for word in words) and not loose
    field = words_field("text", "exact" if exact else "fold")
    texts = tuple(word.exact if exact else word.fold for word in words)
    return Phrase(field, texts) if len(texts) > 1 else Term(field, texts[0])


def _numbers(query: ParsedQuery) -> list[Node]:
    """What has or names the numbers that are asked for, in each spelling that may be meant."""
    canonical = [number.canonical for number in query.numbers]
    keys = [number.loose_key for number in query.numbers]
    folded = [number.folded_key for number in query.numbers] + list(query.number_keys)
    levels = (canonical, keys, [*folded, *query.number_terms])
    nodes: list[Node] = [
        Constant(Terms(field, tuple(dict.fromkeys(terms))), score * share)
        for field, share in NUMBER_FIELDS.items()
        for terms, score in zip(levels, NUMBER_SCORES, strict=True)
        if terms
    ]
    return nodes + [Prefix("numbers", key, DAMAGED_NUMBER) for key in folded[:1]]
