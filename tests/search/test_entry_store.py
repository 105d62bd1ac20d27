"""Entries that stand ready: kept by what they were made from, and never in the way."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.utils import timezone

from cms.pages.models import PublishedDocument
from search.contract import Entry
from search.indexing.entry_store import EntryStore, entry_key

ENTRY = Entry(7, "vi", "d1", {"text_fold": "hop tac xa", "type": ["article"], "n_day": 1.5})
KEY, OTHER = b"k" * 16, b"o" * 16


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "search" / "entries.sqlite3"


@pytest.fixture
def store(path: Path) -> EntryStore:
    return EntryStore(path)


def test_an_entry_is_read_as_it_was_kept(store: EntryStore) -> None:
    store.keep([(KEY, ENTRY)])
    assert store.read({7: KEY, 8: KEY}) == {7: ENTRY}


def test_what_was_made_from_something_else_is_not_ready(store: EntryStore) -> None:
    store.keep([(KEY, ENTRY)])
    assert store.read({7: OTHER}) == {}


def test_a_page_has_one_entry(store: EntryStore, path: Path) -> None:
    store.keep([(KEY, ENTRY)])
    store.keep([(OTHER, ENTRY)])
    assert store.read({7: KEY}) == {}
    assert store.read({7: OTHER}) == {7: ENTRY}


def test_what_is_forgotten_is_gone(store: EntryStore) -> None:
    store.keep([(KEY, ENTRY)])
    store.forget({7, 8})
    assert store.read({7: KEY}) == {}


def test_many_write_and_read_at_once(store: EntryStore) -> None:
    def work(first: int) -> int:
        ids = range(first, first + 1_200)
        store.keep([(KEY, Entry(pk, "vi", "d", {"path": [f"/{pk}/"]})) for pk in ids])
        return len(store.read(dict.fromkeys(ids, KEY)))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(0, 8_000, 2_000))) == [1_200] * 4


@pytest.mark.parametrize(
    "damage",
    [b"rubbish" * 1_000, b"SQLite format 3\0" + b"\xff" * 8_000],
    ids=["no database", "a broken one"],
)
def test_a_damaged_file_is_begun_anew(store: EntryStore, path: Path, damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damage)
    assert store.read({7: KEY}) == {}
    store.keep([(KEY, ENTRY)])
    assert store.read({7: KEY}) == {7: ENTRY}


def test_a_damaged_entry_is_not_read(store: EntryStore, path: Path) -> None:
    store.keep([(KEY, ENTRY)])
    with sqlite3.connect(path) as database:
        database.execute("UPDATE entry SET entry = x'789c00'")
    database.close()
    assert store.read({7: KEY}) == {}


def test_where_nothing_can_be_kept_nothing_is_ready(tmp_path: Path) -> None:
    (tmp_path / "search").write_text("a file where the folder should be")
    store = EntryStore(tmp_path / "search" / "entries.sqlite3")
    store.keep([(KEY, ENTRY)])
    store.forget([7])
    assert store.read({7: KEY}) == {}


def test_the_key_changes_with_all_that_an_entry_is_made_from() -> None:
    def row(**changed: object) -> PublishedDocument:
        fields = {"etag": '"1"', "type": "article", "locale": "vi", "path": "/a/"}
        return PublishedDocument(page_id=7, **(fields | changed))

    rows = [row(), row(etag='"2"'), row(type="plan"), row(locale="en"), row(path="/b/")]
    moments = ("published_at", "updated_at", "expires_at")
    rows += [row(**{moment: timezone.now()}) for moment in moments]
    keys = {entry_key(one, "s1") for one in rows} | {entry_key(row(), "s2")}
    assert len(keys) == len(rows) + 1
    assert entry_key(row(), "s1") == entry_key(row(title="Another"), "s1")
