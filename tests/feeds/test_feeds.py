"""Feeds: three forms of a section's newest pages, with whole addresses, through the gate."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import orjson
import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.delivery.hidden import CANARY, hide_for_every_reason, seen_by_the_public
from tests.factories import make_every_type, make_image, make_organisation, make_private, translate
from tests.fixtures.portal import Portal

pytestmark = pytest.mark.django_db
FORMS = ("rss", "atom", "json")
ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> None:
    settings.CMS_FRONTEND_URL = "https://portal.example.vn"
    settings.WAGTAILADMIN_BASE_URL = "https://cms.example.vn"


def _get(form: str, **query: Any) -> Any:
    response = Client().get(f"/api/v1/feeds/{form}", query)
    assert response.status_code == 200, response.content
    return response


def _xml(form: str, **query: Any) -> Element:
    root: Element = fromstring(_get(form, **query).content)
    return root


def _json(**query: Any) -> dict[str, Any]:
    feed: dict[str, Any] = orjson.loads(_get("json", **query).content)
    return feed


def _titles(form: str, **query: Any) -> list[str]:
    if form == "json":
        return [item["title"] for item in _json(**query)["items"]]
    root = _xml(form, **query)
    path = "channel/item/title" if form == "rss" else f"{ATOM}entry/{ATOM}title"
    return [str(title.text) for title in root.findall(path)]


def test_rss(portal: Portal) -> None:
    body = make_organisation(name="Phòng Kế hoạch & Đào tạo")
    page = portal.article("Đại hội <mới>", lead="Lời dẫn", image=make_image(), byline_unit=body)
    response = _get("rss", within="/tin-tuc/")
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    channel = fromstring(response.content).find("channel")
    assert channel is not None
    assert channel.findtext("title") == "Tin tức"
    assert channel.findtext("link") == "https://portal.example.vn/tin-tuc/"
    assert channel.findtext("language") == "vi"
    own = channel.find(f"{ATOM}link")
    assert own is not None
    assert own.attrib == {
        "rel": "self", "href": "https://cms.example.vn/api/v1/feeds/rss?within=%2Ftin-tuc%2F",
    }  # fmt: skip
    (item,) = channel.findall("item")
    assert item.findtext("title") == "Đại hội <mới>"
    assert item.findtext("description") == "Lời dẫn"
    assert item.findtext("link") == "https://portal.example.vn/tin-tuc/dai-hoi-moi/"
    guid = item.find("guid")
    assert guid is not None
    assert guid.attrib == {"isPermaLink": "false"}
    assert str(guid.text).endswith(f":/pages/{page.pk}")
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == body.name
    image = item.find(f"{MEDIA}content")
    assert image is not None
    assert image.attrib["url"].startswith("https://cms.example.vn/images/")
    assert image.attrib["url"].endswith(".jpg")


def test_atom(portal: Portal) -> None:
    page = portal.article("Tin", lead="Lời dẫn")
    root = _xml("atom", within="/tin-tuc/")
    assert root.tag == f"{ATOM}feed"
    assert page.last_published_at is not None
    moment = page.last_published_at.replace(microsecond=0).isoformat()
    assert root.findtext(f"{ATOM}updated") == moment
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}id", "").startswith("tag:portal.example.vn,")
    assert entry.findtext(f"{ATOM}summary") == "Lời dẫn"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "https://portal.example.vn/tin-tuc/",
        "self": "https://cms.example.vn/api/v1/feeds/atom?within=%2Ftin-tuc%2F",
    }


def test_json_feed(portal: Portal) -> None:
    portal.article("Tin", lead="Lời dẫn", image=make_image())
    feed = _json(within="/tin-tuc")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["home_page_url"] == "https://portal.example.vn/tin-tuc/"
    (item,) = feed["items"]
    assert set(item) == {
        "id", "url", "title", "content_text", "image", "date_published", "date_modified",
    }  # fmt: skip
    assert item["content_text"] == "Lời dẫn"


@pytest.mark.parametrize("form", FORMS)
def test_the_newest_first_by_section_type_and_locale(portal: Portal, form: str) -> None:
    first = portal.article("Một")
    portal.article("Hai")
    portal.document("61/KH-LMHTX")
    translate(first, "One")
    assert _titles(form) == ["Kế hoạch 61/KH-LMHTX", "Hai", "Một"]
    assert _titles(form, within="/van-ban/") == ["Kế hoạch 61/KH-LMHTX"]
    assert _titles(form, type="article", limit=1) == ["Hai"]
    assert _titles(form, type="article,official_document", within="/") == _titles(form)
    assert _titles(form, locale="en") == ["One"]
    assert _titles(form, within="/tin-tuc/", locale="en") == ["One"]
    assert "Tin tức" in _titles(form, type="section")


@pytest.mark.parametrize("form", FORMS)
def test_every_type_can_be_told_of(portal: Portal, form: str) -> None:
    pages = make_every_type(portal)
    told = set(_titles(form, limit=100))
    assert told == {page.title for name, page in pages.items() if name not in ("home", "section")}


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_section_keeps_its_bytes(portal: Portal, form: str) -> None:
    first = _get(form, within="/van-ban/")
    assert _get(form, within="/van-ban/").content == first.content
    known = {"If-None-Match": first.headers["ETag"]}
    again = Client().get(f"/api/v1/feeds/{form}", {"within": "/van-ban/"}, headers=known)
    assert again.status_code == 304


def test_tags_name_what_it_was_made_from(portal: Portal, settings: Any) -> None:
    settings.CMS_PUBLIC_CACHE_SECONDS = 600
    image = make_image()
    page = portal.article("Tin", image=image)
    response = _get("atom", within="/tin-tuc/", type="article")
    tags = response.headers["Cache-Tag"].split(",")
    assert {"type:article", f"page:{page.pk}", f"page:{portal.news.pk}", f"image:{image.pk}"} <= {
        *tags
    }
    assert "type:official_document" not in tags
    assert "s-maxage=600" in response.headers["Cache-Control"]


@pytest.mark.parametrize("form", FORMS)
def test_text_that_xml_can_not_write(portal: Portal, form: str) -> None:
    portal.article("Tin\x0b\x01 ]]> & <b>", lead="\ufffe\u2028")
    (title,) = _titles(form)
    assert "]]> & <b>" in title


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("xml", 404), ("RSS", 404), ("rss/", 404), ("rss?within=/khong-co/", 404),
        ("rss?within=tin-tuc", 400), ("rss?type=nothing", 400), ("rss?limit=0", 400),
        ("rss?limit=101", 400), ("rss?locale=xx", 400), ("rss?sort=title", 400),
        ("rss?fields=body", 400), ("rss?cursor=x", 400), ("rss?within=/tin-tuc/&locale=en", 404),
    ],
)  # fmt: skip
def test_wrong_requests(portal: Portal, path: str, status: int) -> None:
    assert Client().get(f"/api/v1/feeds/{path}").status_code == status


@pytest.mark.parametrize("form", FORMS)
def test_n10_nothing_hidden_is_told(portal: Portal, form: str) -> None:
    hidden = hide_for_every_reason(portal)
    assert CANARY in _get(form, limit=100).content.decode()  # before everything is hidden
    with seen_by_the_public():
        for query in ("", "&locale=en", "&within=/tin-tuc/", "&type=article"):
            response = Client().get(f"/api/v1/feeds/{form}?limit=100{query}")
            assert response.status_code == 200
            assert CANARY not in response.content.decode()
        for path in (hidden.paths["private section"], hidden.paths["draft"]):
            assert Client().get(f"/api/v1/feeds/{form}", {"within": path}).status_code == 404


def test_n16_a_section_that_becomes_private(portal: Portal) -> None:
    portal.article("Tin")
    assert _titles("rss", within="/tin-tuc/") == ["Tin"]
    make_private(portal.news)
    assert Client().get("/api/v1/feeds/rss", {"within": "/tin-tuc/"}).status_code == 404
    assert _titles("rss") == []
    PageViewRestriction.objects.get().delete()
    assert _titles("rss", within="/tin-tuc/") == ["Tin"]


def test_the_host_of_the_request_stands_nowhere(portal: Portal) -> None:
    portal.article("Tin")
    response = Client().get("/api/v1/feeds/rss", headers={"X-Forwarded-Host": "evil.example"})
    assert b"testserver" not in response.content
    assert b"evil" not in response.content
