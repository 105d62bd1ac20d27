"""Filters and sort keys of lists as GraphQL inputs, made from the columns that REST allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BigIntegerField

from cms.delivery.graphql.types import declare
from cms.delivery.graphql.types.names import Names, camel, constant
from cms.delivery.graphql.types.scalars import JSON, scalar_for
from cms.delivery.parameters import FilterTerm
from cms.delivery.problems import Problem
from cms.delivery.query.columns import Column
from cms.pages.kinds import Definitions

__all__ = ["Inputs", "ListInput"]

type Columns = Mapping[str, Column]

_OPERATORS = ("eq", "ne", "in", "lt", "lte", "gt", "gte", "contains", "startswith", "isnull")
_MEANINGS: dict[str, str] = {
    "ne": "Any other value, or none.",
    "in": "One of up to 100 values.",
    "contains": "Capitals and tone marks are told apart.",
    "startswith": "Capitals and tone marks are told apart.",
    "isnull": "Whether it has no value.",
}


@dataclass(frozen=True, slots=True)
class ListInput:
    """What a list of some types takes; ``columns`` has the column of each field's GraphQL name."""

    filter: type
    sort: Any
    columns: dict[str, str]

    def terms(self, given: Mapping[str, Any] | None) -> Iterator[FilterTerm]:
        """REST's filters for a value of the input; raises Problem for what those can't say."""
        for name, operators in (given or {}).items():
            for operator, value in (operators or {}).items():
                place = f"filter.{name}.{operator}"
                yield self.columns[name], operator, _literal(value, place)


@dataclass(slots=True)
class Inputs:
    """The inputs of one schema."""

    names: Names
    _comparisons: dict[tuple[Any, ...], type] = field(default_factory=dict)

    def of(self, name: str, columns: Columns) -> ListInput:
        """The inputs of the list called ``name`` (``Article``), which has these columns."""
        filters, own = [], {}
        names = Names()
        for column in columns.values():
            if column.operators:
                claimed = names.claim(camel(column.name))
                own[claimed] = column.name
                filters.append(declare.input_field(claimed, self._comparison(column)))
        made = declare.declare_type(
            self.names.claim(f"{name}Filter"), "Every field must hold.", is_input=True
        )
        declare.set_fields(made, filters)
        keys = {
            f"{constant(column.name)}_{direction}": f"{sign}{column.name}"
            for column in columns.values()
            if column.order
            for sign, direction in (("", "ASC"), ("-", "DESC"))
        }
        return ListInput(made, declare.declare_enum(self.names.claim(f"{name}Sort"), keys), own)

    def _comparison(self, column: Column) -> type:
        """The operators of a column: one input type for all columns that compare alike."""
        scalar = _scalar_of(column)
        operators = tuple(one for one in _OPERATORS if one in column.operators)
        key = (scalar, operators)
        if key not in self._comparisons:
            made = declare.declare_type(self.names.claim(_comparison_name(*key)), is_input=True)
            self._comparisons[key] = made
            types = {"in": declare.many(scalar), "isnull": bool}
            declare.set_fields(
                made,
                [
                    declare.input_field(one, types.get(one, scalar), _MEANINGS.get(one))
                    for one in operators
                ],
            )
        return self._comparisons[key]


def _comparison_name(scalar: Any, operators: tuple[str, ...]) -> str:
    """``NullableDateOrderComparison``: what is compared, and how far beyond being the same."""
    kind = getattr(scalar, "__name__", "JSON")
    kind = {"str": "String", "int": "Int", "bool": "Boolean", "float": "Float"}.get(kind, kind)
    nullable = "Nullable" if "isnull" in operators else ""
    many = "" if "ne" in operators else "List"
    order = "Order" if "lte" in operators else ""
    text = "Text" if "contains" in operators else ""
    return f"{nullable}{kind}{many}{order}{text}Comparison"


def _scalar_of(column: Column) -> Any:
    """What a value of the column is compared with: a reference by its key or its id."""
    if column.name == "id":
        return int
    if column.is_page or (column.source is not None and column.source.is_relation):
        return int if isinstance(column.field, BigIntegerField) else str
    schema = column.kind.schema(column.source, Definitions())
    if isinstance(schema.get("type"), list):
        schema = {**schema, "type": next(one for one in schema["type"] if one != "null")}
    return scalar_for(schema) or JSON


def _literal(value: Any, place: str) -> str:
    if value is None:
        raise Problem("invalid-parameter", "null is asked for with isnull: true.", parameter=place)
    if not isinstance(value, list):
        return _text(value)
    parts = [_text(one) for one in value if one is not None]
    if not parts or len(parts) < len(value):
        raise Problem("invalid-parameter", "At least one value, and no null.", parameter=place)
    if any("," in part for part in parts):
        raise Problem("invalid-parameter", "A value can't have a comma.", parameter=place)
    return ",".join(parts)


def _text(value: Any) -> str:
    """A value as it is written in a query string."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value)
