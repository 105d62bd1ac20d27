"""A corpus of hostile documents: each is refused quickly, before execution, with no SQL."""

from __future__ import annotations

import time
from typing import Any

import orjson
import pytest
from django.test import override_settings

from tests.graphql.conftest import GraphQL
from tests.graphql.hostile import HOSTILE

MOST_SECONDS = 2.0
"""Far more than any takes on an idle machine (0.2), which tests don't run on."""


def test_the_corpus_is_large() -> None:
    assert len(HOSTILE) >= 150


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE)
def test_n50_refused_before_execution(
    graphql: GraphQL, name: str, django_assert_num_queries: Any
) -> None:
    document, code = HOSTILE[name]
    graphql.post("{ __typename }")
    started = time.perf_counter()
    with django_assert_num_queries(0):
        response = graphql.post(document, {"accept": "application/graphql-response+json"})
    assert time.perf_counter() - started < MOST_SECONDS
    assert response.status_code == 400
    answer = orjson.loads(response.content)
    assert "data" not in answer
    assert {error["extensions"]["code"] for error in answer["errors"]} == {code}, answer
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "document",
    [
        "{ __schema { types { name } } }",
        '{ __type(name: "Page") { name } }',
        "{ a: __schema { types { name } } }",
        "{ ... { __schema { types { name } } } }",
        "{ ... on Query { __schema { types { name } } } }",
        "{ ...A } fragment A on Query { __schema { types { name } } }",
        "{ page(id: 1) { id } __schema { types { name } } }",
        "query ($no: Boolean = false) { __schema @include(if: $no) { types { name } } }",
    ],
)
@override_settings(CMS_GRAPHQL_INTROSPECTION=False)
def test_introspection_is_off(
    graphql: GraphQL, document: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        error = graphql.error(document)
    assert error["code"] == "INTROSPECTION_OFF"


@pytest.mark.django_db
@override_settings(CMS_GRAPHQL_INTROSPECTION=False)
def test_errors_suggest_nothing_while_introspection_is_off(graphql: GraphQL) -> None:
    for document in ("{ page(id: 1) { titel } }", "{ artikles { totalCount } }",
                     "{ articles(sort: [TITEL_ASC]) { totalCount } }",
                     "{ articles(filter: {titel: {eq: 1}}) { totalCount } }"):  # fmt: skip
        assert "mean" not in graphql.error(document)["message"]
    variables = graphql.post(
        "query ($s: [ArticleSort!]) { articles(sort: $s) { totalCount } }",
        variables={"s": ["TITEL_ASC"]},
    )
    assert b"mean" not in variables.content
    assert graphql.data("{ page(id: 1) { __typename } }") == {"page": None}
