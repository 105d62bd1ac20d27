"""Errors of fields: stable codes for what is expected, nothing of what isn't."""

from __future__ import annotations

import logging
from typing import Any

import orjson
import pytest
from django.db import OperationalError

from cms.delivery.graphql import roots
from tests.fixtures.portal import Portal
from tests.graphql.conftest import GraphQL

WRONG = [
    ("page", "MISSING_PARAMETER", "path"),
    ('page(id: 1, path: "/")', "MISSING_PARAMETER", "path"),
    ('page(path: "tin-tuc")', "INVALID_PARAMETER", "path"),
    ('page(path: "/", locale: "fr")', "INVALID_PARAMETER", "locale"),
    ('page(path: "/", fallback: "vi")', "MISSING_PARAMETER", "locale"),
    ('page(path: "/\\u0000")', "INVALID_PARAMETER", "path"),
    ("pages(first: 0)", "INVALID_PARAMETER", "first"),
    ("pages(first: 101)", "INVALID_PARAMETER", "first"),
    ("pages(first: -5)", "INVALID_PARAMETER", "first"),
    ('pages(after: "x")', "INVALID_CURSOR", "after"),
    ('pages(after: "")', "INVALID_CURSOR", "after"),
    ('pages(within: "x")', "INVALID_PARAMETER", "within"),
    ('pages(parent: "x")', "INVALID_PARAMETER", "parent"),
    ("pages(sort: [TITLE_ASC, TITLE_DESC])", "INVALID_PARAMETER", "sort"),
    ("pages(filter: {title: {eq: null}})", "INVALID_PARAMETER", "filter.title.eq"),
    ("pages(filter: {title: {in: []}})", "INVALID_PARAMETER", "filter.title.in"),
    ('pages(filter: {title: {in: ["a,b"]}})', "INVALID_PARAMETER", "filter.title.in"),
    ('pages(filter: {publishedAt: {gt: "x"}})', "INVALID_PARAMETER", "filter[published_at][gt]"),
    ('pages(filter: {title: {contains: "\\u0000"}})', "INVALID_PARAMETER", "filter.title.contains"),
    ('officialDocuments(filter: {documentType: {eq: "x"}})', "INVALID_PARAMETER",
     "filter[document_type][eq]"),
    ('menu(handle: "\\u0000")', "INVALID_PARAMETER", "handle"),
    ('site(locale: "fr")', "INVALID_PARAMETER", "locale"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "code", "parameter"), WRONG)
def test_wrong_arguments(
    graphql: GraphQL, portal: Portal, field: str, code: str, parameter: str
) -> None:
    below = "totalCount" if "ages" in field or "ocuments" in field else "title"
    below = "name" if field.startswith("site") else below
    response = graphql.post(f"{{ wrong: {field} {{ {below} }} __typename }}")
    answer = orjson.loads(response.content)
    assert response.status_code == 200
    assert answer["data"] == {"wrong": None, "__typename": "Query"}
    (error,) = answer["errors"]
    assert error["path"] == ["wrong"]
    assert error["extensions"]["code"] == code
    assert error["extensions"]["parameter"] == parameter


def test_what_fails_is_masked(
    graphql: GraphQL, portal: Portal, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr(roots, "read_menu", fail)
    with caplog.at_level(logging.ERROR):
        response = graphql.post('{ menu(handle: "main") { title } page(path: "/") { title } }')
    answer = orjson.loads(response.content)
    assert b"secret" not in response.content
    assert answer["data"] == {"menu": None, "page": {"title": "Trang chủ"}}
    (error,) = answer["errors"]
    assert (error["message"], error["path"]) == ("Internal error", ["menu"])
    assert error["extensions"]["code"] == "INTERNAL_ERROR"
    assert error["extensions"]["id"] in caplog.text


def test_a_database_that_does_not_answer(
    graphql: GraphQL, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise OperationalError("no connection to the host db.internal")

    monkeypatch.setattr(roots, "read_menu", fail)
    response = graphql.post('{ menu(handle: "main") { title } }')
    assert b"db.internal" not in response.content
    assert b'"code":"UNAVAILABLE"' in response.content


def test_an_answer_of_too_many_pages(
    graphql: GraphQL, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.delivery.graphql.execution.MAX_PAGES", 3)
    for number in range(4):
        portal.article(f"Bài {number}")
    assert graphql.error("{ articles { nodes { title } } }")["code"] == "LIMIT_EXCEEDED"
    assert len(graphql.data("{ articles(first: 3) { nodes { title } } }")["articles"]["nodes"]) == 3
