"""The change feed as a built site follows it."""

from __future__ import annotations

from typing import Any

import jsonschema
from wagtail.models import Locale, Page

from cms.changes.feed import append, number_changes
from cms.changes.models import Change, Reason
from cms.delivery.models import Menu
from cms.delivery.schemas import CHANGES
from tests.delivery.conftest import Api
from tests.factories import make_private
from tests.fixtures.portal import Portal


def _since(api: Api, seq: int = 0) -> list[dict[str, Any]]:
    number_changes()
    items: list[dict[str, Any]] = api.json("changes", since=seq, limit=1000)["items"]
    return items


def test_every_change_is_told_once_and_in_order(api: Api, portal: Portal) -> None:
    page = portal.article("Bài", slug="bai")
    start = _since(api)[-1]["seq"]
    page.title = "Bài sửa"
    page.save_revision().publish()
    page.slug = "bai-moi"
    page.save_revision().publish()
    Page.objects.get(pk=page.pk).move(Page.objects.get(pk=portal.texts.pk), pos="last-child")
    restriction = make_private(page)
    restriction.delete()
    Page.objects.get(pk=page.pk).specific.unpublish()
    found = _since(api, start)
    own = [item for item in found if item["id"] == page.pk]
    assert [item["reason"] for item in own] == [
        "update", "slug", "move", "restrict", "publish", "unpublish",
    ]  # fmt: skip
    assert [item["withdrawn"] for item in own] == [False, False, False, True, False, True]
    assert own[1]["previous_path"] == "/tin-tuc/bai/"
    assert (own[2]["previous_path"], own[2]["path"]) == ("/tin-tuc/bai-moi/", "/van-ban/bai-moi/")
    assert f"page:{page.pk}" in own[0]["tags"]
    assert [item["seq"] for item in found] == list(range(start + 1, start + 1 + len(found)))


def test_pages_of_changes(api: Api, portal: Portal) -> None:
    everything = [item["seq"] for item in _since(api)]
    found: list[int] = []
    since, more = 0, True
    while more:
        answer = api.json("changes", since=since, limit=2)
        jsonschema.validate(answer, CHANGES)
        found += [item["seq"] for item in answer["items"]]
        since, more = answer["next"], answer["more"]
    assert found == everything
    again = api.json("changes", since=since)
    assert again == {"items": [], "next": since, "more": False}


def test_an_entry_without_a_number_is_not_told_yet(api: Api, portal: Portal) -> None:
    before = len(_since(api))
    append([Change(reason=Reason.UPDATE, type="topic", object_id=1, tags=["topic:1"])])
    assert len(api.json("changes", limit=1000)["items"]) == before
    assert len(_since(api)) == before + 1


def test_menus_are_in_the_feed(api: Api, portal: Portal) -> None:
    start = _since(api)[-1]["seq"]
    menu = Menu.objects.create(title="Chính", handle="main", locale=Locale.get_default())
    menu.title = "Trình đơn"
    menu.save()
    Menu.objects.filter(pk=menu.pk).delete()
    found = _since(api, start)
    assert [(i["type"], i["reason"], i["tags"], i["locale"]) for i in found] == [
        ("menu", reason, ["menu:main"], "vi") for reason in ("publish", "update", "delete")
    ]
