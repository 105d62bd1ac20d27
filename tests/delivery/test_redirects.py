"""Redirects: one hop to where a page is now, and nothing that the public may not follow."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from tests.delivery.conftest import Api
from tests.factories import make_private
from tests.fixtures.portal import Portal


def _redirect(location: str, permanent: bool = True) -> dict[str, object]:
    return {"kind": "redirect", "location": location, "permanent": permanent}


def test_old_paths_lead_to_the_page(api: Api, portal: Portal) -> None:
    page = portal.article("Bài", slug="bai")
    page.slug = "bai-moi"
    page.save_revision().publish()
    assert api.json("resolve", path="/tin-tuc/bai/") == _redirect("/tin-tuc/bai-moi/")
    Page.objects.get(pk=page.pk).move(Page.objects.get(pk=portal.texts.pk), pos="last-child")
    assert api.json("resolve", path="/tin-tuc/bai/") == _redirect("/van-ban/bai-moi/")
    assert api.json("resolve", path="/tin-tuc/bai-moi") == _redirect("/van-ban/bai-moi/")
    assert {"from": "/tin-tuc/bai", "to": "/van-ban/bai-moi/", "permanent": True} in (
        api.json("redirects")["items"]
    )


def test_a_moved_subtree(api: Api, portal: Portal) -> None:
    portal.article("Bài", slug="bai")
    section = Page.objects.get(pk=portal.news.pk).specific
    section.slug = "su-kien"
    section.save_revision().publish()
    assert api.json("resolve", path="/tin-tuc/bai/") == _redirect("/su-kien/bai/")
    assert api.json("resolve", path="/su-kien/bai/")["kind"] == "page"


def test_chains_are_followed_to_their_end(api: Api, portal: Portal) -> None:
    Redirect.add_redirect("/a/", "/b/?x=1")
    Redirect.add_redirect("/b/?x=1", "/c", is_permanent=False)
    Redirect.add_redirect("/c/", portal.news)
    Redirect.add_redirect("/ngoai/", "https://example.vn/x")
    Redirect.add_redirect("/qua-ngoai/", "/ngoai/")
    Redirect.add_redirect("/thang/", "/tin-tuc/#muc")
    assert api.json("resolve", path="/a/") == _redirect("/tin-tuc/", permanent=False)
    assert api.json("resolve", path="/qua-ngoai/") == _redirect("https://example.vn/x")
    assert api.json("resolve", path="/thang/") == _redirect("/tin-tuc/")
    found = {item["from"]: item["to"] for item in api.json("redirects")["items"]}
    assert found == {
        "/a": "/tin-tuc/", "/b?x=1": "/tin-tuc/", "/c": "/tin-tuc/", "/thang": "/tin-tuc/",
        "/ngoai": "https://example.vn/x", "/qua-ngoai": "https://example.vn/x",
    }  # fmt: skip


def test_loops_and_dead_ends_do_not_exist(api: Api, portal: Portal) -> None:
    Redirect.add_redirect("/minh/", "/minh/")
    Redirect.add_redirect("/vong-1/", "/vong-2/")
    Redirect.add_redirect("/vong-2/", "/vong-1/")
    Redirect.add_redirect("/cut/", "/khong-co/")
    for number in range(12):
        Redirect.add_redirect(f"/dai-{number}/", f"/dai-{number + 1}/")
    for path in ("/minh/", "/vong-1/", "/cut/", "/dai-0/"):
        assert api.get("resolve", {"path": path}).status_code == 404, path
    assert api.json("redirects")["items"] == []


def test_a_page_that_was_withdrawn_takes_its_redirects_along(api: Api, portal: Portal) -> None:
    page = portal.article("Bài")
    Redirect.add_redirect("/cu/", page)
    assert api.json("resolve", path="/cu/")["kind"] == "redirect"
    make_private(page)
    assert api.get("resolve", {"path": "/cu/"}).status_code == 404
    assert api.json("redirects")["items"] == []


def test_a_page_comes_before_a_redirect(api: Api, portal: Portal) -> None:
    Redirect.add_redirect("/tin-tuc/", portal.texts)
    assert api.json("resolve", path="/tin-tuc/")["page"]["id"] == portal.news.pk


def test_another_sites_redirects_are_not_ours(api: Api, portal: Portal) -> None:
    other = Site.objects.create(hostname="khac.vn", root_page=portal.texts)
    Redirect.add_redirect("/cu/", portal.news, site=other)
    assert api.get("resolve", {"path": "/cu/"}).status_code == 404
    assert api.json("redirects")["items"] == []


def test_pages_of_redirects(api: Api, portal: Portal) -> None:
    for number in range(7):
        Redirect.add_redirect(f"/cu-{number}/", portal.news)
    found, cursor = [], None
    while True:
        answer = api.json("redirects", limit=3, **({"cursor": cursor} if cursor else {}))
        found += [item["from"] for item in answer["items"]]
        cursor = answer["next"]
        if cursor is None:
            break
    assert found == [f"/cu-{number}" for number in range(7)]


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow(api: Api, portal: Portal) -> None:
    counts = []
    for size in (2, 9):
        for number in range(size):
            Redirect.add_redirect(f"/cu-{size}-{number}/", f"/giua-{size}-{number}/")
            Redirect.add_redirect(f"/giua-{size}-{number}/", portal.news)
        with CaptureQueriesContext(connection) as queries:
            api.json("redirects")
        counts.append(len(queries))
    assert counts[0] == counts[1]
