"""Delivery only reads: any other method is refused and changes nothing."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.delivery.urls import all_endpoints
from tests.factories import make_file
from tests.fixtures.portal import Portal

VALUES = {"page_id": "1", "type_name": "article", "handle": "main", "form": "rss",
          "problem_name": "not-found"}  # fmt: skip


def _addresses() -> list[str]:
    """An address of every endpoint; a parameter without a value here fails the test."""
    found = [
        "/" + re.sub(r"\{(?:\w+:)?(\w+)\}", lambda m: VALUES[m[1]], f"{prefix}{one.path}")
        for prefix, one in all_endpoints()
    ]
    return [*found, "/api/v1/docs", "/graphql/explorer", "/images/1/abc/card/320.jpg",
            "/images/1/abc.svg", "/api/v1/nothing"]  # fmt: skip


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND", "TRACE"])
def test_n43_no_other_method_does_anything(portal: Portal, method: str) -> None:
    file = make_file("Tệp")
    for address in [*_addresses(), file.url]:
        body = b'{"title": "x"}'
        with CaptureQueriesContext(connection) as queries:
            response = Client().generic(method, address, body, "application/json")
        expected = 404 if address == "/api/v1/nothing" else 405
        assert response.status_code == expected, address
        written = [one["sql"] for one in queries if not one["sql"].startswith("SELECT")]
        assert [sql for sql in written if re.match("INSERT|UPDATE|DELETE", sql)] == [], address
    assert Client().get(file.url).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_n43_graphql_takes_questions_alone(portal: Portal, method: str) -> None:
    assert Client().generic(method, "/graphql/", b"{}").status_code == 405
    for text in ("mutation { page(id: 1) { id } }", "subscription { page(id: 1) { id } }"):
        response = Client().post("/graphql/", {"query": text}, content_type="application/json")
        assert b'"data"' not in response.content


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"])
def test_n43_no_header_makes_another_method_of_one(portal: Portal, header: str) -> None:
    address = f"/api/v1/pages/{portal.news.pk}"
    plain = Client().get(address)
    assert Client().get(address, headers={header: "DELETE"}).content == plain.content
    assert Client().get(f"{address}?_method=DELETE").status_code == 400
