"""Lists that fall back: each page once, in one order, under every filter and cursor."""

from __future__ import annotations

import random
from typing import Any

import pytest

from cms.pages.models import SectionPolicy
from tests.delivery.conftest import Api
from tests.factories import make_private, translate
from tests.fixtures.portal import Portal

LETTERS = "aăâbcdđeêgh"


def _world(portal: Portal, seed: int) -> dict[str, list[str]]:
    """Sources and translations, some of them hidden; the titles that a list must give."""
    chance = random.Random(seed)  # noqa: S311 - the same world each time
    both, strict = [], []
    for number in range(10):
        title = f"{chance.choice(LETTERS)} nguồn {number}"
        source = portal.article(title)
        served = title
        if chance.random() < 0.6:
            name = f"{chance.choice(LETTERS)} english {number}"
            english = translate(source, name)
            if chance.random() < 0.3:
                make_private(english)
            else:
                served = name
                strict.append(name)
        if chance.random() < 0.3:
            make_private(source)
        if served != title or not _is_private(source):
            both.append(served)
    return {"vi": both, "none": strict}


def _is_private(page: Any) -> bool:
    return bool(page.view_restrictions.exists())


def _walk(api: Api, limit: int, **query: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        found = api.json("pages", limit=limit, count="exact", **query, **cursor)
        items += found["items"]
        if found["next"] is None:
            assert found["total"] == len(items)
            return items
        cursor = {"cursor": found["next"]}


@pytest.mark.parametrize("seed", range(4))
def test_each_page_once_in_one_order(api: Api, portal: Portal, seed: int) -> None:
    expected = _world(portal, seed)
    SectionPolicy.objects.create(page=portal.news, locale="en", policy="notice")
    for fallback in ("vi", "none", None):
        query: dict[str, Any] = {"locale": "en", "type": "article"}
        if fallback is not None:
            query["fallback"] = fallback
        for sort in ("title", "-title", "-published_at,title"):
            whole = _walk(api, 100, sort=sort, **query)
            assert sorted(one["title"] for one in whole) == sorted(expected[fallback or "vi"])
            for limit in (1, 3):
                assert _walk(api, limit, sort=sort, **query) == whole
        nguon = _walk(api, 2, sort="title", filters={("title", "contains"): "nguồn"}, **query)
        assert {one["title"] for one in nguon} == {
            title for title in expected[fallback or "vi"] if "nguồn" in title
        }


def test_page_that_gains_its_translation_changes_the_answer(api: Api, portal: Portal) -> None:
    page = portal.article("Bài")
    response = api.get(f"pages/{page.pk}", {"locale": "en", "fallback": "vi"})
    tags = response.headers["Cache-Tag"].split(",")
    assert f"translations:{page.translation_key}" in tags
    english = translate(page, "Article")
    served = api.json(f"pages/{page.pk}", locale="en", fallback="vi")
    assert (served["id"], served["locale_served"]) == (english.pk, "en")


def test_wrong_fallback_is_answered_with_those_that_there_are(api: Api, portal: Portal) -> None:
    for path in ("pages", f"pages/{portal.news.pk}", "menus/main"):
        problem = api.problem(f"{path}?locale=en&fallback=fr")
        assert (problem["parameter"], problem["allowed"]) == ("fallback", ["en", "none", "vi"])
