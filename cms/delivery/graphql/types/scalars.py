"""Scalars beyond GraphQL's own. Each is delivered as it stands in the document's JSON."""

from __future__ import annotations

import enum
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.scalars import JSON
from strawberry.types.scalar import ScalarDefinition

__all__ = ["JSON", "SCALAR_MAP", "Date", "DateTime", "Int64", "RichTextForm", "scalar_for"]

Date = NewType("Date", str)
DateTime = NewType("DateTime", str)
Int64 = NewType("Int64", int)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise GraphQLError("Text is expected.")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**63:
        raise GraphQLError("A whole number is expected.")
    return value


SCALAR_MAP: dict[object, ScalarDefinition] = {
    Date: strawberry.scalar(
        name="Date", description="A day, ISO 8601: `2026-04-21`.", parse_value=_text
    ),
    DateTime: strawberry.scalar(
        name="DateTime",
        description="A moment in UTC, ISO 8601: `2026-04-22T03:00:00Z`.",
        parse_value=_text,
    ),
    Int64: strawberry.scalar(
        name="Int64", description="A whole number of up to 64 bits.", parse_value=_number
    ),
}


@strawberry.enum(description="The form of rich text.")
class RichTextForm(enum.Enum):
    """What the argument ``form`` takes; as a tree rich text has a field of its own."""

    HTML = "html"
    MARKDOWN = "markdown"


_FORMATS: dict[str, Any] = {"date": Date, "date-time": DateTime, "int64": Int64}
_TYPES: dict[str, Any] = {"string": str, "integer": int, "number": float, "boolean": bool}


def scalar_for(schema: dict[str, Any]) -> Any | None:
    """The scalar of a JSON Schema, None for an object, an array and what has no type."""
    if isinstance(schema.get("const"), str):
        return str
    if schema.get("type") in _TYPES:
        return _FORMATS.get(schema.get("format", ""), _TYPES[schema["type"]])
    return None
