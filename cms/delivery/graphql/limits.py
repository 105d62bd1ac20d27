"""What a document may ask for: counted on its syntax alone, before anything else looks at it.

Every count is taken after fragments are expanded, though none is: a fragment's counts are worked
out once, in the order in which fragments use each other, so that it takes linear time however often
they are spread. A circle of fragments has no such order, and is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from graphql.language import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)

from cms.delivery.graphql.errors import Refused

__all__ = ["Counts", "check_limits"]

MAX_LENGTH = 20_000  # characters
MAX_TOKENS = 2_000
MAX_COMMENTS = 100
MAX_DEPTH = 16
MAX_FIELDS = 1_500
MAX_ROOT_FIELDS = 10
MAX_ALIASES = 60
MAX_DIRECTIVES = 30
MAX_FRAGMENTS = 50
MAX_VARIABLES = 50
MAX_COMPARISONS = 100_000
"""Pairs of fields with one name that validation has to compare: its only step that isn't linear."""


@dataclass(slots=True)
class Counts:
    """What is in a definition, or would be if its fragments were expanded."""

    depth: int = 0
    fields: int = 0
    roots: int = 0
    aliases: int = 0
    directives: int = 0
    spreads: list[tuple[str, int]] = field(default_factory=list)
    """The fragments that are spread, each with the depth at which it is."""

    def add(self, other: Counts, depth: int) -> None:
        """Adds a fragment's counts, spread at the depth (0 is the definition's own level)."""
        self.depth = max(self.depth, depth + other.depth)
        self.fields += other.fields
        self.aliases += other.aliases
        self.directives += other.directives
        if depth == 0:
            self.roots += other.roots


def check_limits(document: DocumentNode, *, introspection: bool) -> OperationDefinitionNode:
    """The document's one query; raises Refused for anything else and for what goes too far."""
    operation, fragments = _definitions(document)
    own = {name: _count(one.selection_set, introspection) for name, one in fragments.items()}
    totals: dict[str, Counts] = {}
    for name in _in_order({name: counts.spreads for name, counts in own.items()}):
        totals[name] = _expanded(own[name], totals)
        _check(totals[name])
    counts = _expanded(_count(operation.selection_set, introspection), totals)
    _check(counts)
    _limit("root fields", counts.roots, MAX_ROOT_FIELDS)
    sets = [one.selection_set for one in (operation, *fragments.values())]
    comparisons = _Comparisons(fragments, {name: one.fields for name, one in totals.items()})
    _limit("fields with one name", sum(map(comparisons.of, sets)), MAX_COMPARISONS)
    return operation


def _definitions(
    document: DocumentNode,
) -> tuple[OperationDefinitionNode, dict[str, FragmentDefinitionNode]]:
    operations: list[OperationDefinitionNode] = []
    fragments: dict[str, FragmentDefinitionNode] = {}
    for one in document.definitions:
        if isinstance(one, OperationDefinitionNode):
            operations.append(one)
        elif isinstance(one, FragmentDefinitionNode):
            name = one.name.value
            if name in fragments:
                raise Refused("INVALID_DOCUMENT", f"The fragment {name!r} is defined twice.")
            _check_name(name)
            fragments[name] = one
        else:
            raise Refused("INVALID_DOCUMENT", "A request defines no types.")
    if len(operations) != 1:
        raise Refused("INVALID_DOCUMENT", "A request has exactly one operation.")
    operation = operations[0]
    if operation.operation is not OperationType.QUERY:
        raise Refused("INVALID_DOCUMENT", "Content is only read: queries alone are taken.")
    if operation.name is not None:
        _check_name(operation.name.value)
    if operation.directives:
        raise Refused("INVALID_DOCUMENT", "An operation takes no directives.")
    _limit("fragments", len(fragments), MAX_FRAGMENTS)
    _limit("variables", len(operation.variable_definitions or ()), MAX_VARIABLES)
    return operation, fragments


def _count(selections: SelectionSetNode, introspection: bool) -> Counts:
    """What stands in the definition itself; fragments that are spread are noted, not entered."""
    counts = Counts()
    waiting = [(selections, 0)]
    while waiting:
        current, depth = waiting.pop()
        for one in current.selections:
            counts.directives += len(one.directives or ())
            counts.fields += 1  # fragments too: an empty one costs no less to enter
            if isinstance(one, FragmentSpreadNode):
                counts.spreads.append((one.name.value, depth))
            elif isinstance(one, InlineFragmentNode):
                waiting.append((one.selection_set, depth))
            elif isinstance(one, FieldNode):
                _count_field(one, depth, counts, introspection)
                if one.selection_set is not None:
                    waiting.append((one.selection_set, depth + 1))
    return counts


def _count_field(node: FieldNode, depth: int, counts: Counts, introspection: bool) -> None:
    counts.depth = max(counts.depth, depth + 1)
    counts.roots += depth == 0
    if node.alias is not None:
        counts.aliases += 1
        _check_name(node.alias.value)
    if node.name.value in ("__schema", "__type") and not introspection:
        raise Refused("INTROSPECTION_OFF", "Introspection is off; see schema.graphql.")


def _in_order(spreads: dict[str, list[tuple[str, int]]]) -> Iterator[str]:
    """The fragments, each after those that it uses."""
    uses = {name: {used for used, _ in one} & spreads.keys() for name, one in spreads.items()}
    try:
        return iter(tuple(TopologicalSorter(uses).static_order()))
    except CycleError:
        raise Refused("INVALID_DOCUMENT", "Fragments use each other in a circle.") from None


def _expanded(own: Counts, totals: dict[str, Counts]) -> Counts:
    whole = Counts(own.depth, own.fields, own.roots, own.aliases, own.directives)
    for name, depth in own.spreads:
        if name not in totals:
            raise Refused("INVALID_DOCUMENT", f"There is no fragment {name!r}.")
        whole.add(totals[name], depth)
    return whole


class _Comparisons:
    """Bounds how many pairs of fields validation compares (its rule about overlapping fields)."""

    def __init__(self, fragments: dict[str, FragmentDefinitionNode], sizes: dict[str, int]) -> None:
        self._fragments = fragments
        self._sizes = sizes
        self._known: dict[int, int] = {}

    def of(self, selections: SelectionSetNode) -> int:
        """Pairs in this selection set and in those below it."""
        total = 0
        waiting = [selections]
        while waiting:
            current = waiting.pop()
            sizes: dict[str, list[int]] = defaultdict(list)
            for node in self._fields(current):
                key = (node.alias or node.name).value
                sizes[key].append(1 + self._size(node.selection_set))
            waiting.extend(_below(current))
            for found in sizes.values():
                if len(found) > 1:
                    total += (sum(found) ** 2 - sum(size * size for size in found)) // 2
        return total

    def _fields(self, selections: SelectionSetNode) -> Iterator[FieldNode]:
        """The fields of one level, those of fragments too, each fragment once."""
        waiting, seen = [selections], set()
        while waiting:
            for one in waiting.pop().selections:
                if isinstance(one, FieldNode):
                    yield one
                elif isinstance(one, InlineFragmentNode):
                    waiting.append(one.selection_set)
                elif isinstance(one, FragmentSpreadNode) and one.name.value not in seen:
                    seen.add(one.name.value)
                    waiting.append(self._fragments[one.name.value].selection_set)

    def _size(self, selections: SelectionSetNode | None) -> int:
        """How many fields a selection set has with all below it."""
        if selections is None:
            return 0
        if id(selections) not in self._known:
            size = 0
            for one in selections.selections:
                if isinstance(one, FragmentSpreadNode):
                    size += self._sizes[one.name.value]
                elif isinstance(one, InlineFragmentNode):
                    size += self._size(one.selection_set)
                elif isinstance(one, FieldNode):
                    size += 1 + self._size(one.selection_set)
            self._known[id(selections)] = size
        return self._known[id(selections)]


def _below(selections: SelectionSetNode) -> Iterator[SelectionSetNode]:
    """The selection sets of the fields of one level, without entering fragments."""
    waiting = [selections]
    while waiting:
        for one in waiting.pop().selections:
            if isinstance(one, InlineFragmentNode):
                waiting.append(one.selection_set)
            elif isinstance(one, FieldNode) and one.selection_set is not None:
                yield one.selection_set


def _check(counts: Counts) -> None:
    _limit("depth", counts.depth, MAX_DEPTH)
    _limit("fields", counts.fields, MAX_FIELDS)
    _limit("aliases", counts.aliases, MAX_ALIASES)
    _limit("directives", counts.directives, MAX_DIRECTIVES)


def _limit(what: str, count: int, most: int) -> None:
    if count > most:
        raise Refused("LIMIT_EXCEEDED", f"Too much: {what}.", limit=most, found=count)


def _check_name(name: str) -> None:
    if name.startswith("__"):
        raise Refused("INVALID_DOCUMENT", "Names that begin with __ are GraphQL's own.")
