"""What the tests of delivery share: a client that speaks JSON, and pages of every type."""

from __future__ import annotations

from typing import Any, cast

import orjson
import pytest
from django.http import HttpResponse
from django.test import Client

from cms.pages.models import ContentPage
from tests.factories import make_every_type
from tests.fixtures.portal import Portal

__all__ = ["Api"]


class Api:
    """Reads version 1 of the API."""

    def __init__(self) -> None:
        self.client = Client()

    def get(
        self,
        path: str,
        params: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> HttpResponse:
        """The answer to a GET below ``/api/v1/``; ``params`` become the query string."""
        address = path if path.startswith("/") else f"/api/v1/{path}"
        return cast(HttpResponse, self.client.get(address, params, headers=headers))

    def json(self, address: str, /, **params: Any) -> Any:
        """The JSON of an answer that must be 200; ``filters`` become ``filter[…][…]``."""
        filters = params.pop("filters", {})
        query = {key: ",".join(map(str, v)) if isinstance(v, list) else v
                 for key, v in params.items()}  # fmt: skip
        query |= {f"filter[{name}][{op}]": value for (name, op), value in filters.items()}
        response = self.get(address, query)
        assert response.status_code == 200, response.content.decode()
        return orjson.loads(response.content)

    def titles(self, **params: Any) -> list[str]:
        """The titles in a list of pages."""
        return [item["title"] for item in self.json("pages", **params)["items"]]

    def problem(self, path: str, status: int = 400) -> dict[str, Any]:
        """The problem document of an answer that must have the status."""
        response = self.get(path)
        assert response.status_code == status, response.content.decode()
        assert response.headers["Content-Type"] == "application/problem+json"
        problem: dict[str, Any] = orjson.loads(response.content)
        assert problem["status"] == status
        return problem


@pytest.fixture
def api() -> Api:
    """The API as an anonymous reader sees it."""
    return Api()


@pytest.fixture
def every_type(portal: Portal) -> dict[str, ContentPage]:
    """A published page of every type, by public name."""
    return make_every_type(portal)
