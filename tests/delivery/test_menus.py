"""Menus: trees of what the public may see, with the active trail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import jsonschema
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from cms.delivery.models import Menu
from cms.delivery.schemas import MENU, components
from tests.delivery.conftest import Api
from tests.factories import block, make_private, translate
from tests.fixtures.portal import Portal


def _menu(*entries: dict[str, Any], code: str = "vi", handle: str = "main") -> Menu:
    locale, _ = Locale.objects.get_or_create(language_code=code)
    return Menu.objects.create(title="Chính", handle=handle, locale=locale, items=list(entries))


def _page(page: Any, *items: dict[str, Any], **value: Any) -> dict[str, Any]:
    return block("page", {"page": page.pk, "title": "", "items": list(items), **value})


def _outline(items: list[dict[str, Any]]) -> list[Any]:
    """Titles, with those below in a list behind them."""
    outline: list[Any] = []
    for item in items:
        outline.append(item["title"])
        if item["items"]:
            outline.append(_outline(item["items"]))
    return outline


def test_a_tree_of_pages_links_and_groups(api: Api, portal: Portal) -> None:
    _menu(
        _page(portal.home),
        _page(portal.news, block("link", {"title": "Báo", "url": "https://bao.vn/"}), title="Tin"),
        block("group", {"title": "Khác", "items": [_page(portal.texts)]}),
    )
    found = api.json("menus/main")
    assert _outline(found["items"]) == ["Trang chủ", "Tin", ["Báo"], "Khác", ["Văn bản"]]
    assert found["items"][1]["path"] == "/tin-tuc/"
    assert found["items"][1]["items"][0]["url"] == "https://bao.vn/"
    schema = {**MENU, "components": {"schemas": components()}}
    jsonschema.validate(found, schema)


def test_the_active_trail(api: Api, portal: Portal) -> None:
    page = portal.article("Bài")
    _menu(_page(portal.home), _page(portal.news, _page(page)), _page(portal.texts))

    def marks(path: str) -> list[tuple[str, bool, bool]]:
        items = api.json("menus/main", path=path)["items"]
        flat = [*items, *items[1]["items"]]
        return [(i["title"], i["current"], i["trail"]) for i in flat if i["trail"]]

    assert marks("/") == [("Trang chủ", True, True)]
    assert marks("/tin-tuc/") == [("Tin tức", True, True)]
    assert marks("/tin-tuc/bai/") == [("Tin tức", False, True), ("Bài", True, True)]
    assert marks("/tin-tuc/khac/") == [("Tin tức", False, True)]
    assert marks("/khac/") == []


def test_pages_below_are_added_by_themselves(api: Api, portal: Portal) -> None:
    _menu(_page(portal.news, children=True))
    assert _outline(api.json("menus/main")["items"]) == ["Tin tức"]
    for title in ("Bài hai", "Bài một"):
        portal.article(title)
    assert _outline(api.json("menus/main")["items"]) == ["Tin tức", ["Bài hai", "Bài một"]]


def test_a_hidden_page_goes_with_all_below_it(api: Api, portal: Portal) -> None:
    page = portal.article("Bài")
    _menu(_page(portal.news, _page(page), children=True), _page(portal.texts))
    make_private(portal.news)
    assert _outline(api.json("menus/main")["items"]) == ["Văn bản"]


def test_entries_with_a_time(api: Api, portal: Portal) -> None:
    now = timezone.now()
    soon, past = now + timedelta(hours=1), now - timedelta(hours=1)
    _menu(
        block("link", {"title": "Sắp", "url": "https://a.vn/", "visible_from": soon.isoformat()}),
        block("link", {"title": "Hết", "url": "https://a.vn/", "visible_to": past.isoformat()}),
        block("link", {"title": "Nay", "url": "https://a.vn/", "visible_to": soon.isoformat()}),
    )
    assert _outline(api.json("menus/main")["items"]) == ["Nay"]
    with time_machine.travel(soon + timedelta(seconds=1), tick=False):
        assert _outline(api.json("menus/main")["items"]) == ["Sắp"]


def test_locales(api: Api, portal: Portal) -> None:
    translate(portal.news, "News")
    _menu(_page(portal.news), _page(portal.texts))
    assert api.get("menus/main", {"locale": "en"}).status_code == 404
    found = api.json("menus/main", locale="en", fallback="vi")
    assert (found["locale"], found["locale_served"]) == ("en", "vi")
    assert [(item["title"], item["path"]) for item in found["items"]] == [
        ("News", "/en/tin-tuc/"), ("Văn bản", "/van-ban/"),
    ]  # fmt: skip
    _menu(_page(portal.news, title="Latest"), code="en")
    assert _outline(api.json("menus/main", locale="en")["items"]) == ["Latest"]


def test_tags_tell_when_the_menu_changes(api: Api, portal: Portal) -> None:
    _menu(_page(portal.news, children=True))
    tags = api.get("menus/main").headers["Cache-Tag"].split(",")
    assert {"menu:main", f"page:{portal.news.pk}", "type:article"} <= set(tags)


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow(api: Api, portal: Portal) -> None:
    _menu(_page(portal.news, children=True), _page(portal.texts))
    counts = []
    for _round in range(2):
        for number in range(3):
            portal.article(f"Bài {number}")
        with CaptureQueriesContext(connection) as queries:
            api.json("menus/main")
        counts.append(len(queries))
    assert counts == [3, 3]


def test_editors_keep_menus_in_the_admin(admin_client: Any, portal: Portal) -> None:
    menu = _menu(_page(portal.news))
    for path in (
        "/admin/snippets/delivery/menu/",
        f"/admin/snippets/delivery/menu/edit/{menu.pk}/",
    ):
        assert admin_client.get(path).status_code == 200, path
