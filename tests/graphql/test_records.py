"""Shared records over GraphQL: those that public documents show, and no others."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.delivery.graphql.types.schema import current_schema
from cms.pages.models import Organisation, OrganisationName, Person, Topic
from tests.access.conftest import make_token
from tests.factories import block, make_organisation, make_private
from tests.fixtures.portal import Portal
from tests.graphql.conftest import GraphQL

pytestmark = pytest.mark.django_db

CANARY = "Kimtuyen4711"
TOPICS = "{ topics(first: 100) { totalCount nodes { id slug name path } } }"


def slugs(graphql: GraphQL) -> list[str]:
    """The keys of all topics."""
    found = graphql.data(TOPICS)["topics"]
    assert found["totalCount"] == len(found["nodes"])
    return [one["slug"] for one in found["nodes"]]


def make_topics(*names: str, parent: Topic | None = None) -> list[Topic]:
    """Topics whose slug is their name."""
    return [Topic.objects.create(name=name, slug=name, parent=parent) for name in names]


def test_a_record_comes_and_goes_with_the_documents_that_show_it(
    graphql: GraphQL, portal: Portal
) -> None:
    wide, hidden, unused = make_topics("rong", CANARY, "khong-dung")
    (narrow,) = make_topics("hep", parent=wide)
    assert slugs(graphql) == []
    first = portal.article("Một", topics=[narrow])
    portal.article("Hai", topics=[narrow], parent=portal.texts)
    private = portal.article("Kín", topics=[hidden])
    assert slugs(graphql) == [CANARY, "hep", "rong"]  # "rong": named in the path of "hep"
    make_private(private)
    assert slugs(graphql) == ["hep", "rong"]
    assert CANARY not in graphql.post(TOPICS).content.decode()
    first.unpublish()
    make_private(portal.texts)
    assert slugs(graphql) == []
    assert unused.slug not in graphql.post(TOPICS).content.decode()


def test_they_read_as_documents_show_them(graphql: GraphQL, portal: Portal) -> None:
    old = make_organisation("cu", "Cũ")
    body = make_organisation(name="Liên minh")
    body.predecessors.add(old)
    OrganisationName.objects.create(
        organisation=body, name="Tên cũ", valid_to=date(2000, 1, 1), sort_order=0
    )
    portal.document("1/KH", issuer=body)
    fields = "{ id type code name foundedOn predecessors successors names { name validTo } }"
    shown = graphql.data(f"{{ officialDocuments {{ nodes {{ issuer {fields} }} }} }}")
    listed = graphql.data(f"{{ organisations {{ nodes {fields} edges {{ node {fields} }} }} }}")
    issuer = shown["officialDocuments"]["nodes"][0]["issuer"]
    assert issuer["names"] == [{"name": "Tên cũ", "validTo": "2000-01-01"}]
    assert issuer in listed["organisations"]["nodes"]
    nodes = [edge["node"] for edge in listed["organisations"]["edges"]]
    assert nodes == listed["organisations"]["nodes"]


def test_pages_of_a_list_follow_each_other(graphql: GraphQL, portal: Portal) -> None:
    portal.article("Bài", topics=make_topics(*"dbace"))
    query = """query ($after: String) { topics(first: 2, after: $after) {
        edges { cursor node { slug } } pageInfo { hasNextPage hasPreviousPage endCursor } } }"""
    seen, after = [], None
    while True:
        found = graphql.data(query, after=after)["topics"]
        seen += [edge["node"]["slug"] for edge in found["edges"]]
        assert found["pageInfo"]["endCursor"] == found["edges"][-1]["cursor"]
        assert found["pageInfo"]["hasPreviousPage"] is (after is not None)
        after = found["pageInfo"]["endCursor"]
        if not found["pageInfo"]["hasNextPage"]:
            break
    assert seen == list("abcde")
    assert graphql.error('{ topics(after: "x") { nodes { slug } } }')["code"] == "INVALID_CURSOR"
    elsewhere = graphql.error("query ($a: String) { persons(after: $a) { nodes { id } } }", a=after)
    assert elsewhere["code"] == "INVALID_CURSOR"
    assert graphql.error("{ topics(first: 101) { nodes { slug } } }")["parameter"] == "first"


def test_a_token_sees_the_records_of_its_part(portal: Portal) -> None:
    here, there, between = make_topics("trong", CANARY, "giua")
    outside = portal.article("Ngoài", parent=portal.texts, topics=[there])
    portal.article("Trong", topics=[here])
    cards = [block("page_cards", {"title": "", "pages": [outside.pk]})]
    portal.article("Dẫn ra ngoài", topics=[between], body=cards)
    _, holder = make_token(portal.news)
    answer = holder.get("/graphql/", {"query": TOPICS})
    found = orjson.loads(answer.content)["data"]["topics"]["nodes"]
    assert [one["slug"] for one in found] == ["trong"]
    assert CANARY not in answer.content.decode()


QUERIES: dict[str, tuple[int, str]] = {
    "names": (4, "{ topics(first: 100) { nodes { slug } } }"),
    "names and how many": (4, "{ topics(first: 100) { totalCount nodes { slug } } }"),
    "paths": (4, "{ topics(first: 100) { nodes { path } } }"),
    "persons": (4, "{ persons(first: 100) { nodes { fullName position } } }"),
    "bodies": (4, "{ organisations(first: 100) { nodes { predecessors successors } } }"),
    "bodies by edges": (
        6, "{ organisations(first: 100) { edges { node { names { name } predecessors } } } }",
    ),
}  # fmt: skip
"""Name → (most queries: the depth and one more, the query)."""


def _fill(portal: Portal, number: int) -> None:
    (wide,) = make_topics(f"rong-{number}")
    topics = make_topics(f"hep-{number}", parent=wide)
    body = make_organisation(f"cq{number}", f"Cơ quan {number}")
    body.predecessors.add(make_organisation(f"cu{number}", f"Cũ {number}"))
    OrganisationName.objects.create(organisation=body, name="Tên cũ", sort_order=0)
    signer = Person.objects.create(slug=f"p{number}", full_name="Bà Lài", organisation=body)
    portal.document(f"{number}/KH", issuer=body, signer=signer, topics=topics)


def test_query_counts_follow_the_depth_alone(graphql: GraphQL, portal: Portal) -> None:
    counted: list[dict[str, int]] = []
    for numbers in (range(2), range(2, 12)):
        for number in numbers:
            _fill(portal, number)
        counts: dict[str, int] = {}
        for name, (most, query) in QUERIES.items():
            graphql.data(query)
            with CaptureQueriesContext(connection) as queries:
                graphql.data(query)
            counts[name] = len(queries)
            assert counts[name] <= most, (name, [one["sql"] for one in queries])
        counted.append(counts)
    assert counted[0] == counted[1]
    assert Organisation.objects.count() >= 24


def test_the_answer_names_what_it_was_made_from(
    graphql: GraphQL, portal: Portal, settings: Any
) -> None:
    settings.CMS_PUBLIC_CACHE_SECONDS = 60
    (topic,) = make_topics("chu-de")
    portal.article("Bài", topics=[topic])
    answer = graphql.get(query="{ topics { nodes { name } } }")
    tags = set(answer.headers["Cache-Tag"].split(","))
    assert {f"topic:{topic.pk}", "type:topic", "type:article", "type:section"} <= tags


def test_a_disabled_plugins_records_have_no_list(settings: Any) -> None:
    settings.CMS_DISABLED_PLUGINS = []
    with_plugin = current_schema().sdl()
    settings.CMS_DISABLED_PLUGINS = ["course"]
    assert set(current_schema().sdl().split()) < set(with_plugin.split())
