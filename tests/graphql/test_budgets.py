"""Query counts: at most one more than a query is deep, and the same for any number of items."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from cms.delivery.models import Menu
from cms.pages.models import ContentPage
from cms.plugins.article.models import ArticlePage, RelatedPage
from cms.portal.models import SiteFacts
from tests.factories import block
from tests.fixtures.portal import Portal, publish
from tests.graphql.conftest import GraphQL

LISTED = """{ articles(first: 20, filter: {title: {startswith: "Bài"}}) { nodes { %s } } }"""
RELATED = "relatedPages { target { slug ... on Article { %s } } }"

QUERIES: dict[str, tuple[int, str]] = {
    "page by path": (2, '{ page(path: "/tin-tuc/") { title } }'),
    "page by id, everything at hand": (3, "{ page(id: %d) { title parent { title path } } }"),
    "page in a locale": (2, '{ page(path: "/tin-tuc/", locale: "en", fallback: "vi") { title } }'),
    "the parent's own fields": (3, '{ page(path: "/tin-tuc/") { parent { seo { title } } } }'),
    "how many": (2, "{ articles { totalCount } }"),
    "cards": (3, "{ articles(first: 100) { nodes { title lead } } }"),
    "cards of every type": (3, "{ pages(first: 100) { nodes { title ... on Article { lead } } } }"),
    "cards and how many": (4, "{ articles(first: 100) { totalCount edges { node { title } } } }"),
    "bodies": (4, "{ articles(first: 100) { nodes { body { __typename } } } }"),
    "bodies and parents": (4, "{ articles(first: 100) { nodes { parent { title } bodyJson } } }"),
    "parents beyond their cards": (4, "{ articles(first: 100) { nodes { parent { slug } } } }"),
    "related pages": (5, LISTED % (RELATED % "id")),
    "related pages of related pages": (8, LISTED % (RELATED % (RELATED % "id"))),
    "pages in blocks": (
        6,
        "{ articles(first: 100) { nodes { body { ... on PageCardsBlock { pages { slug } } } } } }",
    ),
    "filtered and sorted": (
        3, '{ articles(first: 100, within: "/tin-tuc/", filter: {title: {contains: "Bài"}},'
        " sort: [TITLE_ASC]) { nodes { title } } }",
    ),
    "JSON-LD of a page": (3, '{ page(path: "/tin-tuc/") { jsonLd } }'),
    "JSON-LD of a list": (4, "{ articles(first: 100) { nodes { jsonLd } } }"),
    "JSON-LD on three levels": (
        6, "{ articles(first: 100) { nodes { jsonLd parent { jsonLd parent { jsonLd } } } } }",
    ),
    "a menu": (4, '{ menu(handle: "main", path: "/tin-tuc/") { items { items { title } } } }'),
    "types": (3, "{ types { type fields { name } } }"),
    "introspection": (3, "{ __schema { types { name } } }"),
}  # fmt: skip
"""Name → (most queries: the depth and one more, the query)."""


def _measure(graphql: GraphQL, page: ContentPage) -> dict[str, int]:
    counts = {}
    for name, (_most, query) in QUERIES.items():
        document = query % page.pk if "%d" in query else query
        graphql.data(document)  # what is stale is rebuilt, what is compiled once is compiled
        with CaptureQueriesContext(connection) as queries:
            graphql.data(document)
        counts[name] = len(queries)
    return counts


def _article(portal: Portal, title: str, related: list[ContentPage]) -> ContentPage:
    body = [block("page_cards", {"title": "", "pages": [portal.texts.pk]})]
    targets = [RelatedPage(target=other) for other in related[-2:]]
    return publish(portal.news, ArticlePage(title=title, body=body, related_pages=targets))


@pytest.mark.django_db
def test_query_counts_follow_the_depth_alone(graphql: GraphQL, portal: Portal) -> None:
    items = [block("page", {"page": portal.news.pk, "children": True})]
    Menu.objects.create(title="Chính", handle="main", locale=Locale.get_default(), items=items)
    older: list[ContentPage] = []
    for number in range(4):  # what the others point to, and what those point to
        older.append(_article(portal, f"Nguồn {number}", older))
    pages = [_article(portal, "Bài 0", older)]
    few = _measure(graphql, pages[0])
    for count in (20, 100):
        pages += [_article(portal, f"Bài {n}", older) for n in range(len(pages), count)]
        assert _measure(graphql, pages[0]) == few, "the number of queries grows with the items"
    for name, (most, _query) in QUERIES.items():
        assert few[name] <= most, (name, few[name])
    assert few["page by path"] == 1
    assert few["cards"] == few["bodies"] == few["cards of every type"] == 2
    assert few["how many"] == 1
    assert few["JSON-LD of a page"] == 2
    assert few["JSON-LD of a list"] == 3
    assert few["types"] == few["introspection"] == 0


@pytest.mark.django_db
def test_lists_side_by_side_are_two_queries_each(graphql: GraphQL, portal: Portal) -> None:
    query = "{ articles { nodes { title } } sections { nodes { title } } homes { totalCount } }"
    graphql.data(query)
    with CaptureQueriesContext(connection) as queries:
        graphql.data(query)
    assert len(queries) == 4  # no article: nothing to load


@pytest.mark.django_db
def test_the_site_is_read_as_rest_reads_it(graphql: GraphQL, portal: Portal) -> None:
    SiteFacts.objects.create(name="Liên minh Hợp tác xã")
    counts = []
    for read in (
        lambda: graphql.client.get("/api/v1/site"),
        lambda: graphql.data("{ site { name locales { code } } }"),
    ):
        read()
        with CaptureQueriesContext(connection) as queries:
            read()
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_a_page_is_loaded_once_however_often_it_is_reached(
    graphql: GraphQL, portal: Portal
) -> None:
    for number in range(5):
        portal.article(f"Bài {number}")
    query = "{ articles { nodes { parent { slug parent { slug } } } } }"
    graphql.data(query)
    with CaptureQueriesContext(connection) as queries:
        found = graphql.data(query)["articles"]["nodes"]
    assert found == [{"parent": {"slug": "tin-tuc", "parent": {"slug": "trang-chu"}}}] * 5
    assert len(queries) == 4
