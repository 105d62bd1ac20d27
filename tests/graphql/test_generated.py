"""Generated queries: answered as graphql-core answers them, and never with a failure of our own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import orjson
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from graphql import DocumentNode
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes as made
from hypothesis_graphql import queries

from cms.delivery.graphql.types.schema import current_schema
from cms.pages.models import ContentPage
from cms.wsgi import application
from tests.fixtures.fuzzing import fuzz
from tests.graphql.conftest import GraphQL
from tests.graphql.reference import Reference, about

CASES = 15
"""Queries of each root field; more of them take longer and find no less."""

SCALARS: dict[str, Any] = {
    "Date": st.dates().map(lambda day: made.String(day.isoformat())),
    "DateTime": st.datetimes().map(lambda moment: made.String(moment.isoformat())),
    "JSON": st.just(made.Null),
}
FIELDS = (
    "page",
    "pages",
    "articles",
    "officialDocuments",
    "supports",
    "resources",
    "site",
    "types",
)


@pytest.fixture
def _keep_connection() -> Iterator[None]:
    """Requests of a real WSGI client end with closing the connection that the test is in."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_the_answer_is_graphql_cores(
    graphql: GraphQL, every_type: dict[str, ContentPage], settings: Any
) -> None:
    settings.CMS_GRAPHQL_MAX_COST = 10**12
    reference = Reference()
    ids = [page.pk for page in every_type.values()]
    compared: list[str] = []
    for field in FIELDS:
        _compare(graphql, reference, field, ids, compared)
    assert len(compared) > CASES * len(FIELDS) / 3


def _compare(
    graphql: GraphQL, reference: Reference, field: str, ids: list[int], compared: list[str]
) -> None:
    strategy = queries(
        current_schema().graphql,
        fields=[field],
        custom_scalars=SCALARS,
        print_ast=lambda one: one,
        allow_x00=False,
    )

    @settings(
        max_examples=CASES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(document=strategy, page_id=st.sampled_from(ids))
    def check(document: object, page_id: int) -> None:
        query = about(cast(DocumentNode, document), page_id)
        answer = orjson.loads(graphql.post(query).content)
        if "data" not in answer:  # too large, or two fields of one name
            return
        data, wrong = reference.execute(query)
        assert answer["data"] == data, query
        assert {error["path"][0] for error in answer.get("errors", ())} == wrong, query
        compared.append(query)

    check()


@pytest.mark.usefixtures("_keep_connection")
def test_no_query_fails_on_our_side(every_type: dict[str, ContentPage]) -> None:
    """Schemathesis asks every root field with arguments of all sorts."""
    for name, strategy in SCALARS.items():
        schemathesis.graphql.scalar(name, strategy)
    described = schemathesis.graphql.from_wsgi("/graphql/", application)

    def check(case: Any) -> None:
        response = case.call(headers={"Accept-Encoding": "identity"})
        # Schemathesis's own check takes an error of a field for the server's.
        assert response.status_code == 200, response.content
        assert b"INTERNAL_ERROR" not in response.content, response.content
        assert b"UNAVAILABLE" not in response.content, response.content

    assert fuzz(described, check, each=CASES) > 100
