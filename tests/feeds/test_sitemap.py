"""The map of the site: every public page, with lastmod and translations, in parts where large."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.pages.builder import format_time
from tests.delivery.hidden import CANARY, hide_for_every_reason, seen_by_the_public
from tests.factories import translate
from tests.fixtures.portal import Portal

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
HOST = "https://portal.example.vn"


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> None:
    settings.CMS_FRONTEND_URL = HOST
    settings.WAGTAILADMIN_BASE_URL = "https://cms.example.vn"


def _read(address: str = "/api/v1/sitemap.xml") -> Element:
    response = Client().get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml"
    root: Element = fromstring(response.content)
    return root


def _urls(root: Element) -> dict[str, Element]:
    return {url.findtext(f"{MAP}loc", ""): url for url in root.findall(f"{MAP}url")}


def test_every_public_page_with_its_last_publication(portal: Portal) -> None:
    page = portal.article("Tin")
    portal.draft()
    urls = _urls(_read())
    paths = {address.removeprefix(HOST) for address in urls}
    assert paths == {"/", "/tin-tuc/", "/van-ban/", "/tin-tuc/tin/"}
    told = urls[f"{HOST}/tin-tuc/tin/"].findtext(f"{MAP}lastmod")
    assert told == format_time(page.last_published_at)
    assert not urls[f"{HOST}/tin-tuc/tin/"].findall(LINK)


def test_translations_name_each_other(portal: Portal) -> None:
    translate(portal.article("Tin"), "News")
    urls = _urls(_read())
    found = {
        address: {str(link.get("hreflang")): link.get("href") for link in url.findall(LINK)}
        for address, url in urls.items()
    }
    english = f"{HOST}/en/tin-tuc/tin/"
    vietnamese = f"{HOST}/tin-tuc/tin/"
    expected = {"vi": vietnamese, "en": english, "x-default": vietnamese}
    assert found[vietnamese] == found[english] == expected


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_parts_hold_every_page_once_beside_its_translations(
    portal: Portal, settings: Any, size: int
) -> None:
    for number in range(4):
        translate(portal.article(f"Tin {number}"), f"News {number}")
    whole = _urls(_read())
    settings.CMS_SITEMAP_PAGES = size
    root = _read()
    if size == 100:
        assert root.tag == f"{MAP}urlset"
        return
    assert root.tag == f"{MAP}sitemapindex"
    addresses = [loc.text or "" for loc in root.iter(f"{MAP}loc")]
    assert len(addresses) == -(-len(whole) // size)
    found: list[str] = []
    for address in addresses:
        part = _urls(_read(address.removeprefix("https://cms.example.vn")))
        found += part
        for url, element in part.items():
            assert len(element.findall(LINK)) == len(whole[url].findall(LINK))
    assert sorted(found) == sorted(whole)
    for wrong in (0, len(addresses) + 1, 10**17):
        assert Client().get(f"/api/v1/sitemap.xml?part={wrong}").status_code == 404
    assert Client().get("/api/v1/sitemap.xml?part=x").status_code == 400


def test_queries_do_not_grow(portal: Portal) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            Client().get("/api/v1/sitemap.xml")
        return len(queries)

    portal.article("Một")
    before = count()
    for number in range(5):
        translate(portal.article(f"Tin {number}"), f"News {number}")
    assert count() == before <= 3


def test_n10_nothing_hidden_is_on_it(portal: Portal) -> None:
    hidden = hide_for_every_reason(portal)
    with seen_by_the_public():
        text = Client().get("/api/v1/sitemap.xml").content.decode()
    assert CANARY.lower() not in text.lower()
    for path in hidden.paths.values():
        assert f"{path}<" not in text


def test_it_is_asked_for_again_when_a_page_expires(portal: Portal, settings: Any) -> None:
    settings.CMS_PUBLIC_CACHE_SECONDS = 600
    response = Client().get("/api/v1/sitemap.xml")
    assert "stale-while-revalidate" in response.headers["Cache-Control"]
    assert "type:article" in response.headers["Cache-Tag"].split(",")
    known = {"If-None-Match": response.headers["ETag"]}
    assert Client().get("/api/v1/sitemap.xml", headers=known).status_code == 304
