"""The soak of search knows a wrong answer from a right one."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from benchmarks.publishing.history import Event
from benchmarks.searching.soaking import news
from benchmarks.searching.soaking.judging import Search, delays_to_be_found, found_wrong, state_of
from benchmarks.searching.soaking.load import load
from cms.pages.models import PublishedDocument
from cms.pages.verification import verify_documents

PAGES = 100


@pytest.mark.django_db
def test_loading_leaves_what_publishing_would(tmp_path: Path) -> None:
    load(PAGES, tmp_path / "ids.json")
    ids = orjson.loads((tmp_path / "ids.json").read_bytes())["pages"]
    rows = PublishedDocument.objects.filter(pk__in=ids, stale=False)
    assert list(verify_documents()) == []
    assert {row.pk: state_of({"title": row.title, "path": row.path}) for row in rows} == {
        pk: state_of({"title": news.title_of(index), "path": news.path_of(index)})
        for index, pk in enumerate(ids)
    }
    for words in news.pages_by_word(ids):
        for word, pages in words.items():
            assert [row.pk for row in rows.order_by("pk") if word.encode() in row.body] == sorted(
                pages
            )


@pytest.mark.parametrize(
    ("ids", "total", "right", "wrong"),
    [
        ([1, 2], 2, [2, 1], ""),
        ([], 0, [1, 2], "2 of 2 pages missing, 0 others"),
        ([1, 3], 2, [1, 2], "1 of 2 pages missing, 1 others"),
        ([1, 2, 2], 3, [1, 2], "1 pages twice"),
        ([1, 2], 4, [1, 2], "4 in all, and 2 pages"),
        ([1, 3], 2, None, ""),
    ],
)
def test_an_answer_has_all_pages_once(
    ids: list[int], total: int, right: list[int] | None, wrong: str
) -> None:
    assert found_wrong(ids, total, right) == wrong


@pytest.mark.parametrize(
    ("events", "missing_for"),
    [
        ([Event(1, 2, 3, None)], 0),  # withdrawn: rightly not found
        ([Event(1, 2, 3, None), Event(1, 4, 5, "b")], 5),
        ([Event(1, 2, 3, None), Event(1, 4, 5, "b"), Event(1, 6, 7, "c")], 5),
        ([Event(1, 2, 3, None), Event(1, 4, 10.5, "b")], 0),  # just being published
        ([Event(1, 2, 3, "b")], float("inf")),  # it was always public
    ],
)
def test_how_long_a_page_was_public_and_not_found(events: list[Event], missing_for: float) -> None:
    search = Search("word", 10, 11, degraded=False, states={})
    assert delays_to_be_found(events, [search], {"word": [1]}) == [missing_for]
