"""What the public may not see isn't there over GraphQL either, whichever way leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from wagtail.models import PageViewRestriction

from cms.delivery.graphql import persisted
from cms.delivery.graphql.types.schema import current_schema
from cms.delivery.stored import find_documents
from cms.plugins.article.models import ArticleAttachment
from cms.plugins.registry import registry
from tests.delivery.hidden import CANARY, Hidden, hide_for_every_reason, seen_by_the_public
from tests.factories import make_collection, make_file, make_image, make_private, translate
from tests.fixtures.portal import Portal
from tests.graphql.conftest import GraphQL
from tests.graphql.selections import Everything


@pytest.fixture
def hidden(portal: Portal, settings: Any) -> Iterator[Hidden]:
    """Hidden pages of every sort, seen by the public."""
    settings.CMS_GRAPHQL_MAX_COST = 10**12
    found = hide_for_every_reason(portal)
    with seen_by_the_public():
        yield found


def _nothing_of_it(graphql: GraphQL, query: str, **variables: Any) -> Any:
    """The data of a query in which the canary must not be, whatever comes of it."""
    response = graphql.post(query, variables=variables)
    assert response.status_code == 200, response.content
    assert CANARY.encode() not in response.content
    return orjson.loads(response.content).get("data")


def test_n05_hidden_pages_are_as_if_they_never_were(graphql: GraphQL, hidden: Hidden) -> None:
    by_id = "query ($id: Int!) { page(id: $id) { title parent { title } } }"
    by_path = "query ($path: String!) { page(path: $path) { title } }"
    never = graphql.post(by_id, variables={"id": 2**31 - 1}).content
    assert orjson.loads(never)["data"] == {"page": None}
    for pk in hidden.ids.values():
        assert graphql.post(by_id, variables={"id": pk}).content == never
    nowhere = graphql.post(by_path, variables={"path": "/khong-he-co/"}).content
    for path in hidden.paths.values():
        assert graphql.post(by_path, variables={"path": path}).content == nowhere


def test_n10_no_way_leads_to_them(
    graphql: GraphQL, hidden: Hidden, monkeypatch: pytest.MonkeyPatch
) -> None:
    """L1, L3, L5, L6, L7: everything of every public page, and of its parents and targets."""
    for name in ("LENGTH", "TOKENS", "COMMENTS"):
        monkeypatch.setattr(f"cms.delivery.graphql.documents.MAX_{name}", 10**9)
    for name in ("DEPTH", "FIELDS", "ALIASES", "COMPARISONS", "FRAGMENTS"):
        monkeypatch.setattr(f"cms.delivery.graphql.limits.MAX_{name}", 10**9)
    schema = current_schema()
    names = {one.name: one.graphql_name for one in registry.pages()}
    listed = _nothing_of_it(graphql, "{ pages(first: 100) { totalCount nodes { id type } } }")
    assert not {one["id"] for one in listed["pages"]["nodes"]} & set(hidden.ids.values())
    assert listed["pages"]["totalCount"] == len(listed["pages"]["nodes"])
    for one in listed["pages"]["nodes"]:
        query = Everything(schema).query(f"page(id: {one['id']})", names[one["type"]])
        _nothing_of_it(graphql, query)
    entries = "title path items { title path items { title path } }"
    assert _nothing_of_it(graphql, f'{{ menu(handle: "main") {{ items {{ {entries} }} }} }}')[
        "menu"
    ]
    _nothing_of_it(graphql, "{ site { name linkGroups { links { title url } } } }")
    reached = "id slug title parent { slug } translations { title path }"
    around = _nothing_of_it(
        graphql,
        "query ($id: Int!) { page(id: $id) { ... on Article {"
        f" relatedPages {{ target {{ {reached} }} }}"
        f" body {{ ... on PageCardsBlock {{ pages {{ {reached} }} }}"
        f" ... on CitationBlock {{ document {{ {reached} }} }} }} }} }} }}",
        id=hidden.public.pk,
    )["page"]
    assert around["relatedPages"] == []
    assert all(not one.get("pages") and not one.get("document") for one in around["body"])


def test_n02_n03_no_filter_order_or_count_tells_of_them(graphql: GraphQL, hidden: Hidden) -> None:
    for name in ("articles", "sections", "pages"):
        field = f'{name}(first: 100, filter: {{title: {{contains: "{CANARY}"}}}})'
        found = _nothing_of_it(
            graphql, f"{{ {field} {{ totalCount nodes {{ id }} pageInfo {{ hasNextPage }} }} }}"
        )
        assert found[name] == {"totalCount": 0, "nodes": [], "pageInfo": {"hasNextPage": False}}
    for path in hidden.paths.values():
        query = "query ($p: String) { pages(within: $p) { totalCount } }"
        assert _nothing_of_it(graphql, query, p=path)["pages"]["totalCount"] == 0
    for pk in hidden.ids.values():
        query = "query ($p: Int) { pages(filter: {parent: {eq: $p}}) { totalCount } }"
        assert _nothing_of_it(graphql, query, p=pk)["pages"]["totalCount"] == 0


def test_a_type_out_of_use_is_in_no_answer(graphql: GraphQL, hidden: Hidden) -> None:
    for query in ("{ videos { totalCount } }", "{ pages(type: [VIDEO]) { totalCount } }",
                  "{ page(id: 1) { ... on Video { title } } }"):  # fmt: skip
        assert graphql.error(query)["code"] == "INVALID_DOCUMENT"
    types = _nothing_of_it(graphql, "{ types { type } __schema { types { name } } }")
    assert "video" not in {one["type"] for one in types["types"]}
    assert not [one for one in types["__schema"]["types"] if "Video" in one["name"]]


def test_n11_private_collections(graphql: GraphQL, portal: Portal) -> None:
    inner = make_collection("Trong", parent=make_collection("Kín", private=True))
    files = [ArticleAttachment(file=make_file(CANARY, collection=inner))]
    page = portal.article(image=make_image(CANARY, collection=inner), attachments=files)
    selected = "image { title presets { src } } attachments { file { title url } }"
    query = f"query ($id: Int!) {{ page(id: $id) {{ ... on Article {{ {selected} }} }} }}"
    found = _nothing_of_it(graphql, query, id=page.pk)["page"]
    assert found["image"] is None
    assert not [one for one in found["attachments"] if one["file"]]


def test_n12_translations(graphql: GraphQL, portal: Portal) -> None:
    page = portal.article("Gốc")
    copy = translate(page, f"{CANARY} translated")
    query = "query ($id: Int!, $l: String) { page(id: $id, locale: $l) { translations { title } } }"
    assert graphql.data(query, id=page.pk)["page"]["translations"]
    make_private(copy)
    assert _nothing_of_it(graphql, query, id=page.pk)["page"] == {"translations": []}
    assert _nothing_of_it(graphql, query, id=page.pk, l="en")["page"] is None


def test_n14_no_argument_selects_a_version(graphql: GraphQL, portal: Portal) -> None:
    page = portal.article("Công khai")
    page.title = CANARY
    page.save_revision()
    for argument in (
        "draft: true",
        "version: 2",
        "preview: true",
        'status: "draft"',
        "live: false",
    ):
        query = f"{{ page(id: {page.pk}, {argument}) {{ title }} }}"
        assert graphql.error(query)["code"] == "INVALID_DOCUMENT"
    _nothing_of_it(graphql, f"{{ page(id: {page.pk}) {{ title }} }}")


def test_n16_a_withdrawn_page_leaves_persisted_answers(graphql: GraphQL, portal: Portal) -> None:
    page = portal.article(CANARY)
    query = "{ articles { nodes { title parent { slug } } } }"
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": persisted.digest(query)}}
    persisted._find.cache_clear()
    graphql.post(query, extensions=extensions)
    first = graphql.get(extensions=extensions)
    assert CANARY.encode() in first.content
    tags = set(first.headers["Cache-Tag"].split(","))
    assert {f"page:{page.pk}", "type:article"} <= tags
    PageViewRestriction.objects.create(page=portal.news, restriction_type="login")
    again = graphql.get({"if-none-match": first.headers["ETag"]}, extensions=extensions)
    assert again.status_code == 200
    assert CANARY.encode() not in again.content
    persisted._find.cache_clear()


def test_a_page_that_goes_while_the_answer_is_read(
    graphql: GraphQL, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the ids of a list and its documents: the page is left out, nothing fails."""
    pages = [portal.article(f"Bài {number}") for number in range(3)]

    def without_second(ids: Any, form: Any) -> Any:
        return [row for row in find_documents(ids, form) if row.pk != pages[1].pk]

    monkeypatch.setattr("cms.delivery.graphql.reading.find_documents", without_second)
    found = graphql.data(
        "{ articles(sort: [ID_ASC]) { nodes { id } edges { node { id } } pageInfo { endCursor } } }"
    )["articles"]
    ids = [pages[0].pk, pages[2].pk]
    assert [one["id"] for one in found["nodes"]] == ids
    assert [one["node"] and one["node"]["id"] for one in found["edges"]] == [ids[0], None, ids[1]]
