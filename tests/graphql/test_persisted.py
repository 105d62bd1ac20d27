"""Automatic persisted queries, and trusted documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from cms.delivery.graphql import persisted
from cms.delivery.models import PersistedQuery
from tests.fixtures.portal import Portal
from tests.graphql.conftest import GraphQL

QUERY = "query ($path: String) { page(path: $path) { title parent { title } } }"


def _named(query: str) -> dict[str, Any]:
    sha256 = hashlib.sha256(query.encode()).hexdigest()
    return {"persistedQuery": {"version": 1, "sha256Hash": sha256}}


def _codes(response: HttpResponse) -> set[str]:
    return {one["extensions"]["code"] for one in orjson.loads(response.content).get("errors", ())}


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    """What this process remembers of other tests' tables is forgotten."""
    persisted._find.cache_clear()
    persisted.load_manifest.cache_clear()
    yield
    persisted._find.cache_clear()


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_protocol(graphql: GraphQL, portal: Portal, method: str) -> None:
    ask = getattr(graphql, method)
    members: dict[str, Any] = {"extensions": _named(QUERY), "variables": {"path": "/tin-tuc/"}}
    unknown = ask(**members)
    assert orjson.loads(unknown.content)["errors"] == [
        {"message": "PersistedQueryNotFound",
         "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND"}}
    ]  # fmt: skip
    assert unknown.status_code == 200
    assert unknown.headers["Cache-Control"] == "no-store"
    first = ask(query=QUERY, **members)
    second = ask(**members)
    assert first.content == second.content
    page = orjson.loads(second.content)["data"]["page"]
    assert page == {"title": "Tin tức", "parent": {"title": "Trang chủ"}}


def test_a_persisted_get_may_be_stored_with_its_tags(graphql: GraphQL, portal: Portal) -> None:
    graphql.post(QUERY, extensions=_named(QUERY))
    with override_settings(CMS_PUBLIC_CACHE_SECONDS=60):
        response = graphql.get(
            {"accept": "application/graphql-response+json"},
            extensions=_named(QUERY), variables={"path": "/tin-tuc/"},
        )  # fmt: skip
        posted = graphql.post(extensions=_named(QUERY), variables={"path": "/tin-tuc/"})
    assert "s-maxage=60" in response.headers["Cache-Control"]
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["Content-Type"] == "application/json"
    tags = response.headers["Cache-Tag"].split(",")
    assert {f"page:{portal.news.pk}", f"page:{portal.home.pk}"} <= set(tags)
    assert posted.headers["Cache-Control"] == "no-store"


def test_tags_of_what_is_not_there(graphql: GraphQL, portal: Portal) -> None:
    """A page that isn't there yet evicts the answer when it comes."""
    for query, tag in (
        ("{ page(id: 999) { title } }", "page:999"),
        ('{ page(path: "/khong-co/") { title } }', "type:article"),
        ('{ menu(handle: "main") { title } }', "menu:main"),
        ("{ videos { nodes { title } } }", "type:video"),
        ("{ videos { totalCount } }", "type:video"),
        ("{ site { name } }", "site"),
    ):
        graphql.post(query, extensions=_named(query))
        response = graphql.get(extensions=_named(query))
        assert tag in response.headers["Cache-Tag"].split(","), query


def test_a_hot_document_is_neither_looked_up_nor_parsed(
    graphql: GraphQL, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    members: dict[str, Any] = {"extensions": _named(QUERY), "variables": {"path": "/tin-tuc/"}}
    graphql.post(QUERY, **members)
    graphql.get(**members)
    monkeypatch.setattr("cms.delivery.graphql.documents.parse", None)
    with CaptureQueriesContext(connection) as queries:
        assert b"Tin t" in graphql.get(**members).content
    assert len(queries) == 1


def test_what_is_refused_is_not_registered(graphql: GraphQL, db: None) -> None:
    for query in ("{", "{ nothing }", "mutation { x }", "{ page(id: 1) { ...A } }"):
        assert _codes(graphql.post(query, extensions=_named(query)))
    wrong = graphql.post(QUERY, extensions=_named("{ __typename }"))
    assert (
        orjson.loads(wrong.content)["errors"][0]["message"] == "provided sha does not match query"
    )
    assert not PersistedQuery.objects.exists()


@pytest.mark.parametrize(
    "extensions",
    [
        {"persistedQuery": 1},
        {"persistedQuery": {}},
        {"persistedQuery": {"version": 2, "sha256Hash": "0" * 64}},
        {"persistedQuery": {"version": 1, "sha256Hash": "x"}},
        {"persistedQuery": {"version": 1, "sha256Hash": "A" * 64}},
        {"persistedQuery": {"version": 1, "sha256Hash": 1}},
        {"persistedQuery": {"version": 1, "sha256Hash": "0" * 63 + "\n"}},
    ],
)
def test_names_that_are_none(
    graphql: GraphQL, db: None, extensions: dict[str, Any], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert _codes(graphql.post(extensions=extensions)) == {"BAD_REQUEST"}


def test_those_not_used_for_longest_make_room(graphql: GraphQL, db: None) -> None:
    queries = [f"{{ a{n}: __typename }}" for n in range(6)]
    with override_settings(CMS_GRAPHQL_PERSISTED=3):
        for number, query in enumerate(queries[:3]):
            with time_machine.travel(timezone.now() + timedelta(minutes=number), tick=False):
                graphql.post(query, extensions=_named(query))
        with time_machine.travel(timezone.now() + timedelta(hours=3), tick=False):
            graphql.get(extensions=_named(queries[0]))  # in use again
            graphql.post(queries[3], extensions=_named(queries[3]))
    kept = set(PersistedQuery.objects.values_list("text", flat=True))
    assert kept == {queries[0], queries[2], queries[3]}


def test_registering_is_off(graphql: GraphQL, db: None) -> None:
    with override_settings(CMS_GRAPHQL_PERSISTED=0):
        assert graphql.post(QUERY, extensions=_named(QUERY)).status_code == 200
        assert _codes(graphql.get(extensions=_named(QUERY))) == {"PERSISTED_QUERY_NOT_SUPPORTED"}
    assert not PersistedQuery.objects.exists()


# --- Trusted documents ----------------------------------------------------------------------------


@pytest.fixture
def manifest(tmp_path: Path) -> Iterator[Path]:
    """A manifest with one document under its hash and one under a name."""
    path = tmp_path / "documents.json"
    sha256 = _named(QUERY)["persistedQuery"]["sha256Hash"]
    path.write_bytes(orjson.dumps({sha256: QUERY}))
    with override_settings(CMS_GRAPHQL_DOCUMENTS=path):
        yield path


def test_only_trusted_documents_are_executed(
    graphql: GraphQL, portal: Portal, manifest: Path, django_assert_num_queries: Any
) -> None:
    variables = {"path": "/tin-tuc/"}
    by_name = graphql.get(extensions=_named(QUERY), variables=variables)
    by_text = graphql.post(QUERY, variables=variables)
    assert orjson.loads(by_name.content)["data"] == orjson.loads(by_text.content)["data"]
    assert "Cache-Tag" in by_name.headers
    with django_assert_num_queries(0):
        for query in ("{ __typename }", "{ __schema { types { name } } }", f"{QUERY} ", "{"):
            assert _codes(graphql.post(query)) == {"DOCUMENT_NOT_TRUSTED"}
            assert _codes(graphql.get(query=query)) == {"DOCUMENT_NOT_TRUSTED"}
            registered = graphql.post(query, extensions=_named(query))
            assert _codes(registered) == {"DOCUMENT_NOT_TRUSTED"}
            assert _codes(graphql.get(extensions=_named(query))) == {"DOCUMENT_NOT_TRUSTED"}
        smuggled = graphql.post("{ __typename }", extensions=_named(QUERY))
        assert _codes(smuggled) == {"BAD_REQUEST"}
    assert not PersistedQuery.objects.exists()


@pytest.mark.parametrize("content", ["", "[]", "{", '{"a": 1}', None])
def test_a_manifest_that_can_not_be_read(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "documents.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ImproperlyConfigured, match="CMS_GRAPHQL_DOCUMENTS"):
        persisted.load_manifest(path)
