"""The change feed as a built site follows it."""

from __future__ import annotations

from typing import Any

import jsonschema
from django.db import transaction
from django.test import override_settings
from wagtail.models import Locale, Page

from cms.changes.feed import append, number_changes
from cms.changes.models import Change, Reason
from cms.delivery.models import Menu
from cms.delivery.schemas import CHANGES
from tests.delivery.conftest import Api
from tests.factories import make_private, translate
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
    assert again == {"items": [], "next": since, "more": False, "latest": since}


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


def test_a_follower_that_is_ahead_of_the_feed_is_told_to_begin_again(
    api: Api, portal: Portal
) -> None:
    latest = _since(api)[-1]["seq"]
    problem = api.problem(f"changes?since={latest + 1}")
    assert problem["type"].endswith("/invalid-cursor")
    assert (problem["parameter"], problem["latest"]) == ("since", latest)


def test_some_of_the_changes(api: Api, portal: Portal) -> None:
    start = _since(api)[-1]["seq"]
    moved = portal.article("Bài", slug="bai")
    moved.move(Page.objects.get(pk=portal.texts.pk), pos="last-child")
    plan = portal.document()
    english = translate(portal.article("Khác"), "Other")
    with transaction.atomic():
        append([Change(reason=Reason.UPDATE, type="image", object_id=1, tags=["image:1"])])
    number_changes()

    def ids(**params: Any) -> list[tuple[str, int]]:
        answer = api.json("changes", since=start, **params)
        assert answer["next"] == answer["latest"]  # also past what was left out
        return [(item["reason"], item["id"]) for item in answer["items"]]

    both = ("publish", moved.pk), ("move", moved.pk)
    assert [one for one in ids(within="/tin-tuc/") if one[1] == moved.pk] == list(both)
    assert [one for one in ids(within="/van-ban") if one[1] == moved.pk] == [both[1]]
    assert ids(type="official_document") == [("publish", plan.pk)]
    assert ids(type="image", locale="en", within="/en/") == [("update", 1)]
    assert ("publish", english.pk) in ids(locale="en")
    assert ("publish", plan.pk) not in ids(locale="en")
    assert ids(type="nothing") == []


def test_next_never_passes_over_an_entry_that_was_asked_for(api: Api, portal: Portal) -> None:
    for number in range(3):
        portal.article(f"Bài {number}")
        portal.document(f"{number + 1}/KH-LMHTX")
    wanted = [item["seq"] for item in _since(api) if item["type"] == "article"]
    found: list[int] = []
    since, more = 0, True
    while more:
        answer = api.json("changes", since=since, limit=1, type="article")
        found += [item["seq"] for item in answer["items"]]
        since, more = answer["next"], answer["more"]
    assert found == wanted


def test_of_a_type_that_is_out_of_use_only_withdrawals_are_told(api: Api, portal: Portal) -> None:
    page = portal.article("Bài")
    page.unpublish()
    number_changes()

    def reasons() -> list[str]:
        return [item["reason"] for item in _since(api) if item["id"] == page.pk]

    assert reasons() == ["publish", "unpublish"]
    with override_settings(CMS_DISABLED_PLUGINS=["article"]):
        assert reasons() == ["unpublish"]
