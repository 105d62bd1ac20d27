"""Which entries each condition finds, on every engine."""

from __future__ import annotations

import pytest

from search.contract import Engine, EngineError, Request
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
from tests.search.engine_cases import build, entry, ids

A, B, C = Term("body", "a"), Term("body", "b"), Term("body", "c")


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """An engine with four entries."""
    build(
        engine,
        [
            entry(1, "a b c", title="x", topic=["red", "blue"], size=1.0),
            entry(2, "b a", title="x y", topic=["red"], size=2.5),
            entry(3, "c c b", topic=["reddish"], size=-3),
            entry(4, "hợp tác xã", title="z"),
        ],
    )
    return engine


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Everything(), [1, 2, 3, 4]),
        (A, [1, 2]),
        (Term("body", "hợp"), [4]),
        (Term("body", "hop"), []),
        (Term("topic", "red"), [1, 2]),
        (Terms("topic", ("blue", "reddish")), [1, 3]),
        (Terms("topic", ()), []),
        (Phrase("body", ("a", "b")), [1]),
        (Phrase("body", ("b", "a")), [2]),
        (Phrase("body", ("c", "c", "b")), [3]),
        (Phrase("body", ("a", "c")), []),
        (Phrase("body", ("a",)), [1, 2]),
        (Phrase("body", ()), []),
        (Prefix("body", "h"), [4]),
        (Prefix("topic", "red"), [1, 2, 3]),
        (Prefix("topic", "redd"), [3]),
        (Prefix("topic", "green"), []),
        (Range("size", gte=1), [1, 2]),
        (Range("size", gt=1), [2]),
        (Range("size", lt=1), [3]),
        (Range("size", lte=1), [1, 3]),
        (Range("size", gt=-3, lte=2.5), [1, 2]),
        (Range("size", gt=2, lt=1), []),
        (Range("size"), [1, 2, 3]),
        (Constant(A, 3.0), [1, 2]),
        (Either((A, C)), [1, 2, 3]),
        (Either((A, B, C), minimum=2), [1, 2, 3]),
        (Either((A, B, C), minimum=3), [1]),
        (Either((A, B, C), minimum=4), []),
        (Either((A, A, C), minimum=2), [1, 2]),
        (Either(()), []),
        (Both(must=(A, C)), [1]),
        (Both(must=(B,), should=(C,)), [1, 2, 3]),
        (Both(should=(C,)), [1, 2, 3, 4]),
        (Both(filters=(B,), without=(C,)), [2]),
        (Both(without=(A, C)), [4]),
        (Both(), [1, 2, 3, 4]),
        (Both(must=(Either((A, C)),), filters=(Range("size", gte=0),)), [1, 2]),
    ],
    ids=str,
)
def test_a_condition_finds_its_entries(filled: Engine, query: Node, expected: list[int]) -> None:
    assert ids(filled, query) == expected


@pytest.mark.parametrize(
    "term", ["k\x1fTên", "a\x00b", "a\nb", " ", "*?[x]\\.+", "🌾", "ợ" * 2_000]
)
def test_terms_may_have_any_characters(engine: Engine, term: str) -> None:
    build(engine, [entry(1, topic=[term]), entry(2, topic=["other"])])

    assert ids(engine, Term("topic", term)) == [1]
    assert ids(engine, Terms("topic", (term,))) == [1]
    assert ids(engine, Prefix("topic", term)) == [1]


def test_an_entry_may_lack_every_field(engine: Engine) -> None:
    build(engine, [entry(1), entry(2, topic=[])])

    assert ids(engine) == [1, 2]
    assert ids(engine, Range("size")) == []


@pytest.mark.parametrize(
    "query",
    [
        Term("colour", "red"),
        Terms("colour", ("red",)),
        Prefix("colour", "red"),
        Phrase("colour", ("a", "b")),
        Range("colour", gt=1),
        Both(filters=(Constant(Term("colour", "red"), 1.0),)),
        Term("_id", "1"),
    ],
    ids=str,
)
def test_an_unknown_field_is_an_error(filled: Engine, query: Node) -> None:
    with pytest.raises(EngineError):
        filled.search(Request(query, ("vi",)))


def test_endless_nesting_is_an_error(filled: Engine) -> None:
    query: Node = A
    for _ in range(5_000):
        query = Both(must=(query,))

    with pytest.raises(EngineError):
        filled.search(Request(query, ("vi",)))


def test_only_the_locales_that_are_asked_for_are_searched(engine: Engine) -> None:
    build(engine, [entry(1, "a"), entry(2, "a", locale="en"), entry(3, "a", locale="fr")])

    assert ids(engine, A) == [1]
    assert ids(engine, A, locales=("vi", "fr")) == [1, 3]
    assert ids(engine, A, locales=("km",)) == []
    assert ids(engine, A, locales=()) == []


def test_without_an_index_there_is_no_answer(connect: object) -> None:
    engine = connect()  # type: ignore[operator]

    with pytest.raises(EngineError):
        engine.search(Request(Everything(), ("vi",)))
