"""A search's filters as conditions on entries: the same allow-list and words as lists have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.db.models import TextField
from django.utils import timezone

from cms.delivery.query.columns import Column, base_columns, columns_of
from cms.delivery.query.filters import Condition, parse_filters
from cms.delivery.query.lists import page_types
from cms.delivery.search.parameters import SearchParameters, SuggestParameters
from cms.delivery.stored import disabled_plugins
from cms.pages.kinds.text import TextKind
from cms.pages.scope import Scope, current_scope
from cms.plugins.registry import ContentType, registry
from search.mapping import is_ordered, keyword_field, number_field
from search.nodes import Both, Either, Node, Range, Term, Terms
from search.values import number_of

__all__ = ["always", "chosen_types", "facet_names", "filters_of", "search_columns"]

_ENVELOPE = ("type", "locale", "path", "published_at", "updated_at")
_VALUES = frozenset({"eq", "ne", "in"})
_SIZES = _VALUES | {"lt", "lte", "gt", "gte", "isnull"}
_YEAR = Column("year", "", TextKind(), TextField(), None, frozenset({"eq", "in", "ne"}))
"""Of the date that a page goes by; a facet counts by it."""


def chosen_types(parameters: SearchParameters | SuggestParameters) -> list[ContentType]:
    """The types to look among; raises Problem ``unknown-type``."""
    return page_types(parameters.type) or registry.pages()


def filters_of(parameters: SearchParameters) -> dict[str, Node]:
    """The filters by the names that facets go by; raises Problem naming what is allowed."""
    types = chosen_types(parameters)
    found: dict[str, list[Node]] = {}
    if parameters.type is not None:
        found["type"] = [Terms("type", tuple(one.name for one in types))]
    columns = search_columns(types)
    for condition in parse_filters(parameters.filters, columns):
        found.setdefault(condition.column.name, []).append(_node(condition))
    return {name: _all(nodes) for name, nodes in found.items()}


def facet_names(types: Sequence[ContentType]) -> list[str]:
    """The fields of these types that can be counted by value."""
    columns = search_columns(types)
    own = ("year", *_ENVELOPE)
    return [name for name, one in columns.items() if name not in own and not is_ordered(one.kind)]


def always(within: str | None) -> Node:
    """What every hit of the reader at hand meets beside filters: place, scope, time, types."""
    filters: list[Node] = []
    if within is not None:
        filters.append(Term("within", within if within.endswith("/") else f"{within}/"))
    if (scope := current_scope()).is_limited:
        filters.append(_in_scope(scope))
    over = Range(number_field("expires_at"), lte=timezone.now().timestamp())
    without: list[Node] = [over]
    if disabled_plugins():
        pages = registry.pages(include_disabled=True)
        without.append(Terms("type", tuple(one.name for one in pages if not one.enabled)))
    return Both(filters=tuple(filters), without=tuple(without))


def _in_scope(scope: Scope) -> Node:
    filters: list[Node] = []
    if scope.locales:
        filters.append(Terms("locale", scope.locales))
    if scope.sections is not None:
        places = [
            Both(filters=(Term("locale", one.locale), Either((Term("within", one.path),
                                                              Term("path", one.path)))))
            for one in scope.sections if one.path
        ]  # fmt: skip
        filters.append(Either(tuple(places)))
    return Both(filters=tuple(filters))


def search_columns(types: Sequence[ContentType]) -> Mapping[str, Column]:
    """What these types are filtered by; a name that means different kinds of value is left out.

    Unlike a list, search takes fields that only some of the types have: a facet counts them.
    """
    return _columns(tuple(one.name for one in types))


@lru_cache(maxsize=100)
def _columns(types: tuple[str, ...]) -> Mapping[str, Column]:
    found: dict[str, Column] = {"year": _YEAR}
    for name in _ENVELOPE:
        column = base_columns("")[name]
        found[name] = _searchable(column)
    unclear: set[str] = set()
    for one in types:
        for name, column in columns_of([registry.get(one)]).items():
            if name in (_YEAR.name, *base_columns("")) or not column.operators:
                continue
            if name in found and type(found[name].kind) is not type(column.kind):
                unclear.add(name)
            found.setdefault(name, _searchable(column))
    return {name: column for name, column in found.items() if name not in unclear}


def _searchable(column: Column) -> Column:
    """The column with the operators that an engine has for its values."""
    allowed = _SIZES if is_ordered(column.kind) else _VALUES
    return replace(column, operators=column.operators & allowed)


def _node(condition: Condition) -> Node:
    column, operator = condition.column, condition.operator
    if is_ordered(column.kind):
        return _number_node(number_field(column.name), operator, condition.values)
    field = column.name if column.name in (*_ENVELOPE, "year") else keyword_field(column.name)
    texts = tuple(_text(value) for value in condition.values)
    node: Node = Term(field, texts[0]) if len(texts) == 1 else Terms(field, texts)
    return Both(without=(node,)) if operator == "ne" else node


def _number_node(field: str, operator: str, values: Sequence[Any]) -> Node:
    if operator == "isnull":
        any_value = Range(field, gte=float("-1e18"))
        return Both(without=(any_value,)) if values[0] else any_value
    numbers = [number_of(value) for value in values]
    if operator in ("lt", "lte", "gt", "gte"):
        return Range(field, **{operator: numbers[0]})
    equal = Either(tuple(Range(field, gte=number, lte=number) for number in numbers))
    return Both(without=(equal,)) if operator == "ne" else equal


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _all(nodes: Iterable[Node]) -> Node:
    nodes = tuple(nodes)
    return nodes[0] if len(nodes) == 1 else Both(filters=nodes)
