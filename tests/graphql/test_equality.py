"""GraphQL gives what REST gives: the same documents, field by field."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.test import Client

from cms.delivery.graphql import documents, limits
from cms.delivery.graphql.types.schema import current_schema
from cms.pages.models import PublishedDocument
from cms.plugins.registry import registry
from tests.factories import block, make_every_type
from tests.fixtures.portal import Portal, publish
from tests.graphql.conftest import GraphQL
from tests.graphql.selections import Everything, as_rest
from tests.sample_plugin.models import CoursePage, CourseSession


@pytest.fixture
def without_limits(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Everything of a type at once is more than one may ask."""
    for module in (limits, documents):
        for name in vars(module):
            if name.startswith("MAX_") and isinstance(getattr(module, name), int):
                monkeypatch.setattr(module, name, 10**9)
    settings.CMS_GRAPHQL_MAX_COST = 10**12


def _provisions() -> list[dict[str, Any]]:
    """Blocks in blocks, as deep as they go."""
    inner = [block("paragraph", "<p>Một</p>"), block("bullet", {"text": "<p>Hai</p>"})]
    for name in ("point", "clause", "article", "subsection", "section", "chapter", "part"):
        inner = [block(name, {"heading": name, "text": f"<p>{name}</p>", "items": inner})]
    return inner


def _make_pages(portal: Portal) -> None:
    make_every_type(portal)
    body = [
        *_provisions(),
        block("legal_basis", {"text": "Căn cứ", "citation": {"number": "1/KH-LMHTX"}}),
        block("task", {"what": "Mở lớp", "who": "PKH", "due_on": "2027-06-30"}),
        block("table", {"data": [["a", "b"]], "table_caption": "Bảng"}),
        block("citation", {"document": portal.news.pk, "number": "2/KH-LMHTX"}),
        block("quotation", {"text": "Lời", "author": "Bà Lài"}),
        block("callout", {"style": "note", "title": "Chú ý", "text": "<p>Ba</p>"}),
        block("gallery", {"title": "Ảnh", "items": []}),
        block("embed", {"url": "https://video.example.vn/1", "title": "Phim"}),
        block("from_elsewhere", {"x": 1}),
    ]
    portal.document("62/KH-LMHTX", body=body)
    course = CoursePage(
        title="Lớp", level="basic", fee="12.50", rating=4.5, is_online=True, follows=portal.news,
        body=[block("agenda", {"starts_at": "08:30:00", "topics": ["Luật", "Thuế"]})],
        sessions=[CourseSession(place="Huế", starts_at="2030-01-01T00:00:00Z")],
    )  # fmt: skip
    publish(portal.news, course)


@pytest.mark.usefixtures("without_limits")
def test_all_fields_of_every_page_are_those_of_rest(
    graphql: GraphQL, portal: Portal, client: Client, settings: Any
) -> None:
    settings.CMS_DISABLED_PLUGINS = []
    _make_pages(portal)
    schema = current_schema()
    names = {one.name: one.graphql_name for one in registry.pages()}
    types = {row.pk: row.type for row in PublishedDocument.objects.all()}
    assert {"course", "official_document", "home"} <= set(types.values())
    for pk, type_name in types.items():
        name = names[type_name]
        query = Everything(schema).query(f"page(id: {pk})", name)
        answer = graphql.data(query)["answer"]
        rest = orjson.loads(client.get(f"/api/v1/pages/{pk}").content)
        assert as_rest(schema, answer) == rest
        streams = [key for key in answer if key.endswith("Json")]
        for key in streams:
            assert answer[key] == rest[key.rpartition("_")[2].removesuffix("Json")]


@pytest.mark.usefixtures("without_limits")
def test_site_menus_and_types_are_those_of_rest(
    graphql: GraphQL, portal: Portal, client: Client
) -> None:
    schema = current_schema()
    site = graphql.data(Everything(schema).query("site", "Site"))["answer"]
    assert as_rest(schema, site) == orjson.loads(client.get("/api/v1/site").content)
    types = graphql.data(Everything(schema).query("types", "ContentType"))["answer"]
    assert {"items": as_rest(schema, types)} == orjson.loads(client.get("/api/v1/types").content)


def test_lists_have_rests_order_and_cursors(
    graphql: GraphQL, portal: Portal, client: Client
) -> None:
    for number in range(7):
        portal.document(f"{number}/KH-LMHTX")
    query = """query ($after: String) { officialDocuments(
        first: 3, after: $after, filter: {documentType: {eq: "KH"}}, sort: [NUMBER_DESC]
    ) { totalCount nodes { number } edges { cursor node { number } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
    address = "/api/v1/pages?type=official_document&limit=3&count=exact&sort=-number"
    address += "&filter[document_type][eq]=KH"
    after = None
    for _page in range(3):
        found = graphql.data(query, after=after)["officialDocuments"]
        cursor = f"&cursor={after}" if after else ""
        rest = orjson.loads(client.get(address + cursor).content)
        numbers = [one["number"] for one in rest["items"]]
        assert [one["number"] for one in found["nodes"]] == numbers
        assert [one["node"]["number"] for one in found["edges"]] == numbers
        assert found["totalCount"] == rest["total"] == 7
        assert found["pageInfo"]["hasNextPage"] is (rest["next"] is not None)
        assert found["pageInfo"]["hasPreviousPage"] is (after is not None)
        assert found["pageInfo"]["endCursor"] == found["edges"][-1]["cursor"]
        if rest["next"]:
            assert found["pageInfo"]["endCursor"] == rest["next"]
        after = found["pageInfo"]["endCursor"]
    middle = graphql.data(query)["officialDocuments"]["edges"][0]["cursor"]
    second = graphql.data(query, after=middle)["officialDocuments"]["nodes"]
    assert [one["number"] for one in second] == ["5/KH-LMHTX", "4/KH-LMHTX", "3/KH-LMHTX"]
