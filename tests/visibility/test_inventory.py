"""Nothing that answers is missing from the matrix, and nothing in it has ceased to be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.test import override_settings
from django.urls import get_resolver

from cms.delivery.graphql.types.schema import current_schema
from cms.delivery.openapi import openapi_document
from tests.visibility.axes import Way
from tests.visibility.graph import ROOTS
from tests.visibility.rows import ROWS

ROW_NAMES = {row.endpoint for row in ROWS}
ADMIN = "admin/"
"""For people at work, with rights of their own (N17): no reader's."""

IN_USE = override_settings(CMS_DISABLED_PLUGINS=[])


def _routes(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """The name and the path of every route, without the admin's."""
    for pattern in patterns:
        path = f"{prefix}{pattern.pattern}"
        if path.startswith(ADMIN):
            continue
        if hasattr(pattern, "url_patterns"):
            yield from _routes(pattern.url_patterns, path)
        else:
            yield pattern.name or "", path


def test_every_route_has_a_row() -> None:
    routes = dict(_routes(get_resolver().url_patterns))
    missing = {f"{name} ({path})" for name, path in routes.items() if name not in ROW_NAMES}
    assert not missing, "endpoints that the visibility matrix doesn't know"
    assert not ROW_NAMES - set(routes) - {"webhook"}, "rows of endpoints that there aren't"
    assert len(ROWS) == len(ROW_NAMES)


@IN_USE
def test_every_operation_of_the_description_has_a_row() -> None:
    known = {name.removeprefix("api-").replace("-", "_") for name in ROW_NAMES}
    operations = {
        one["operationId"] for path in openapi_document()["paths"].values() for one in path.values()
    }
    assert not {name for name in operations if name.removeprefix("course_") not in known}


@IN_USE
def test_every_root_field_of_graphql_is_asked_for() -> None:
    """The connections of types are: they are one class, asked for as those of the subjects."""
    schema = current_schema()
    fields = {
        name for name, field in schema.graphql.query_type.fields.items()  # type: ignore[union-attr]
        if str(field.type).rstrip("!") not in schema.connections or name == "pages"
    }  # fmt: skip
    assert fields == set(ROOTS), "root fields that the visibility matrix doesn't know, or too many"


def test_every_way_leads_somewhere() -> None:
    for way in Way:
        assert [row.endpoint for row in ROWS if way in row.asks], way


def test_an_endpoint_says_why_it_has_no_other_ways() -> None:
    for row in ROWS:
        assert len(row.asks) == len(Way) or len(row.without) > 30, row.endpoint
