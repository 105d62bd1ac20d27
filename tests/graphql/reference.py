"""The same schema executed by graphql-core: field by field, each page loaded whole.

Slow and simple, it is what the execution in waves is compared with.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
from graphql import (
    FieldNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
    execute_sync,
    parse,
)
from graphql.language import (
    ArgumentNode,
    DocumentNode,
    IntValueNode,
    NameNode,
    OperationDefinitionNode,
    print_ast,
)

from cms.delivery.graphql.reading import Reading
from cms.delivery.graphql.types import schema as schemas
from cms.delivery.graphql.types.readers import JsonLdReader, RootReader, Unloaded, reader_of
from cms.delivery.linked_data import linked_data
from cms.delivery.stored import disabled_plugins, find_documents

__all__ = ["Reference", "about"]

_SELECTED = frozenset({"edges", "nodes", "pageInfo", "totalCount"}) | {
    *("edges.cursor", "pageInfo.startCursor", "pageInfo.endCursor")
}


class Reference:
    """A schema of its own, with a resolver for each field."""

    def __init__(self) -> None:
        self._schema = schemas._schema.__wrapped__(disabled_plugins())
        for type_ in self._schema.graphql.type_map.values():
            if type_.name.startswith("__"):
                continue
            if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
                type_.resolve_type = self._type_of
            if isinstance(type_, GraphQLObjectType):
                type_.is_type_of = None
                for field in type_.fields.values():
                    field.resolve = self._resolve

    def execute(self, text: str) -> tuple[Any, set[Any]]:
        """The data, and the root fields that have errors."""
        result = execute_sync(self._schema.graphql, parse(text), root_value={})
        return result.data, {error.path[0] for error in result.errors or () if error.path}

    def _type_of(self, value: Any, info: Any, abstract: Any) -> str:
        name: str = self._schema.members[abstract.name][value["type"]]
        return name

    def _resolve(self, source: Any, info: Any, **arguments: Any) -> Any:
        field = info.parent_type.fields[info.field_name]
        reader = reader_of(field)
        if isinstance(reader, RootReader):
            return self._whole(reader.resolve(Reading(), arguments, _SELECTED))
        if isinstance(reader, JsonLdReader):
            return linked_data([source])[0].text
        inner = source.get(reader.within) if reader.within else source
        value = inner.get(reader.key)
        value = reader.convert(value, arguments) if reader.convert is not None else value
        return value if "JSON" in str(field.type) else self._whole(value)

    def _whole(self, value: Any) -> Any:
        """The value with its pages loaded."""
        if isinstance(value, list):
            return [self._whole(one) for one in value]
        page_id = value.id if isinstance(value, Unloaded) else None
        if isinstance(value, dict) and value.get("type") in self._schema.members["Page"]:
            page_id = value.get("id")
        if page_id is None:
            return value
        return orjson.loads(find_documents([page_id], "body")[0].content)


def about(document: DocumentNode, page_id: int) -> str:
    """The query with its root fields asked about what is there: without arguments that were made
    up, and about one page."""
    (operation,) = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    value = ArgumentNode(name=NameNode(value="id"), value=IntValueNode(value=str(page_id)))
    nodes = []
    for node in operation.selection_set.selections:
        if isinstance(node, FieldNode):
            node = replace(node, arguments=(value,) if node.name.value == "page" else ())
        nodes.append(node)
    selections = replace(operation.selection_set, selections=tuple(nodes))
    return print_ast(replace(operation, selection_set=selections))
