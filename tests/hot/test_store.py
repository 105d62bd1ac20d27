"""The store of finished answers: bounded, dropped by tag, never what is out of date."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from cms.delivery.hot.entry import Entry, matches, takes_brotli
from cms.delivery.hot.store import REMEMBERED, Store

KEYS = st.integers(min_value=0, max_value=8)
TAGS = st.frozensets(st.sampled_from(["page:1", "page:2", "type:article", "menu:main"]))


def entry(tags: frozenset[str] = frozenset(), length: int = 0) -> Entry:
    return Entry([("ETag", '"abc"')], b"x" * length, tags, None)


class Stores(RuleBasedStateMachine):
    """A store beside a plain dictionary of what may be in it."""

    def __init__(self) -> None:
        super().__init__()
        self.store = Store(30_000)
        self.allowed: dict[int, Entry] = {}
        self.begun: list[tuple[int, list[frozenset[str]]]] = []

    @rule()
    def begin(self) -> None:
        self.begun.append((self.store.begin(), []))

    @rule(key=KEYS, tags=TAGS, length=st.integers(0, 800), pick=st.integers(0, 5))
    def put(self, key: int, tags: frozenset[str], length: int, pick: int) -> None:
        since, evicted = self.begun[pick % len(self.begun)] if self.begun else (0, None)
        if evicted is None:
            since, evicted = self.store.begin(), []
        made = entry(tags, length)
        kept = self.store.put(key, made, since)
        if kept:
            assert not any(tags & gone for gone in evicted)
            self.allowed[key] = made

    @rule(tags=TAGS)
    def evict(self, tags: frozenset[str]) -> None:
        self.store.evict(tags)
        for _, evicted in self.begun:
            evicted.append(tags)
        self.allowed = {k: one for k, one in self.allowed.items() if not one.tags & tags}

    @rule(key=KEYS, size=st.integers(0, 500))
    def grow(self, key: int, size: int) -> None:
        if (found := self.store.get(key)) is not None:
            self.store.grow(key, found, size)

    @rule()
    def clear(self) -> None:
        self.store.clear()
        self.allowed.clear()
        for _, evicted in self.begun:
            evicted.append(frozenset(["page:1", "page:2", "type:article", "menu:main"]))

    @invariant()
    def holds_only_what_was_put_and_not_evicted(self) -> None:
        for key in range(9):
            found = self.store.get(key)
            assert found is None or found is self.allowed[key]

    @invariant()
    def is_bounded_and_counts_right(self) -> None:
        entries = [one for key in range(9) if (one := self.store.get(key)) is not None]
        assert self.store.bytes == sum(one.size for one in entries) <= self.store.max_bytes


TestStores = Stores.TestCase


def test_what_was_read_is_spared_where_room_is_needed() -> None:
    store = Store(30_000)
    size = entry().size
    for key in range(30_000 // size):
        assert store.put(key, entry(), store.begin())
    store.get(0)
    store.put("new", entry(), store.begin())
    assert store.get(0) is not None
    assert store.get(1) is None


def test_what_was_read_is_spared_once() -> None:
    store = Store(30_000)
    count = 30_000 // entry().size
    for key in range(count):
        assert store.put(key, entry(), store.begin())
        store.get(key)
    assert store.put("first new", entry(), store.begin())
    assert store.get(1) is not None
    for key in range(count, 2 * count):
        assert store.put(key, entry(), store.begin())
    assert len(store) == count
    assert store.get(0) is None


def test_an_answer_that_was_begun_before_too_many_changes_is_not_kept() -> None:
    store = Store(30_000)
    since = store.begin()
    for _ in range(REMEMBERED + 1):
        store.evict(["other:1"])
    assert not store.put("key", entry(), since)


def test_an_answer_larger_than_a_tenth_of_the_store_is_not_kept() -> None:
    store = Store(30_000)
    assert not store.put("key", entry(length=4_000), store.begin())


@given(st.text(alphabet="br,;q=01. gzip*", max_size=30))
def test_any_accept_encoding_is_read(header: str) -> None:
    takes_brotli(header)


def test_brotli_is_given_to_whom_it_is_welcome() -> None:
    for header in ("br", "gzip, br", "br;q=0.5", "gzip,br;q=1.0,*;q=0"):
        assert takes_brotli(header)
    for header in ("", "gzip", "br;q=0", "gzip, br;q=0.0", "brotli", "xbr"):
        assert not takes_brotli(header)


def test_an_etag_is_known_in_every_form_of_its_body() -> None:
    for known in ('"abc"', 'W/"abc"', '"abc-br"', '"x", "abc"', "*"):
        assert matches(known, '"abc"')
        assert matches(known, '"abc-br"')
    for known in ('"abd"', "", '"ab"'):
        assert not matches(known, '"abc"')
