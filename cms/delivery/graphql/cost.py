"""What a document costs: its fields times the sizes of the lists that they stand in.

A field counts 1; JSON, JSON-LD and a tree of rich text 10. A connection counts its ``first`` times.
How many pages a document points to is not known beforehand: pages in a list inside it count ten
times, so that lists of references in lists of references are dear.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError, get_argument_values, get_named_type, is_list_type
from graphql.execution.values import VariableValues
from graphql.language import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)
from graphql.type import GraphQLField, GraphQLNonNull

from cms.delivery.graphql.types.readers import JsonLdReader, RootReader, reader_of
from cms.delivery.graphql.types.schema import Schema

__all__ = ["Weights", "weigh"]

_DEAR = 10
_ASSUMED = 10
_LARGEST = 100


@dataclass(frozen=True, slots=True)
class Weights:
    """The costs of the root fields: those that are known, and those per item of a list."""

    fixed: int
    lists: tuple[tuple[GraphQLField, FieldNode, int], ...]

    def cost(self, variables: VariableValues) -> int:
        """The cost with these variables."""
        return self.fixed + sum(
            _first(field, node, variables) * weight for field, node, weight in self.lists
        )


def _first(field: GraphQLField, node: FieldNode, variables: VariableValues) -> int:
    try:
        first = get_argument_values(field, node, variables).get("first", _LARGEST)
    except GraphQLError:  # told when the field is read
        return _LARGEST
    return min(max(int(first), 1), _LARGEST)


def weigh(
    schema: Schema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
) -> Weights:
    """The weights of a document that is valid."""
    return _Scale(schema, fragments).root(operation.selection_set)


class _Scale:
    def __init__(self, schema: Schema, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._schema = schema
        self._fragments = fragments
        self._pages = {"Page", *schema.card_keys}
        self._known: dict[tuple[str, bool], int] = {}

    def root(self, selections: SelectionSetNode) -> Weights:
        fixed, lists = 0, []
        query = self._schema.graphql.query_type
        fields: Mapping[str, GraphQLField] = query.fields if query is not None else {}
        for node in self._root_nodes(selections):
            field = fields.get(node.name.value)
            if field is None:
                fixed += self._plain(node.selection_set)
                continue
            weight = self._selections(get_named_type(field.type), node.selection_set, False)
            reader = reader_of(field)
            if isinstance(reader, RootReader) and reader.is_list:
                fixed += 1
                lists.append((field, node, weight))
            else:
                fixed += 1 + weight
        return Weights(fixed, tuple(lists))

    def _root_nodes(self, selections: SelectionSetNode) -> list[FieldNode]:
        found: list[FieldNode] = []
        for one in selections.selections:
            if isinstance(one, FieldNode):
                found.append(one)
            elif isinstance(one, InlineFragmentNode):
                found += self._root_nodes(one.selection_set)
            elif isinstance(one, FragmentSpreadNode):
                found += self._root_nodes(self._fragments[one.name.value].selection_set)
        return found

    def _plain(self, selections: SelectionSetNode | None) -> int:
        """Introspection, whose depth has a limit of its own: each field once."""
        if selections is None:
            return 1
        total = 1
        for one in selections.selections:
            if isinstance(one, FragmentSpreadNode):
                total += self._plain(self._fragments[one.name.value].selection_set)
            elif isinstance(one, FieldNode | InlineFragmentNode):
                total += self._plain(one.selection_set)
        return total

    def _selections(self, type_: Any, selections: SelectionSetNode | None, in_list: bool) -> int:
        """``in_list``: whether a list stands between here and the page around it."""
        total = 0
        for one in selections.selections if selections is not None else ():
            if isinstance(one, FragmentSpreadNode):
                total += self._fragment(one.name.value, in_list)
            elif isinstance(one, InlineFragmentNode):
                own = one.type_condition
                inner = type_ if own is None else self._type(own.name.value)
                total += self._selections(inner, one.selection_set, in_list)
            elif isinstance(one, FieldNode):
                total += self._field(type_, one, in_list)
        return total

    def _fragment(self, name: str, in_list: bool) -> int:
        key = (name, in_list)
        if key not in self._known:
            fragment = self._fragments[name]
            type_ = self._type(fragment.type_condition.name.value)
            self._known[key] = self._selections(type_, fragment.selection_set, in_list)
        return self._known[key]

    def _type(self, name: str) -> Any:
        return self._schema.graphql.type_map[name]

    def _field(self, type_: Any, node: FieldNode, in_list: bool) -> int:
        field: GraphQLField | None = getattr(type_, "fields", {}).get(node.name.value)
        if field is None:  # __typename
            return 1
        named = get_named_type(field.type)
        if node.selection_set is None:
            is_dear = named.name == "JSON" or isinstance(reader_of(field), JsonLdReader)
            return _DEAR if is_dear else 1
        outer = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
        if type_.name in self._schema.connections:
            return 1 + self._selections(named, node.selection_set, False)
        in_list = in_list or is_list_type(outer)
        if named.name in self._pages:
            inside = self._selections(named, node.selection_set, False)
            return (_ASSUMED if in_list else 1) * (1 + inside)
        return 1 + self._selections(named, node.selection_set, in_list)
