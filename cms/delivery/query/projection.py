"""What is delivered of a document: all of it as stored, some fields, rich text in another form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from cms.delivery.problems import Problem
from cms.delivery.query.rich_text import RichTextForm, to_form
from cms.pages.exposed import BASE_FIELDS, Json, JsonSchema
from cms.pages.schemas import page_schemas
from cms.plugins.registry import ContentType, registry

__all__ = ["ALL", "Projection", "parse_fields"]

ALL = "*"
_ALWAYS = ("id", "type")

type _Converter = Callable[[Any, RichTextForm], Json]


@dataclass(frozen=True, slots=True)
class Projection:
    """``fields`` None leaves a document as it is stored; else the names to give, in its order."""

    fields: frozenset[str] | None = None
    rich_text: RichTextForm = "html"

    @property
    def is_plain(self) -> bool:
        """Whether the stored bytes go out as they are."""
        return self.fields is None and self.rich_text == "html"

    def apply(self, body: bytes, type_name: str) -> bytes:
        """The document's JSON after the projection."""
        if self.is_plain:
            return body
        document: dict[str, Json] = orjson.loads(body)
        if self.fields is not None:
            document = {name: value for name, value in document.items() if name in self.fields}
        if self.rich_text != "html":
            converters = _page_converters(type_name)
            for name in document.keys() & converters.keys():
                document[name] = converters[name](document[name], self.rich_text)
        return orjson.dumps(document)


def parse_fields(
    names: Sequence[str] | None, types: Iterable[ContentType]
) -> frozenset[str] | None:
    """The fields to give; None for all (``*``) and where none are named.

    Raises Problem ``unknown-field`` for a name that none of the types has.
    """
    if names is None or tuple(names) == (ALL,):
        return None
    allowed = {*BASE_FIELDS, *(field.name for one in types for field in one.exposed_fields)}
    for name in names:
        if name not in allowed:
            raise Problem(
                "unknown-field",
                f"{name!r} isn't a field of what was asked for.",
                parameter="fields",
                allowed=[ALL, *allowed],
            )
    return frozenset((*_ALWAYS, *names))


# --- Rich text, found by the schema ---------------------------------------------------------------


@lru_cache(maxsize=500)
def _page_converters(type_name: str) -> dict[str, _Converter]:
    """For each field of the type that has rich text somewhere in it: how to convert it."""
    schemas = page_schemas()
    properties = schemas[registry.get(type_name).graphql_name]["properties"]
    finder = _Finder(schemas)
    return {
        name: lambda value, form, schema=schema: finder.convert(value, schema, form)  # type: ignore[misc]
        for name, schema in properties.items()
        if finder.has_rich_text(schema)
    }


class _Finder:
    """Walks a value along its JSON Schema to the texts that are ``format: html``."""

    def __init__(self, schemas: dict[str, JsonSchema]) -> None:
        self._schemas = schemas

    def has_rich_text(self, schema: JsonSchema) -> bool:
        """Whether a value of the schema may have rich text in it."""
        waiting, seen = [schema], set()
        while waiting:
            schema = waiting.pop()
            if schema.get("format") == "html":
                return True
            reference = schema.get("$ref")
            if reference is None:
                waiting.extend(_inner(schema))
            elif reference not in seen:
                seen.add(reference)
                waiting.append(self._resolve(schema))
        return False

    def convert(self, value: Json, schema: JsonSchema, form: RichTextForm) -> Json:
        """The value with its rich text in the form."""
        schema = self._resolve(schema)
        if isinstance(value, str):
            return to_form(value, form) if schema.get("format") == "html" else value
        if isinstance(value, list):
            items = schema.get("items")
            return [self.convert(item, items, form) for item in value] if items else value
        if isinstance(value, dict):
            properties = self._shape(value, schema).get("properties", {})
            return {
                name: self.convert(inner, properties[name], form) if name in properties else inner
                for name, inner in value.items()
            }
        return value

    def _resolve(self, schema: JsonSchema) -> JsonSchema:
        """The schema behind a reference, and behind "or null"."""
        while True:
            if reference := schema.get("$ref"):
                schema = self._schemas[reference.rsplit("/", 1)[-1]]
            elif "anyOf" in schema:
                schema = next(one for one in schema["anyOf"] if one.get("type") != "null")
            else:
                return schema

    def _shape(self, value: dict[str, Json], schema: JsonSchema) -> JsonSchema:
        """An object's own shape among several, told by its ``type``."""
        for choice in schema.get("oneOf", ()):
            shape = self._resolve(choice)
            if shape["properties"]["type"]["const"] == value.get("type"):
                return shape
        return schema


def _inner(schema: JsonSchema) -> list[JsonSchema]:
    inner = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    inner.extend(schema.get("properties", {}).values())
    if "items" in schema:
        inner.append(schema["items"])
    return inner
