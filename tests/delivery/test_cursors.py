"""Cursors: the pages of a list, put together, are the list; nothing else is a cursor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cmp_to_key
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.delivery.query.cursors import read_cursor, write_cursor
from cms.pages.models import PublishedDocument
from cms.plugins.gallery.models import VideoPage
from cms.vietnamese.collation import sort_key
from tests.delivery.conftest import Api
from tests.fixtures.portal import Portal, publish

ROWS = 8
_moments = st.sampled_from([datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2)]) | st.none()
_rows = st.lists(
    st.tuples(
        st.sampled_from([0, 1, 2**31 - 1]) | st.none(),
        st.sampled_from(["an", "ăn", "án", "9", "10", "", "Đa"]),
        _moments,
    ),
    min_size=ROWS,
    max_size=ROWS,
)
_keys = st.lists(
    st.sampled_from(["duration_seconds", "title", "published_at", "id"]), unique=True, max_size=3
)


def _compare(names: list[str]) -> Callable[[Any, Any], int]:
    """The order that a list must have: nulls last in both directions, then the id."""

    def compare(one: dict[str, Any], other: dict[str, Any]) -> int:
        for written in [*names, "id"]:
            name = written.removeprefix("-")
            a, b = one[name], other[name]
            if name == "title":
                a, b = sort_key(a), sort_key(b)
            if a == b:
                continue
            if a is None or b is None:
                return 1 if a is None else -1
            return (-1 if a < b else 1) * (-1 if written.startswith("-") else 1)
        return 0

    return compare


@pytest.mark.django_db
def test_pages_put_together_are_the_sorted_list(api: Api, portal: Portal) -> None:
    videos = [
        publish(portal.news, VideoPage(title=f"Phim {number}", video_url="https://a.vn/1"))
        for number in range(ROWS)
    ]

    @settings(max_examples=60, deadline=None, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(_rows, _keys, st.lists(st.booleans(), min_size=3, max_size=3), st.integers(1, 4))
    def check(rows: Any, keys: list[str], down: list[bool], limit: int) -> None:
        expected = []
        for video, (seconds, title, moment) in zip(videos, rows, strict=True):
            VideoPage.objects.filter(pk=video.pk).update(duration_seconds=seconds)
            PublishedDocument.objects.filter(pk=video.pk).update(
                title_key=sort_key(title), published_at=moment
            )
            expected.append(
                {"id": video.pk, "duration_seconds": seconds, "title": title,
                 "published_at": moment}
            )  # fmt: skip
        sort = [f"-{key}" if turn else key for key, turn in zip(keys, down, strict=False)]
        names = sort or ["-published_at"]
        expected.sort(key=cmp_to_key(_compare(names)))
        found: list[int] = []
        cursor: str | None = None
        for _page in range(ROWS + 1):
            more: dict[str, str] = {"cursor": cursor} if cursor else {}
            answer = api.json("pages", type="video", limit=limit, sort=names, **more)
            found += [item["id"] for item in answer["items"]]
            cursor = answer["next"]
            if cursor is None:
                break
        assert found == [row["id"] for row in expected]

    check()


def test_a_cursor_outlives_what_it_stood_on(api: Api, portal: Portal) -> None:
    pages = [portal.article(f"Bài {number}") for number in range(4)]
    first = api.json("pages", type="article", sort="title", limit=2)
    pages[1].delete()
    portal.article("Bài 0a")
    rest = api.titles(type="article", sort="title", limit=9, cursor=first["next"])
    assert rest == ["Bài 2", "Bài 3"]


def test_a_cursor_belongs_to_its_list(api: Api, portal: Portal) -> None:
    for number in range(4):
        portal.article(f"Bài {number}")
    lists: dict[str, Any] = {"type": "article", "sort": "title", "limit": 1}
    cursor = api.json("pages", **lists)["next"]
    assert api.titles(**lists | {"limit": 3}, cursor=cursor) == ["Bài 1", "Bài 2", "Bài 3"]
    for other in (
        "sort=title", "type=article", "type=article&sort=-title",
        "type=article&sort=title&within=/", "type=article&sort=title&locale=vi",
        "type=article&sort=title&filter[title][eq]=x",
    ):  # fmt: skip
        problem = api.problem(f"pages?{other}&cursor={cursor}")
        assert problem["type"] == "/api/v1/problems/invalid-cursor", other


def test_any_tampering_is_noticed(api: Api, portal: Portal) -> None:
    for number in range(3):
        portal.article(f"Bài {number}")
    cursor = api.json("pages", type="article", limit=1)["next"]
    for position in range(0, len(cursor), 7):
        turned = "A" if cursor[position] != "A" else "B"
        forged = cursor[:position] + turned + cursor[position + 1 :]
        assert api.get("pages", {"type": "article", "cursor": forged}).status_code == 400
    for forged in ("", "x", cursor[:-1], cursor + "A", ":::", "é", "A" * 1_999, "W10:x:y"):
        assert api.get("pages", {"type": "article", "cursor": forged}).status_code == 400


def test_every_sort_of_value_comes_back() -> None:
    values = [None, 1, "Đại", True, 1.5, datetime(2026, 1, 1, 1, 1, 1, 7, tzinfo=UTC)]
    cursor = write_cursor(values, {"list": 1})
    assert read_cursor(cursor, {"list": 1}, len(values)) == values
