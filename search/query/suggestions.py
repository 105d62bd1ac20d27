"""Conditions for what somebody is still typing."""

from __future__ import annotations

import re
from itertools import pairwise

from cms.vietnamese.text import fold
from search.mapping import words_field
from search.nodes import Both, Either, Everything, Node, Prefix, Term
from search.query.parsing import ParsedQuery

__all__ = ["build_suggestion_tree"]

_NUMBER_SCORE = 20.0
_NOT_IN_KEY = re.compile(r"[\W_]+")


def build_suggestion_tree(query: ParsedQuery) -> Node:
    """Titles that have every word, the last of them only begun; and numbers that begin like that.

    Accents that were typed put titles with the same ones first, words in a row those with the row.
    """
    ways: list[Node] = []
    if query.words:
        ways.append(_title(query))
    key = fold(_NOT_IN_KEY.sub("", query.text)).upper()
    if key[:1].isdigit():
        numbers = (Prefix("numbers", key), Prefix("title_numbers", key, 0.5))
        ways.append(Both(must=(Either(numbers),), should=(Prefix("numbers", key, _NUMBER_SCORE),)))
    return Either(tuple(ways)) if ways else Both(without=(Everything(),))


def _title(query: ParsedQuery) -> Node:
    folded, pairs = words_field("title", "fold"), words_field("title", "pairs")
    *before, last = query.words
    must: list[Node] = [Term(folded, word.fold) for word in before]
    must.append(Either((Prefix(folded, last.fold), Term(folded, last.fold))))
    should: list[Node] = [
        Term(pairs, f"{first.fold}_{second.fold}", 0.5) for first, second in pairwise(before)
    ]
    if before:
        should.append(Prefix(pairs, f"{before[-1].fold}_{last.fold}", 1.0))
    if query.has_marks:
        exact = words_field("title", "exact")
        should += [Term(exact, word.exact, 0.5) for word in before]
        should.append(Prefix(exact, last.exact, 1.0))
    return Both(must=tuple(must), should=tuple(should))
