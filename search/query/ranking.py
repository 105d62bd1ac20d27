"""Turns a query into conditions and their weights; docs/adr/0021 has the figures behind them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from typing import Final

from search.analysis import Word
from search.mapping import words_field
from search.nodes import Both, Constant, Either, Everything, Node, Phrase, Prefix, Term, Terms
from search.query.parsing import ParsedQuery

__all__ = ["build_tree", "words_needed"]

EXACT: Final = 1.0
FOLD_BESIDE_EXACT: Final = 0.5
FOLD: Final = 1.0
PAIRS: Final = 0.5
TITLE: Final = 0.5

OWN_NUMBER: Final = (200.0, 120.0, 80.0, 40.0)
MENTION: Final = (20.0, 12.0, 8.0)
DATE: Final = 10.0


def build_tree(query: ParsedQuery, *, loose: bool = False) -> Node:
    """The conditions of a query. ``loose``: any word is enough, for when nothing was found."""
    if not query.words:
        return Everything()
    numbers = _numbers(query)
    words = _words(query.words)
    needed = 1 if loose else words_needed(len(words))
    must: list[Node] = []
    should = [*_spelled(query.words), *_pairs(query.words), *_title(query.words)]
    gate = Either(tuple(words), needed)
    if query.is_number and not loose:
        must.append(Either(tuple(numbers)))
        should += words
    elif numbers:
        must.append(Either((gate, *numbers)))
    else:
        must.append(gate)
    should += [Constant(Term("dates", day), DATE) for day in query.dates]
    should += [Prefix("dates", month, DATE / 2) for month in query.months]
    must += [_phrase(phrase) for phrase in query.phrases if len(phrase)]
    return Both(
        must=tuple(must),
        should=tuple(should),
        without=tuple(_phrase(phrase) for phrase in query.without),
    )


def words_needed(count: int) -> int:
    """How many of ``count`` different words an entry must have."""
    if count <= 2:
        return count
    if count <= 6:
        return math.ceil(count * 0.6)
    return 4 + (count - 6) // 4


def _words(words: Iterable[Word]) -> list[Node]:
    """Each word once, without marks."""
    folds: dict[str, Node] = {}
    for word in words:
        boost = FOLD_BESIDE_EXACT if word.is_spelled else FOLD
        folds.setdefault(word.fold, Term(words_field("text", "fold"), word.fold, boost))
    return list(folds.values())


def _spelled(words: Iterable[Word]) -> list[Node]:
    exact = dict.fromkeys(word.exact for word in words if word.is_spelled)
    return [Term(words_field("text", "exact"), term, EXACT) for term in exact]


def _pairs(words: tuple[Word, ...]) -> list[Node]:
    pairs = dict.fromkeys(f"{a.fold}_{b.fold}" for a, b in zip(words, words[1:], strict=False))
    return [Term(words_field("text", "pairs"), pair, PAIRS) for pair in pairs]


def _title(words: tuple[Word, ...]) -> list[Node]:
    folds = dict.fromkeys(word.fold for word in words)
    return [Term(words_field("title", "fold"), term, TITLE) for term in folds]


def _phrase(words: tuple[Word, ...]) -> Node:
    exact = all(word.is_spelled for word in words)
    field = words_field("text", "exact" if exact else "fold")
    texts = tuple(word.exact if exact else word.fold for word in words)
    return Phrase(field, texts) if len(texts) > 1 else Term(field, texts[0])


def _numbers(query: ParsedQuery) -> list[Node]:
    nodes: list[Node] = []
    canonical = tuple(number.canonical for number in query.numbers)
    loose = tuple(number.loose_key for number in query.numbers)
    folded = tuple(dict.fromkeys([*(number.folded_key for number in query.numbers), *query.number_keys]))
    levels = [canonical, loose, (*folded, *query.number_terms)]
    for field, weights in (("numbers", OWN_NUMBER), ("mentions", MENTION)):
        nodes += [
            Constant(Terms(field, texts), weight)
            for texts, weight in zip(levels, weights, strict=False)
            if texts
        ]
    nodes += [Prefix("numbers", key, OWN_NUMBER[3]) for key in folded[:1]]
    return nodes
