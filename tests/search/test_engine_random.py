"""Any conditions on any entries: every engine finds what the conditions mean."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.contract import Engine, Entry, Request
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
from tests.search.reference import ReferenceIndex

WORDS = ("an", "anh", "ăn", "b", "ba\x00", "c.*", "\U0001f33e")
KEYS = ("red", "red\x1fĐỏ", "r", "")
NUMBERS = (-1.5, 0.0, 2.0, 1e300)

ENTRIES: dict[int, dict[str, str | float | list[str]]] = {
    number: {
        "body": " ".join(WORDS[number * step % 7] for step in range(number % 6)),
        "title": " ".join(WORDS[number % 5 : number % 7]),
        "topic": [key for bit, key in enumerate(KEYS) if number >> bit & 1],
        **({} if number % 3 == 0 else {"size": NUMBERS[number % 4]}),
    }
    for number in range(1, 33)
}

names = st.sampled_from(["body", "title"])
words = st.sampled_from([*WORDS, "none"])
keys = st.sampled_from([*KEYS, "none"])
weights = st.floats(0, 8, width=32)
bounds = st.none() | st.sampled_from([*NUMBERS, 0.5, float("inf"), float("-inf")])

leaves: st.SearchStrategy[Node] = st.one_of(
    st.just(Everything()),
    st.builds(Term, names, words, weights),
    st.builds(Term, st.just("topic"), keys),
    st.builds(Terms, st.just("topic"), st.lists(keys, max_size=3).map(tuple)),
    st.builds(Phrase, names, st.lists(words, min_size=1, max_size=3).map(tuple), weights),
    st.builds(Prefix, names, st.sampled_from(["a", "an", "c.", "\U0001f33e", ""]), weights),
    st.builds(Prefix, st.just("topic"), st.sampled_from(["r", "red\x1f", "redd"]), weights),
    st.builds(Range, st.just("size"), bounds, bounds, bounds, bounds),
)


def compound(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Conditions made of conditions."""
    several = st.lists(nodes, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Constant, nodes, weights),
        st.builds(Either, st.lists(nodes, max_size=4).map(tuple), st.integers(1, 4)),
        st.builds(Both, several, several, several, several),
    )


trees = st.recursive(leaves, compound, max_leaves=12)


def test_every_tree_finds_what_it_means(engine: Engine) -> None:
    stored = [Entry(number, "vi", f"{number}", fields) for number, fields in ENTRIES.items()]
    build(engine, stored[:20])
    with engine.writing() as writer:
        writer.write([*stored[15:], entry(99, "an")], 2)
        writer.remove([99], 3)
        writer.commit()
    reference = ReferenceIndex(ENTRIES)

    @settings(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(trees)
    def agrees(tree: Node) -> None:
        assert ids(engine, tree) == sorted(reference.scores(tree))
        places = [hit.place for hit in engine.search(Request(tree, ("vi",), limit=50)).hits]
        assert places == sorted(places, key=lambda place: (-place[0], place[1]))

    agrees()
