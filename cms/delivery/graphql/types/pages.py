"""The types of pages: an interface, an object type for each content type, their connections."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from strawberry.types.field import StrawberryField

from cms.delivery.graphql.types import declare
from cms.delivery.graphql.types.names import Names
from cms.delivery.graphql.types.objects import Objects
from cms.delivery.graphql.types.readers import JsonLdReader, Reader
from cms.pages.exposed import BASE_FIELDS, JsonSchema
from cms.plugins.registry import ContentType

__all__ = ["CARD_KEYS", "Connections", "declare_pages"]

CARD_KEYS: frozenset[str] = frozenset({"id", "type", "locale", "path", "title"})
"""What every reference to a page holds already."""


def declare_pages(objects: Objects, types: list[ContentType]) -> dict[str, type]:
    """The object type of each content type by its public name; fills the interface as well."""
    declared: dict[str, type] = {}
    for one in types:
        name = objects.names.claim(one.graphql_name)
        words = str(objects.definitions[one.graphql_name].get("description", "")) or None
        declared[one.name] = declare.declare_type(name, words, interfaces=[objects.page])
    members = {name: _name_of(cls) for name, cls in declared.items()}
    objects.members[_name_of(objects.page)] = members
    base: list[StrawberryField] = []
    for one in types:
        schema = objects.definitions[one.graphql_name]
        names = Names()
        head = objects.fields(_only(schema, envelope=True), "Page", names=names)
        head.append(_json_ld(names))
        base = base or head
        own = objects.fields(_only(schema, envelope=False), one.graphql_name, names=names)
        declare.set_fields(declared[one.name], [*head, *own])
    declare.set_fields(objects.page, _copies(base))
    return declared


def _json_ld(names: Names) -> StrawberryField:
    return declare.field(
        names.claim("jsonLd"),
        str,
        JsonLdReader("seo"),
        description="The page in the words of schema.org and the way to it, as text that may "
        "stand in a `script` element as it is.",
    )


def _only(schema: JsonSchema, *, envelope: bool) -> JsonSchema:
    """The schema with the envelope's properties alone, or with all others."""
    kept = {
        key: {"type": "string"} if key == "type" and envelope else inner
        for key, inner in schema["properties"].items()
        if (key in BASE_FIELDS) is envelope
    }
    return {**schema, "properties": kept}


def _copies(fields: list[StrawberryField]) -> list[StrawberryField]:
    return [one.__copy__() for one in fields]


def _name_of(cls: type) -> str:
    name: str = cls.__strawberry_definition__.name  # type: ignore[attr-defined]
    return name


@dataclass(slots=True)
class Connections:
    """Relay's connections, forward only: lists have a beginning and go on from a cursor."""

    names: Names
    page_info: type
    made: list[str] = field(default_factory=list)

    @classmethod
    def begin(cls, names: Names) -> Connections:
        """With the type that all connections share."""
        page_info = declare.declare_type("PageInfo", "Where a page of a list ends.")
        declare.set_fields(
            page_info,
            [
                declare.field("hasNextPage", bool, Reader("hasNextPage")),
                declare.field(
                    "hasPreviousPage", bool, Reader("hasPreviousPage"),
                    description="Whether the list was asked for from a cursor on.",
                ),
                declare.field("startCursor", declare.or_null(str), Reader("startCursor")),
                declare.field("endCursor", declare.or_null(str), Reader("endCursor")),
            ],
        )  # fmt: skip
        return cls(names, page_info)

    def of(self, name: str, node: type) -> Any:
        """The connection called ``name`` + ``Connection`` to pages of a type."""
        edge_name = self.names.claim(f"{name}Edge")
        connection_name = self.names.claim(f"{name}Connection")
        self.made += [edge_name, connection_name]
        edge = declare.declare_type(edge_name)
        declare.set_fields(
            edge,
            [
                declare.field("cursor", str, Reader("cursor")),
                declare.field("node", declare.or_null(node), Reader("node")),
            ],
        )
        connection = declare.declare_type(connection_name)
        declare.set_fields(
            connection,
            [
                declare.field("edges", declare.many(edge), Reader("edges")),
                declare.field("nodes", declare.many(node), Reader("nodes")),
                declare.field("pageInfo", self.page_info, Reader("pageInfo")),
                declare.field(
                    "totalCount", int, Reader("totalCount"),
                    description="How many there are in all: a query of its own.",
                ),
            ],
        )  # fmt: skip
        return declare.or_null(connection)
