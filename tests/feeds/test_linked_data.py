"""JSON-LD: each type in the words of schema.org, safe in a script element."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import orjson
import pytest
from django.test import Client

from cms.plugins.official_document.models import DocumentEvent, DocumentReference
from tests.delivery.hidden import CANARY, hide_for_every_reason, seen_by_the_public
from tests.factories import make_every_type, make_organisation, make_private, translate
from tests.fixtures.portal import Portal, publish
from tests.graphql.conftest import GraphQL

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> None:
    settings.CMS_FRONTEND_URL = "https://portal.example.vn"
    settings.WAGTAILADMIN_BASE_URL = "https://cms.example.vn"


def _page(page_id: int, **query: str) -> dict[str, Any]:
    response = Client().get(f"/api/v1/pages/{page_id}", {"include": "json_ld", **query})
    assert response.status_code == 200, response.content
    page: dict[str, Any] = orjson.loads(response.content)
    return page


def _graph(page_id: int) -> list[dict[str, Any]]:
    data = orjson.loads(_page(page_id)["json_ld"])
    assert data["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = data["@graph"]
    return graph


TYPES = {
    "home": "WebPage", "section": "CollectionPage", "article": "NewsArticle",
    "announcement": "SpecialAnnouncement", "official_document": "Legislation", "support": "QAPage",
    "resource": "DigitalDocument", "photo_album": "ImageGallery", "video": "VideoObject",
}  # fmt: skip


def test_every_type_is_described(portal: Portal) -> None:
    pages = make_every_type(portal)
    assert set(TYPES) == set(pages)
    for name, page in pages.items():
        described, trail = _graph(page.pk)
        assert described["@type"] == TYPES[name]
        assert described["url"].startswith("https://portal.example.vn/")
        assert (described["name"], described["inLanguage"]) == (page.title, "vi")
        assert trail["@type"] == "BreadcrumbList"
        assert trail["itemListElement"][-1]["item"] == described["url"]
        text = orjson.dumps(described).decode()
        assert "null" not in text
        assert '""' not in text
        for address in re.findall(r'"(/[^"]*)"', text):
            pytest.fail(f"{address} of {name} is not whole")


def test_legislation(portal: Portal) -> None:
    body = make_organisation(name="Liên minh HTX")
    portal.document("18/CT-TTg", document_type="CT")
    page = portal.document(
        "61/KH-LMHTX", issuer=body, issued_on=date(2020, 4, 21), effective_on=date(2020, 5, 1),
        references=[
            DocumentReference(relation="amends", number="18/CT-TTg"),
            DocumentReference(relation="cites", number="1/QĐ-TTg"),
        ],
    )  # fmt: skip
    described, trail = _graph(page.pk)
    assert described["legislationIdentifier"] == "61/KH-LMHTX"
    assert described["legislationDate"] == "2020-04-21"
    assert described["legislationDateOfApplicability"] == "2020-05-01"
    assert described["legislationType"] == "Kế hoạch"
    assert described["legislationLegalForce"] == "https://schema.org/InForce"
    assert described["legislationPassedBy"] == {"@type": "Organization", "name": "Liên minh HTX"}
    assert [one["name"] for one in trail["itemListElement"]] == [
        "Trang chủ", "Văn bản", "Kế hoạch 61/KH-LMHTX",
    ]  # fmt: skip
    (amended,) = described["legislationAmends"]
    assert amended["legislationIdentifier"] == "18/CT-TTg"
    assert described["citation"] == [{"@type": "Legislation", "legislationIdentifier": "1/QĐ-TTg"}]
    page.events = [DocumentEvent(action="repealed", on=date(2021, 1, 1))]
    page.save_revision().publish()
    assert _graph(page.pk)[0]["legislationLegalForce"] == "https://schema.org/NotInForce"


class _Scripts(HTMLParser):
    """Counts elements and collects what stands in scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_n40_it_may_stand_in_a_script_element(portal: Portal) -> None:
    title = '</script><script>alert("1")</script><!-- <script> & \u2028'
    page = portal.article(title, lead=title)
    text = _page(page.pk)["json_ld"]
    for character in "<>&\u2028\u2029":
        assert character not in text
    reader = _Scripts()
    reader.feed(f'<script type="application/ld+json">{text}</script>')
    assert reader.elements == ["script"]
    assert orjson.loads(reader.text)["@graph"][0]["name"] == page.title


def test_only_where_it_is_asked_for(portal: Portal) -> None:
    page = portal.article("Tin")
    plain = orjson.loads(Client().get(f"/api/v1/pages/{page.pk}").content)
    assert "json_ld" not in plain
    asked = _page(page.pk)
    assert {name: asked[name] for name in plain} == plain
    assert set(_page(page.pk, fields="title")) == {"id", "type", "title", "json_ld"}
    resolved = Client().get("/api/v1/resolve", {"path": "/tin-tuc/tin/", "include": "json_ld"})
    assert orjson.loads(resolved.content)["page"]["json_ld"] == asked["json_ld"]
    for wrong in ("include=body", "include=", "include=json_ld,body"):
        assert Client().get(f"/api/v1/pages/{page.pk}?{wrong}").status_code == 400


def test_the_way_in_another_language(portal: Portal) -> None:
    english = translate(portal.article("Tin"), "News")
    trail = _graph(english.pk)[1]["itemListElement"]
    assert trail[0]["item"] == "https://portal.example.vn/en/"
    assert [one["position"] for one in trail] == [1, 2, 3]


def test_tags_name_the_pages_above(portal: Portal, settings: Any) -> None:
    settings.CMS_PUBLIC_CACHE_SECONDS = 600
    page = portal.article("Tin")
    address = f"/api/v1/pages/{page.pk}?include=json_ld"
    response = Client().get(address)
    tags = set(response.headers["Cache-Tag"].split(","))
    assert {f"page:{page.pk}", f"page:{portal.news.pk}", f"page:{portal.home.pk}"} <= tags
    assert "s-maxage=600" in response.headers["Cache-Control"]
    portal.home.unpublish()
    assert "s-maxage=0" in Client().get(address).headers["Cache-Control"]


def test_n10_hidden_pages_stand_nowhere_in_it(portal: Portal) -> None:
    hidden = hide_for_every_reason(portal)
    with seen_by_the_public():
        assert CANARY not in orjson.dumps(_page(hidden.public.pk)).decode()
        for pk in hidden.ids.values():
            assert Client().get(f"/api/v1/pages/{pk}?include=json_ld").status_code == 404


def test_a_page_above_that_is_hidden_is_left_out(portal: Portal) -> None:
    page = portal.article("Tin")
    portal.home.title = CANARY
    portal.home.save_revision().publish()
    portal.home.unpublish()
    described, trail = _graph(page.pk)
    assert [one["name"] for one in trail["itemListElement"]] == ["Tin tức", "Tin"]
    assert CANARY not in orjson.dumps([described, trail]).decode()
    make_private(portal.news)
    assert Client().get(f"/api/v1/pages/{page.pk}?include=json_ld").status_code == 404


def test_graphql_gives_the_same(portal: Portal) -> None:
    pages = make_every_type(portal)
    pages["translation"] = translate(portal.article("Tin"), "News")
    listed = GraphQL().data("{ pages(first: 100) { nodes { id data: jsonLd parent { jsonLd } } } }")
    given = {one["id"]: one for one in listed["pages"]["nodes"]}
    for page in pages.values():
        assert given[page.pk]["data"] == _page(page.pk)["json_ld"]
    assert given[pages["translation"].pk]["parent"]["jsonLd"].count("/en/")


def test_graphql_says_what_it_was_made_from(portal: Portal, settings: Any) -> None:
    settings.CMS_PUBLIC_CACHE_SECONDS = 600
    settings.CMS_GRAPHQL_PERSISTED = True
    page = portal.article("Tin")
    query = f"{{ page(id: {page.pk}) {{ jsonLd }} }}"
    assert '"cost":{"requested":11,' in GraphQL().post(query).content.decode()
    tags = set(GraphQL().get(query=query).headers["Cache-Tag"].split(","))
    assert {f"page:{page.pk}", f"page:{portal.news.pk}", f"page:{portal.home.pk}"} <= tags


def test_a_type_that_says_nothing_is_a_page(portal: Portal, settings: Any) -> None:
    from tests.sample_plugin.models import CoursePage

    settings.CMS_DISABLED_PLUGINS = []
    page = publish(portal.news, CoursePage(title="Khóa học"))
    assert _graph(page.pk)[0]["@type"] == "WebPage"
