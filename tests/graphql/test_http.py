"""GraphQL over HTTP: methods, media types, statuses, headers."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.test import Client
from django.test.utils import override_settings

from cms.delivery.graphql.requests import MAX_BODY
from tests.fixtures.portal import Portal
from tests.graphql.conftest import GraphQL

GRAPHQL_TYPE = "application/graphql-response+json"
QUERY = '{ page(path: "/") { title } }'


def _codes(response: Any) -> set[str]:
    return {error["extensions"]["code"] for error in orjson.loads(response.content)["errors"]}


def test_get_and_post_give_the_same(graphql: GraphQL, portal: Portal) -> None:
    query = "query Home($path: String) { page(path: $path) { title } }"
    members: dict[str, Any] = {"operationName": "Home", "variables": {"path": "/"}}
    posted = graphql.post(query, **members)
    asked = graphql.get(query=query, **members)
    assert posted.content == asked.content
    assert orjson.loads(posted.content) == {
        "data": {"page": {"title": "Trang chủ"}},
        "extensions": {"cost": {"requested": 2, "limit": 10_000}},
    }
    assert posted.headers["Content-Type"] == "application/json"
    assert posted.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in posted.headers
    assert graphql.get(query=query, extensions={}, variables={"path": "/"}).status_code == 200


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        (GRAPHQL_TYPE, GRAPHQL_TYPE),
        (f"{GRAPHQL_TYPE}, application/json;q=0.9", GRAPHQL_TYPE),
        (f"application/json, {GRAPHQL_TYPE}", "application/json"),
    ],
)
def test_media_types(graphql: GraphQL, portal: Portal, accept: str, expected: str) -> None:
    headers = {"accept": accept} if accept else {}
    for response in (graphql.post(QUERY, headers), graphql.get(headers, query=QUERY)):
        assert response.headers["Content-Type"].partition(";")[0] == expected
        assert "Accept" in response.headers["Vary"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_statuses_of_what_is_refused(graphql: GraphQL, db: None) -> None:
    """A well-formed request is answered with 200 where the client takes JSON alone."""
    for query in ("{", "{ nothing }", "{ __typename } { __typename }"):
        assert graphql.post(query).status_code == 200
        assert graphql.post(query, {"accept": GRAPHQL_TYPE}).status_code == 400
    query = "query ($id: Int!) { page(id: $id) { id } }"
    assert graphql.post(query, {"accept": GRAPHQL_TYPE}).status_code == 400
    assert _codes(graphql.post(query, variables={"id": "x"})) == {"INVALID_VARIABLES"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "BAD_REQUEST"),
        (b"null", "BAD_REQUEST"),
        (b'"{ __typename }"', "BAD_REQUEST"),
        (b"{}", "BAD_REQUEST"),
        (b"[]", "BATCHING_REFUSED"),
        (b'[{"query": "{ __typename }"}]', "BATCHING_REFUSED"),
        (b'{"query": 1}', "BAD_REQUEST"),
        (b'{"query": null}', "BAD_REQUEST"),
        (b'{"query": ""}', "BAD_REQUEST"),
        (b'{"query": "{ __typename }", "variables": []}', "BAD_REQUEST"),
        (b'{"query": "{ __typename }", "variables": "{}"}', "BAD_REQUEST"),
        (b'{"query": "{ __typename }", "operationName": 1}', "BAD_REQUEST"),
        (b'{"query": "{ __typename }", "extensions": 1}', "BAD_REQUEST"),
        (b'{"query": "{ __typename }", "id": 1}', "BAD_REQUEST"),
        (b'{"query": "{ __typename \\ud800 }"}', "BAD_REQUEST"),
        (b'{"query": "\xff"}', "BAD_REQUEST"),
        (b"[" * 5_000, "BAD_REQUEST"),
        (b'{"query": "query A { __typename }", "operationName": "B"}', "BAD_REQUEST"),
    ],
)
def test_bodies_that_are_no_request(
    client: Client, db: None, body: bytes, code: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = client.post("/graphql/", body, content_type="application/json")
    assert response.status_code == (200 if b'"B"' in body else 400)
    assert _codes(response) == {code}
    assert response.headers["Cache-Control"] == "no-store"


def test_a_form_of_another_site_sends_nothing(client: Client, db: None) -> None:
    body = orjson.dumps({"query": "{ __typename }"})
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
                         "application/graphql", "application/jsonx", ""):  # fmt: skip
        response = client.generic("POST", "/graphql/", body, content_type=content_type)
        assert response.status_code == 415, content_type
    taken = client.generic("POST", "/graphql/", body, "application/json; charset=utf-8")
    assert taken.status_code == 200


def test_the_body_has_a_limit(client: Client, db: None) -> None:
    body = orjson.dumps({"query": "{ __typename }", "variables": {"x": "y" * MAX_BODY}})
    response = client.generic("POST", "/graphql/", body, "application/json")
    assert response.status_code == 413
    lying = client.generic("POST", "/graphql/", body, "application/json", CONTENT_LENGTH="10")
    assert lying.status_code == 400


def test_parameters_of_a_get(client: Client, db: None) -> None:
    for query, status in (
        ("", 400), ("query=%zz", 400), ("query=a&query=b", 400), ("unknown=1", 400),
        ("query=%7B__typename%7D&variables=x", 400), ("query=%7B__typename%7D&variables=[]", 400),
        ("query=%00", 400), ("query=%7B__typename%7D", 200),
        ("query=%7B__typename%7D&variables=", 400),
    ):  # fmt: skip
        response = client.get(f"/graphql/?{query}")
        assert response.status_code == status, query
    fat = client.post("/graphql/?query={__typename}", b"{}", content_type="application/json")
    assert fat.status_code == 400


def test_methods(client: Client, db: None) -> None:
    for method in ("PUT", "PATCH", "DELETE", "TRACE", "PURGE"):
        response = client.generic(method, "/graphql/")
        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD, POST, OPTIONS"
    assert client.options("/graphql/").headers["Allow"] == "GET, HEAD, POST, OPTIONS"
    head = client.head("/graphql/", {"query": "{ __typename }"})
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["Content-Length"]) > 0
    assert client.get("/graphql/nothing").status_code == 404


def test_an_ad_hoc_get_is_not_for_shared_caches(graphql: GraphQL, portal: Portal) -> None:
    with override_settings(CMS_PUBLIC_CACHE_SECONDS=60):
        response = graphql.get(query=QUERY)
    assert "s-maxage=0" in response.headers["Cache-Control"]
    again = graphql.get({"if-none-match": response.headers["ETag"]}, query=QUERY)
    assert (again.status_code, again.content) == (304, b"")


def test_variables_that_do_not_fit(graphql: GraphQL, db: None) -> None:
    declared = "$f: ArticleFilter, $n: Int! = 3"
    query = f"query ({declared}) {{ articles(first: $n, filter: $f) {{ totalCount }} }}"
    wrong: list[dict[str, Any]] = [
        {"f": 1}, {"f": {"nothing": 1}}, {"f": {"title": {"regex": "a"}}},
        {"n": None}, {"n": "3"}, {"n": 2**40}, {"f": {"id": {"in": [None]}}},
    ]  # fmt: skip
    for variables in wrong:
        assert _codes(graphql.post(query, variables=variables)) == {"INVALID_VARIABLES"}
    assert graphql.data(query) == {"articles": {"totalCount": 0}}
    assert graphql.data(query, f=None) == {"articles": {"totalCount": 0}}
