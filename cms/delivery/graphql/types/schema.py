"""The whole schema: made once for the content types that are in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig
from strawberry.types.field import StrawberryField

from cms.delivery import schemas
from cms.delivery.graphql.records import record_fields
from cms.delivery.graphql.resolvers import root_fields
from cms.delivery.graphql.roots import list_field, menu_field, page_field, types_field
from cms.delivery.graphql.search import search_field
from cms.delivery.graphql.types import declare
from cms.delivery.graphql.types.inputs import Inputs
from cms.delivery.graphql.types.names import Names, camel, constant, pascal, plural
from cms.delivery.graphql.types.objects import Objects
from cms.delivery.graphql.types.pages import CARD_KEYS, Connections, declare_pages
from cms.delivery.graphql.types.readers import Reader
from cms.delivery.graphql.types.scalars import SCALAR_MAP
from cms.delivery.query.columns import base_columns, columns_of
from cms.delivery.search.conditions import search_columns
from cms.delivery.stored import disabled_plugins
from cms.plugins.registry import DuplicateNameError, registry

__all__ = ["Schema", "current_schema"]

_RESERVED = (
    *("Query", "Page", "Block", "PageInfo", "PageType", "RichTextForm", "JSON", "Date"),
    *("DateTime", "Int64", "String", "Int", "Float", "Boolean", "ID"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Schema:
    """A schema with what its values need that GraphQL itself doesn't say.

    ``members``: for a union, or for the interface of pages, which type a value's ``type`` stands
    for. ``card_keys``: what a reference to a page of that GraphQL type holds without loading it.
    ``connections``: the types between a list and its pages.
    """

    declared: strawberry.Schema
    graphql: GraphQLSchema
    members: Mapping[str, Mapping[str, str]]
    card_keys: Mapping[str, frozenset[str]]
    connections: frozenset[str]

    def sdl(self) -> str:
        """The schema in GraphQL's own language."""
        return f"{self.declared.as_str()}\n"


def current_schema() -> Schema:
    """The schema of the plugins that are in use now."""
    return _schema(disabled_plugins())


@lru_cache(maxsize=4)
def _schema(disabled: tuple[str, ...]) -> Schema:
    names = Names(*_RESERVED)
    page = declare.declare_type("Page", "What every page has.", is_interface=True)
    block = declare.declare_type("Block", "A piece of a body.", is_interface=True)
    declare.set_fields(
        block,
        [declare.field("type", str, Reader("type")), declare.field("id", str, Reader("id"))],
    )
    objects = Objects(schemas.components(), names, page, block)
    types = registry.pages()
    pages = declare_pages(objects, types)
    query = declare.declare_type("Query", "Published content, read only.")
    connections = Connections.begin(objects.names)
    declare.set_fields(query, _root_fields(objects, pages, connections))
    declared = strawberry.Schema(
        query=query,
        types=[*pages.values(), *objects.made.values()],
        config=StrawberryConfig(scalar_map=SCALAR_MAP),
    )
    card_keys = {
        objects.members["Page"][one.name]: CARD_KEYS
        | {field.name for field in one.exposed_fields if field.card}
        for one in types
    }
    between = frozenset(connections.made)
    return Schema(declared, declared._schema, objects.members, card_keys, between)


def _root_fields(
    objects: Objects, pages: dict[str, type], connections: Connections
) -> list[StrawberryField]:
    types = registry.pages()
    inputs = Inputs(objects.names)
    choices = declare.declare_enum("PageType", {constant(one.name): one.name for one in types})
    fields = [
        page_field(objects.page),
        list_field(
            "pages",
            connections.of("Page", objects.page),
            inputs.of("Page", base_columns("")),
            choices=choices,
        ),
    ]
    names = Names("page", "pages", "menu", "search", "types")
    for one in types:
        type_name = objects.members["Page"][one.name]
        connection = connections.of(type_name, pages[one.name])
        own = inputs.of(type_name, columns_of([one]))
        name = names.claim(plural(camel(one.name)))
        fields.append(list_field(name, connection, own, types=[one]))
    fields += record_fields(objects, connections, names)
    found = inputs.of("Search", search_columns(types))
    fields += [
        search_field(connections, objects.page, found, choices),
        menu_field(objects),
        types_field(objects),
    ]
    taken = {one.graphql_name for one in fields}
    for root in root_fields():
        if root.name in taken:
            raise DuplicateNameError(
                f"The GraphQL field {root.name!r} of {root.owner!r} is one of the core's own."
            )
        type_ = declare.or_null(objects.type_of(root.answer, pascal(root.name)))
        fields.append(
            declare.field(
                root.name, type_, root.reader,
                description=root.description, arguments=root.arguments,
            )
        )  # fmt: skip
    return fields
