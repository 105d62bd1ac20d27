"""The order of hits: the same BM25 on every engine."""

from __future__ import annotations

import math

import pytest

from search.contract import Engine, Request
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
from tests.search.engine_cases import build, entry

K1, B = 1.2, 0.75


def scores(engine: Engine, query: Node) -> dict[int, float]:
    """The score of each entry that is found, in the order of the hits."""
    found = engine.search(Request(query, ("vi",), limit=100))
    return {hit.id: hit.score for hit in found.hits}


def bm25(term: str, text: str, texts: list[str]) -> float:
    """The score of a term in a text among texts, as it is defined."""
    lengths = [len(each.split()) for each in texts]
    containing = sum(term in each.split() for each in texts)
    idf = math.log(1 + (len(texts) - containing + 0.5) / (containing + 0.5))
    frequency, length = text.split().count(term), len(text.split())
    norm = K1 * (1 - B + B * length / (sum(lengths) / len(lengths)))
    return idf * frequency / (frequency + norm)


TEXTS = ["a b c d", "a a b", "c c c c c d e f g", "b", "d e f g h i j k l m n o a"]


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """An engine with those texts, numbered from 1."""
    build(engine, [entry(number, text, topic=["t"]) for number, text in enumerate(TEXTS, 1)])
    return engine


@pytest.mark.parametrize("term", ["a", "b", "c", "o"])
def test_a_term_is_scored_by_bm25(filled: Engine, term: str) -> None:
    expected = {
        number: 2.5 * bm25(term, text, TEXTS)
        for number, text in enumerate(TEXTS, 1)
        if term in text.split()
    }

    assert scores(filled, Term("body", term, boost=2.5)) == pytest.approx(expected, rel=1e-4)


def test_scores_of_several_conditions_add_up(filled: Engine) -> None:
    def expected(number: int, *terms: str) -> float:
        return sum(bm25(term, TEXTS[number - 1], TEXTS) for term in terms)

    either = scores(filled, Either((Term("body", "a"), Term("body", "b"))))
    both = scores(filled, Both(must=(Term("body", "d"),), should=(Constant(Term("body", "a"), 7),)))

    assert either == pytest.approx(
        {
            1: expected(1, "a", "b"),
            2: expected(2, "a", "b"),
            4: expected(4, "b"),
            5: expected(5, "a"),
        },
        rel=1e-4,
    )
    assert both == pytest.approx(
        {1: expected(1, "d") + 7, 3: expected(3, "d"), 5: expected(5, "d") + 7}, rel=1e-4
    )


def test_a_phrase_weighs_as_its_terms_together(filled: Engine) -> None:
    found = scores(filled, Phrase("body", ("b", "c"), boost=2.0))

    idfs = sum(bm25(term, TEXTS[0], TEXTS) for term in ("b", "c"))  # each is there once
    assert found == pytest.approx({1: 2.0 * idfs}, rel=1e-4)


def test_constants_are_what_they_say(filled: Engine) -> None:
    assert scores(filled, Constant(Term("body", "b"), 1.5)) == {1: 1.5, 2: 1.5, 4: 1.5}
    assert scores(filled, Prefix("body", "b", score=0.25)) == {1: 0.25, 2: 0.25, 4: 0.25}


@pytest.mark.parametrize(
    "query",
    [Everything(), Terms("topic", ("t",)), Term("topic", "t"), Range("size"),
     Both(filters=(Term("body", "a"),)), Both(without=(Term("body", "a"),))],
    ids=str,
)  # fmt: skip
def test_conditions_without_words_weigh_nothing(filled: Engine, query: Node) -> None:
    assert set(scores(filled, query).values()) <= {0.0}


def test_repetition_in_a_field_counts(engine: Engine) -> None:
    build(engine, [entry(1, "x x x y", title="a"), entry(2, "y y y x", title="a a")])

    assert list(scores(engine, Term("title", "a"))) == [2, 1]
    assert list(scores(engine, Term("body", "x"))) == [1, 2]


def test_equal_scores_are_ordered_by_id(engine: Engine) -> None:
    numbers = [(number * 37) % 101 for number in range(1, 101)]
    build(engine, [entry(number, "same words") for number in numbers])

    for query in (Term("body", "same"), Everything(), Constant(Term("body", "same"), 2.0)):
        assert list(scores(engine, query)) == sorted(numbers)
