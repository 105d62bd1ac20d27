"""The content types, their JSON Schemas, and the sorts of problems."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from cms.delivery import schemas
from cms.delivery.parameters import locale_codes
from cms.delivery.problem_types import API_PATH, PROBLEM_TYPES, ProblemType
from cms.delivery.problems import Problem
from cms.delivery.query.columns import base_columns, columns_of
from cms.delivery.routing import Routes, json_response
from cms.pages.exposed import BASE_FIELDS
from cms.pages.schemas import page_schemas
from cms.plugins.registry import ContentType, UnknownNameError, registry

__all__ = ["SCHEMA_TAG", "describe_types", "routes"]

routes = Routes("Content types")

SCHEMA_TAG = "schema"
"""The tag of answers that follow from the code: they change with a release alone."""


@routes.get("types", answer=schemas.TYPES)
def types(request: HttpRequest) -> HttpResponse:
    """The content types: their fields, and by which of them lists are filtered and sorted."""
    return json_response(request, _types(_enabled()), tags=[SCHEMA_TAG])


@routes.get("types/{type_name}", answer=schemas.SCHEMA_DOCUMENT)
def content_type(request: HttpRequest, type_name: str) -> HttpResponse:
    """The JSON Schema (draft 2020-12) of one content type."""
    try:
        registry.page_type(type_name)
    except UnknownNameError:
        raise Problem("not-found") from None
    return json_response(request, _schema(type_name, _enabled()), tags=[SCHEMA_TAG])


@routes.get(
    "problems/{problem_name}",
    answer=schemas.object_of(
        {name: {"type": "string"} for name in ("type", "title", "detail", "detail_vi")}
        | {"status": {"type": "integer"}}
    ),
)
def problem(request: HttpRequest, problem_name: str) -> HttpResponse:
    """What a problem's `type` means: the address that `type` names."""
    known: dict[str, ProblemType] = {str(name): one for name, one in PROBLEM_TYPES.items()}
    found = known.get(problem_name)
    if found is None:
        raise Problem("not-found")
    answer = {
        "type": f"{API_PATH}problems/{problem_name}",
        "title": found.title,
        "status": found.status,
        "detail": found.detail,
        "detail_vi": found.detail_vi,
    }
    return json_response(request, orjson.dumps(answer), tags=[SCHEMA_TAG])


def _enabled() -> tuple[str, ...]:
    """What the answers below differ by."""
    return tuple(one.name for one in registry.pages())


@lru_cache(maxsize=2)
def _types(enabled: tuple[str, ...]) -> bytes:
    return orjson.dumps({"items": describe_types()})


def describe_types() -> list[dict[str, Any]]:
    """The enabled content types, as the API describes them."""
    return [_describe(one) for one in registry.pages()]


def _describe(one: ContentType) -> dict[str, Any]:
    columns = {**base_columns("document__"), **columns_of([one])}
    names = [*BASE_FIELDS, *(name for name, own in columns.items() if own.of_translation)]
    fields = {field.name: field for field in one.exposed_fields}
    return {
        "type": one.name,
        "graphql_name": one.graphql_name,
        "plugin": one.plugin,
        "label": {code: _label(one, code) for code in locale_codes()},
        "schema": f"{API_PATH}types/{one.name}",
        "fields": [
            {
                "name": name,
                "filter": sorted(columns[name].operators) if name in columns else [],
                "sort": bool(name in columns and columns[name].order),
                "card": name in ("id", "type", "locale", "path", "title")
                or (name in fields and fields[name].card),
            }
            for name in [*names, *fields]
        ],
    }


def _label(one: ContentType, code: str) -> str:
    with translation.override(code):
        return str(one.model._meta.verbose_name)


@lru_cache(maxsize=500)
def _schema(type_name: str, enabled: tuple[str, ...]) -> bytes:
    """The type's schema with everything that it refers to under ``$defs``."""
    everything = page_schemas()
    own = everything[registry.page_type(type_name).graphql_name]
    needed: dict[str, Any] = {}
    waiting = _references(own)
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = everything[name]
            waiting |= _references(everything[name])
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{API_PATH}types/{type_name}",
        **own,
        "$defs": dict(sorted(needed.items())),
    }
    return orjson.dumps(document).replace(b'"#/components/schemas/', b'"#/$defs/')


_REFERENCE = re.compile(rb'"\$ref":"#/components/schemas/([^"]+)"')


def _references(schema: Any) -> set[str]:
    return {name.decode() for name in _REFERENCE.findall(orjson.dumps(schema))}
