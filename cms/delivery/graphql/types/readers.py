"""How the value of a GraphQL field is read from a delivered document's JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cms.delivery.graphql.types.scalars import RichTextForm
from cms.delivery.query.rich_text import to_ast, to_markdown

if TYPE_CHECKING:
    from cms.delivery.graphql.reading import Reading

__all__ = [
    "READER",
    "JsonLdReader",
    "Reader",
    "RootReader",
    "Unloaded",
    "entries_reader",
    "read_rich_text",
    "read_tree",
    "reader_of",
]

READER = "reader"
"""Under this key a field's reader stands in the metadata of strawberry's field."""

type Convert = Callable[[Any, Mapping[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """Where in its object a field is: under ``key``, or under ``key`` of what is ``within`` it.

    ``convert`` makes the field's value of what stands there and of the field's arguments.
    """

    key: str
    within: str = ""
    convert: Convert | None = None


@dataclass(frozen=True, slots=True)
class JsonLdReader:
    """A page's JSON-LD: made of its whole document, for all pages of a root field together.

    ``key`` is one that every whole document has and no card.
    """

    key: str


@dataclass(frozen=True, slots=True)
class RootReader:
    """A field of the query itself.

    ``resolve`` gets what the answer is read through, the arguments by their GraphQL names and the
    names of the fields that are selected below, two levels (``edges``, ``edges.cursor``); it
    returns JSON, in which a page may be :class:`Unloaded`. It raises Problem. ``is_list``: whether
    it costs as often as its argument ``first`` says.
    """

    resolve: Callable[[Reading, Mapping[str, Any], frozenset[str]], Any]
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Unloaded:
    """A page of which only the id is known yet."""

    id: int


def reader_of(field: Any) -> Reader | JsonLdReader | RootReader:
    """The reader of one of graphql-core's fields, which strawberry has made."""
    declared = field.extensions["strawberry-definition"]
    reader: Reader | JsonLdReader | RootReader = declared.metadata[READER]
    return reader


def read_rich_text(value: Any, arguments: Mapping[str, Any]) -> Any:
    """Rich text in the form that the argument ``form`` asks for."""
    form = getattr(arguments["form"], "value", arguments["form"])
    return to_markdown(value) if form == RichTextForm.MARKDOWN.value and value else value


def read_tree(value: Any, arguments: Mapping[str, Any]) -> Any:
    """Rich text as a hast tree."""
    return None if value is None else to_ast(value)


def entries_reader(are_objects: bool) -> Convert:
    """Reads an object with any keys as a list of entries, those of the argument ``keys`` alone."""

    def entries(value: Any, arguments: Mapping[str, Any]) -> Any:
        if value is None:
            return None
        keys = arguments.get("keys")
        return [
            {"key": key, **inner} if are_objects else {"key": key, "value": inner}
            for key, inner in value.items()
            if keys is None or key in keys
        ]

    return entries
