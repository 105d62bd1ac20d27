"""What the tests of GraphQL share: a client that asks queries."""

from __future__ import annotations

from typing import Any, cast

import orjson
import pytest
from django.http import HttpResponse
from django.test import Client

from cms.pages.models import ContentPage
from tests.factories import make_every_type
from tests.fixtures.portal import Portal

__all__ = ["GraphQL"]


class GraphQL:
    """Asks ``/graphql/``."""

    def __init__(self) -> None:
        self.client = Client()

    def post(
        self, query: str | None = None, headers: dict[str, str] | None = None, **members: Any
    ) -> HttpResponse:
        """The answer to a POST; ``members`` are those of the body beside the query."""
        body = {"query": query, **members} if query is not None else members
        return cast(
            HttpResponse,
            self.client.post(
                "/graphql/", orjson.dumps(body), content_type="application/json", headers=headers
            ),
        )

    def get(self, headers: dict[str, str] | None = None, **params: Any) -> HttpResponse:
        """The answer to a GET; objects among the parameters become JSON."""
        given = {
            name: orjson.dumps(value).decode() if isinstance(value, dict) else value
            for name, value in params.items()
        }
        return cast(HttpResponse, self.client.get("/graphql/", given, headers=headers))

    def data(self, query: str, **variables: Any) -> Any:
        """The data of a query that must have no errors."""
        response = self.post(query, variables=variables)
        assert response.status_code == 200, response.content.decode()
        answer = orjson.loads(response.content)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def error(self, query: str, **variables: Any) -> dict[str, Any]:
        """The extensions of the one error that a query must have."""
        answer = orjson.loads(self.post(query, variables=variables).content)
        (error,) = answer["errors"]
        return {**error["extensions"], "message": error["message"]}


@pytest.fixture
def graphql() -> GraphQL:
    """GraphQL as an anonymous reader sees it."""
    return GraphQL()


@pytest.fixture
def every_type(portal: Portal) -> dict[str, ContentPage]:
    """A published page of every type, by public name."""
    return make_every_type(portal)
