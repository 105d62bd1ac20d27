"""Plans: which keys an object of the answer has, and how each is read. Made once per selection."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from graphql import GraphQLIncludeDirective, GraphQLSkipDirective, get_argument_values
from graphql.execution.values import VariableValues, get_directive_values
from graphql.language import (
    FieldNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    SelectionSetNode,
)
from graphql.type import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
)

from cms.delivery.graphql.documents import Document
from cms.delivery.graphql.types.readers import JsonLdReader, Reader, RootReader, reader_of
from cms.delivery.problems import Problem

__all__ = ["Plans", "Step"]

MAX_TEXT = 2_000  # characters of one argument, as in a query string

type Selections = tuple[SelectionSetNode, ...]


class Step(NamedTuple):
    """One key of an object in the answer.

    ``read`` takes the object's JSON. ``lists`` is how many lists are around the value; ``kind``
    what it is: ``leaf``, ``object`` (``type_name``), ``union`` (``members``), ``page``, or
    ``json_ld``, which is made when all pages are loaded.
    """

    key: str
    read: Callable[[Any], Any]
    kind: str
    type_name: str
    lists: int
    nullable: bool
    selections: Selections
    node: FieldNode
    field: GraphQLField | None
    keys: frozenset[str] = frozenset()
    """What of the object's JSON is read."""


@dataclass(slots=True)
class Plans:
    """The plans of one document with one set of variables."""

    document: Document
    variables: VariableValues
    _steps: dict[tuple[Any, ...], tuple[Step, ...]]
    _fits: dict[tuple[Any, ...], bool]

    @classmethod
    def of(cls, document: Document, variables: VariableValues) -> Plans:
        """The plans of a document without variables are kept with it."""
        if document.operation.variable_definitions:
            return cls(document, variables, {}, {})
        known = document.plans
        return cls(document, variables, known.setdefault("steps", {}), known.setdefault("fits", {}))

    def steps(self, type_name: str, selections: Selections) -> tuple[Step, ...]:
        """What is selected of an object of the type, equal keys merged, in order."""
        place = (type_name, *map(id, selections))
        steps = self._steps.get(place)
        if steps is None:
            type_ = self.document.schema.graphql.type_map[type_name]
            nodes: dict[str, list[FieldNode]] = {}
            for one in selections:
                self._collect(type_, one, nodes, set())
            steps = tuple(self._step(type_, key, found) for key, found in nodes.items())
            self._steps[place] = steps
        return steps

    def fits_card(self, type_name: str, selections: Selections) -> bool:
        """Whether a page's card has all that is selected, whichever type the page is of."""
        place = (type_name, *map(id, selections))
        fits = self._fits.get(place)
        if fits is None:
            card_keys = self.document.schema.card_keys
            types = card_keys if type_name == "Page" else [type_name]
            fits = all(self.has_all(one, selections, card_keys[one]) for one in types)
            self._fits[place] = fits
        return fits

    def has_all(self, type_name: str, selections: Selections, keys: frozenset[str]) -> bool:
        """Whether these keys are all that is read of an object of the type."""
        return all(step.keys <= keys for step in self.steps(type_name, selections))

    # --- Collecting -------------------------------------------------------------------------------

    def _collect(
        self,
        type_: GraphQLNamedType,
        selections: SelectionSetNode,
        nodes: dict[str, list[FieldNode]],
        seen: set[str],
    ) -> None:
        for one in selections.selections:
            if not self._is_included(one):
                continue
            if isinstance(one, FieldNode):
                nodes.setdefault((one.alias or one.name).value, []).append(one)
            elif isinstance(one, InlineFragmentNode):
                condition = one.type_condition
                if condition is None or self._applies(type_, condition.name.value):
                    self._collect(type_, one.selection_set, nodes, seen)
            elif isinstance(one, FragmentSpreadNode) and one.name.value not in seen:
                seen.add(one.name.value)
                fragment = self.document.fragments[one.name.value]
                if self._applies(type_, fragment.type_condition.name.value):
                    self._collect(type_, fragment.selection_set, nodes, seen)

    def _is_included(self, node: Any) -> bool:
        if not node.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not (skip and skip["if"]) and not (include and not include["if"])

    def _applies(self, type_: GraphQLNamedType, condition: str) -> bool:
        if type_.name == condition:
            return True
        schema = self.document.schema.graphql
        abstract = schema.type_map[condition]
        return isinstance(abstract, GraphQLInterfaceType | GraphQLUnionType) and schema.is_sub_type(
            abstract, type_
        )

    def _step(self, type_: GraphQLNamedType, key: str, nodes: list[FieldNode]) -> Step:
        node = nodes[0]
        name = node.name.value
        if name == "__typename":
            own = type_.name
            return Step(key, lambda source: own, "leaf", "String", 0, False, (), node, None)
        fields = type_.fields if isinstance(type_, GraphQLObjectType) else {}
        field = fields.get(name)
        if field is None:  # __schema and __type
            return Step(key, _nothing, "introspection", "", 0, True, (), node, None)
        kind, type_name, lists, nullable = _shape(field.type)
        reader = reader_of(field)
        selections = tuple(one.selection_set for one in nodes if one.selection_set is not None)
        read: Callable[[Any], Any] = _nothing
        keys = frozenset[str]()
        if isinstance(reader, Reader):
            read = self._read(reader, field, node)
            keys = frozenset({reader.within or reader.key})
        elif isinstance(reader, JsonLdReader):
            kind, read, keys = "json_ld", _whole, frozenset({reader.key})
        return Step(key, read, kind, type_name, lists, nullable, selections, node, field, keys)

    def _read(self, reader: Reader, field: GraphQLField, node: FieldNode) -> Callable[[Any], Any]:
        key, within = reader.key, reader.within
        plain = partial(_read_within, within, key) if within else partial(_read_key, key)
        if reader.convert is None:
            return plain
        convert, arguments = reader.convert, self.arguments(field, node)
        return lambda source: convert(plain(source), arguments)

    def arguments(self, field: GraphQLField, node: FieldNode) -> Mapping[str, Any]:
        """The arguments' values, texts in NFC; raises Problem for what no database takes."""
        values = get_argument_values(field, node, self.variables)
        return {name: _clean(value, name) for name, value in values.items()}


def _read_key(key: str, source: Any) -> Any:
    return source.get(key)


def _read_within(within: str, key: str, source: Any) -> Any:
    inner = source.get(within)
    return None if inner is None else inner.get(key)


def _whole(source: Any) -> Any:
    return source


def _nothing(source: Any) -> Any:
    return None


def _shape(type_: Any) -> tuple[str, str, int, bool]:
    """Kind, name, number of lists, and whether the whole may be null."""
    nullable, lists = not isinstance(type_, GraphQLNonNull), 0
    while isinstance(type_, GraphQLNonNull | GraphQLList):
        lists += isinstance(type_, GraphQLList)
        type_ = type_.of_type
    return _kind(type_), type_.name, lists, nullable


def _kind(type_: GraphQLNamedType) -> str:
    if isinstance(type_, GraphQLUnionType):
        return "union"
    if isinstance(type_, GraphQLInterfaceType):
        return "page"
    if not isinstance(type_, GraphQLObjectType):
        return "leaf"
    return "page" if any(one.name == "Page" for one in type_.interfaces) else "object"


def _clean(value: Any, place: str) -> Any:
    if isinstance(value, str):
        if "\x00" in value:
            raise Problem("invalid-parameter", "The text has a NUL character.", parameter=place)
        if len(value) > MAX_TEXT:
            detail = f"The value is longer than {MAX_TEXT} characters."
            raise Problem("invalid-parameter", detail, parameter=place)
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_clean(one, place) for one in value]
    if isinstance(value, dict):
        return {name: _clean(one, f"{place}.{name}") for name, one in value.items()}
    return value


def roots(plans: Plans) -> Iterator[tuple[Step, RootReader | None]]:
    """The steps of the query itself, each with its reader; None for introspection."""
    selections = (plans.document.operation.selection_set,)
    for step in plans.steps("Query", selections):
        reader = reader_of(step.field) if step.field is not None else None
        yield step, reader if isinstance(reader, RootReader) else None
