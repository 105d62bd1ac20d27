"""Filters, counts and pages of hits, on every engine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.contract import Bucket, Engine, EngineError, Facet, Request
from search.nodes import Both, Constant, Either, Everything, Node, Prefix, Range, Term, Terms
from tests.search.engine_cases import build, entry, store

TOPIC, YEAR = Facet("by_topic", "topic"), Facet("by_year", "year")
RED = Terms("topic", ("red",))
NEW = Terms("year", ("2026",))


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """Six entries of two topics and years; one in another locale."""
    build(
        engine,
        [
            entry(1, "a", topic=["red"], year=["2026"], size=1.0),
            entry(2, "a", topic=["red", "blue"], year=["2025"], size=2.0),
            entry(3, "a", topic=["blue"], year=["2026"], size=3.0),
            entry(4, "b", topic=["red"], year=["2026"], size=4.0),
            entry(5, "a", locale="en", topic=["red"], year=["2026"], size=5.0),
            entry(6, "a"),
        ],
    )
    return engine


A = Request(Term("body", "a"), ("vi",))


def counts(engine: Engine, request: Request) -> dict[str, dict[str, int]]:
    """The facets of an answer, in their order."""
    facets = engine.search(request).facets
    return {name: {bucket.term: bucket.count for bucket in facets[name]} for name in facets}


def test_filters_narrow_hits_and_total(filled: Engine) -> None:
    found = filled.search(replace(A, filters={"topic": RED, "size": Range("size", gte=2)}))

    assert [hit.id for hit in found.hits] == [2]
    assert found.total == 1


def test_filters_do_not_score(filled: Engine) -> None:
    plain = {hit.id: hit.score for hit in filled.search(A).hits}
    filtered = filled.search(replace(A, filters={"words": Term("body", "a"), "topic": RED}))

    assert {hit.id: hit.score for hit in filtered.hits} == {1: plain[1], 2: plain[2]}


def test_facets_count_what_the_query_finds(filled: Engine) -> None:
    request = replace(A, facets=(TOPIC, YEAR))

    assert counts(filled, request) == {
        "by_topic": {"blue": 2, "red": 2},
        "by_year": {"2026": 2, "2025": 1},
    }


def test_a_facet_leaves_its_own_filter_out(filled: Engine) -> None:
    request = replace(A, filters={"by_topic": RED, "by_year": NEW}, facets=(TOPIC, YEAR))

    assert filled.search(request).total == 1
    assert counts(filled, request) == {
        "by_topic": {"blue": 1, "red": 1},
        "by_year": {"2025": 1, "2026": 1},
    }


def test_a_facet_keeps_filters_of_other_names(filled: Engine) -> None:
    request = replace(A, filters={"another": RED}, facets=(TOPIC,))

    assert counts(filled, request) == {"by_topic": {"red": 2, "blue": 1}}


def test_facets_of_nothing_are_empty(filled: Engine) -> None:
    request = replace(A, query=Term("body", "z"), facets=(TOPIC,))

    assert counts(filled, request) == {"by_topic": {}}


def test_a_facet_of_a_field_without_values_is_empty(engine: Engine) -> None:
    build(engine, [entry(1, "a")])

    assert counts(engine, replace(A, facets=(TOPIC,))) == {"by_topic": {}}


def test_a_facet_of_an_unknown_field_is_an_error(filled: Engine) -> None:
    with pytest.raises(EngineError):
        filled.search(replace(A, facets=(Facet("colour", "colour"),)))


def test_facets_give_the_most_frequent_terms_first_then_by_term(engine: Engine) -> None:
    terms = [f"k{number:03}\x1fTên {number}" for number in range(300)]
    build(
        engine,
        [
            entry(number, "a", topic=terms[number:])  # the last term is in all of them
            for number in range(300)
        ],
    )
    store(engine, *(entry(1_000 + number, "a", topic=["often"]) for number in range(400)))

    [buckets] = engine.search(replace(A, facets=(Facet("t", "topic", size=3),))).facets.values()
    assert buckets == (Bucket("often", 400), Bucket(terms[299], 300), Bucket(terms[298], 299))

    ties = Request(Terms("topic", ("often",)), ("vi",), facets=(Facet("t", "topic"),))
    store(engine, *(entry(2_000 + n, topic=["often", terms[n]]) for n in range(30)))
    [buckets] = engine.search(ties).facets.values()
    assert [bucket.term for bucket in buckets] == ["often", *terms[:19]]


def test_facets_do_not_count_what_is_gone(filled: Engine) -> None:
    with filled.writing() as writer:
        writer.remove([1], 5)
        writer.write([entry(2, "a", topic=["green"])], 5)
        writer.commit()

    assert counts(filled, replace(A, facets=(TOPIC,))) == {"by_topic": {"blue": 1, "green": 1}}


def test_ids_can_be_left_out_of_hits_total_and_counts(filled: Engine) -> None:
    request = replace(A, without_ids=frozenset({1, 3, 77}), facets=(TOPIC,))
    found = filled.search(request)

    assert ([hit.id for hit in found.hits], found.total) == ([2, 6], 2)
    assert counts(filled, request) == {"by_topic": {"blue": 1, "red": 1}}


def test_no_hits_may_be_wanted(filled: Engine) -> None:
    found = filled.search(replace(A, limit=0, facets=(YEAR,)))

    assert found.hits == ()
    assert found.total == 4
    assert found.facets["by_year"] == (Bucket("2026", 2), Bucket("2025", 1))


QUERIES: list[Node] = [
    Term("body", "common"),
    Everything(),
    Prefix("body", "comm", 2.0),
    Constant(Term("body", "common"), 1.0),
    Either((Term("body", "common"), Term("body", "odd"), Term("title", "t3"))),
    Both(must=(Term("body", "common"),), should=(Constant(Range("size", gte=40), 0.5),)),
]


@pytest.fixture
def many(engine: Engine) -> Engine:
    """Eighty entries, written in two goes, with many equal scores."""
    entries = [
        entry(
            number,
            "common" + " odd" * (number % 2) + " filler" * (number % 3),
            title=f"t{number % 5}",
            size=float(number),
        )
        for number in range(1, 81)
    ]
    build(engine, entries[::2])
    store(engine, *entries[1::2][::-1])
    return engine


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_pages_by_skipping_make_up_the_whole(many: Engine, query: Node) -> None:
    whole = many.search(Request(query, ("vi",), limit=500))
    pages = [many.search(Request(query, ("vi",), limit=7, skip=skip)) for skip in range(0, 90, 7)]

    assert sum((page.hits for page in pages), ()) == whole.hits
    assert {page.total for page in pages} == {80}
    places = [(-hit.score, hit.id) for hit in whole.hits]
    assert places == sorted(places)


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_pages_after_a_place_make_up_the_whole(many: Engine, query: Node) -> None:
    whole = many.search(Request(query, ("vi",), limit=500)).hits
    first = many.search(Request(query, ("vi",), limit=7))
    hits, page = list(first.hits), first
    while page.hits:
        page = many.search(
            Request(query, ("vi",), limit=7, skip=len(hits), after=hits[-1].place,
                    snapshot=page.snapshot)
        )  # fmt: skip
        hits += page.hits

    assert tuple(hits) == whole


def test_a_page_after_a_place_does_not_shift_when_entries_are_added(many: Engine) -> None:
    query = Constant(Term("body", "common"), 1.0)
    first = many.search(Request(query, ("vi",), limit=5))
    store(many, entry(-1, "common"), version=5)

    second = many.search(
        Request(
            query, ("vi",), limit=5, skip=5, after=first.hits[-1].place, snapshot=first.snapshot
        )
    )
    assert [hit.id for hit in second.hits] == [6, 7, 8, 9, 10]


def test_very_many_equal_scores_are_paged_in_the_order_of_ids(engine: Engine) -> None:
    numbers = [(number * 577) % 3_001 for number in range(1, 3_001)]
    build(engine, (entry(n, "b" + " a" * (n % 3 == 0)) for n in numbers[:2_000]))
    store(engine, *(entry(n, "b" + " a" * (n % 3 == 0)) for n in numbers[2_000:]))
    query = Either((Constant(Term("body", "b"), 0.1), Constant(Term("body", "a"), 0.2)))
    expected = [*range(3, 3_001, 3), *(n for n in range(1, 3_001) if n % 3)]

    for skip in range(0, 3_000, 300):
        skipping = engine.search(Request(query, ("vi",), limit=20, skip=skip))
        assert [hit.id for hit in skipping.hits] == expected[skip : skip + 20]
        after = engine.search(Request(query, ("vi",), limit=20, after=skipping.hits[0].place))
        assert [hit.id for hit in after.hits] == expected[skip + 1 : skip + 21]
        assert skipping.total == after.total == 3_000


def test_hits_without_a_total(many: Engine) -> None:
    found = many.search(Request(Term("body", "odd"), ("vi",), limit=3, count=False))

    assert len(found.hits) == 3
