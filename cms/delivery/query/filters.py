"""Filters: ``filter[field][operator]=literal`` as a condition on allow-listed columns.

A client's text never names an ORM path: it chooses a :class:`Column`, whose own path is used.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import DecimalField, F, Q, QuerySet
from django.db.models.lookups import Exact, GreaterThan, In

from cms.delivery.parameters import FilterTerm
from cms.delivery.problems import Problem
from cms.delivery.query.columns import Column
from cms.delivery.query.prepared import Slot
from cms.delivery.query.texts import position
from cms.pages.visibility import visible_states

__all__ = ["MAX_FILTERS", "MAX_VALUES", "Condition", "apply_conditions", "parse_filters",
           "unknown_column"]  # fmt: skip

MAX_FILTERS = 20
MAX_VALUES = 100  # of one `in`


@dataclass(frozen=True, slots=True)
class Condition:
    """One filter, read; ``slot`` is what the names of its values' slots begin with."""

    column: Column
    operator: str
    values: tuple[Any, ...]
    slot: str

    @property
    def shape(self) -> Hashable:
        """What the condition's SQL depends on."""
        fixed = self.values if self.operator == "isnull" else len(self.values)
        return self.column.name, self.operator, fixed

    def named_values(self) -> Iterator[tuple[str, Any]]:
        """The values of the slots."""
        return ((f"{self.slot}_{i}", value) for i, value in enumerate(self.values))

    def slots(self) -> list[Slot]:
        """A slot for each value."""
        return [Slot(name, self.column.field) for name, _ in self.named_values()]


def parse_filters(
    terms: Sequence[FilterTerm], columns: Mapping[str, Column]
) -> tuple[Condition, ...]:
    """The terms as conditions; raises Problem naming what is wrong and what is allowed."""
    if len(terms) > MAX_FILTERS:
        raise Problem("invalid-parameter", f"At most {MAX_FILTERS} filters.", parameter="filter")
    conditions: list[Condition] = []
    # In one order, so that the same filters have one shape however they were written.
    for number, (name, operator, literal) in enumerate(sorted(terms)):
        column = _column(name, columns)
        parameter = f"filter[{name}][{operator}]"
        if operator not in column.operators:
            raise Problem("unknown-operator", parameter=parameter, allowed=column.operators)
        values = tuple(_parse(column, operator, literal, parameter))
        conditions.append(Condition(column, operator, values, f"filter_{number}"))
    return tuple(conditions)


def unknown_column(
    problem: Literal["unknown-filter", "unknown-sort-key"],
    name: str,
    columns: Mapping[str, Column],
    allowed: list[str],
    parameter: str,
) -> Problem:
    """The problem of a field that isn't on the allow-list."""
    one_type = "document" in next(iter(columns.values())).lookup
    hint = "" if one_type else " Fields of one type need that type alone in `type`."
    detail = f"{name!r} isn't one of the allowed fields.{hint}"
    return Problem(problem, detail, parameter=parameter, allowed=allowed)


def _column(name: str, columns: Mapping[str, Column]) -> Column:
    column = columns.get(name)
    if column is None or not column.operators:
        allowed = [own for own, other in columns.items() if other.operators]
        raise unknown_column("unknown-filter", name, columns, allowed, f"filter[{name}]")
    return column


def _parse(column: Column, operator: str, literal: str, parameter: str) -> list[Any]:
    try:
        if operator == "isnull":
            if literal not in ("true", "false"):
                raise ValueError("true or false is expected")
            return [literal == "true"]
        parts = literal.split(",") if operator == "in" else [literal]
        if len(parts) > MAX_VALUES:
            raise ValueError(f"at most {MAX_VALUES} values are allowed")
        return list(dict.fromkeys(_value(column, part) for part in parts))
    except (ValueError, ArithmeticError) as error:
        text = str(error) if isinstance(error, ValueError) else "the number doesn't fit"
        raise Problem(
            "invalid-parameter", f"{text[:1].upper()}{text[1:]}.", parameter=parameter
        ) from None


def _value(column: Column, text: str) -> Any:
    """The literal's value, if the column can be compared with it."""
    value = column.kind.parse(column.source, text)
    if isinstance(column.field, DecimalField):
        column.field.get_db_prep_value(value, connection)  # raises for too many digits
    limits = BaseDatabaseOperations.integer_field_ranges.get(column.field.get_internal_type())
    if limits is not None and isinstance(value, int) and not limits[0] <= value <= limits[1]:
        raise ValueError(f"a number from {limits[0]} to {limits[1]} is expected")
    return value


def apply_conditions(
    rows: QuerySet[Any], conditions: Iterable[Condition], visible_ids: QuerySet[Any]
) -> QuerySet[Any]:
    """The rows that meet every condition; ``visible_ids`` are the pages that may be seen."""
    everything = rows
    for condition in conditions:
        if condition.column.of_translation:
            rows = rows.filter(_of_translation(condition, visible_ids))
            continue
        q = _q(condition, visible_ids)
        if condition.column.is_many and condition.operator != "isnull":
            # In a query of its own: a page with two of the values is still one row.
            q = Q(pk__in=everything.order_by().filter(q).values("pk"))
        rows = rows.filter(q)
    return rows


def _of_translation(condition: Condition, visible_ids: QuerySet[Any]) -> Q:
    """The rows whose state as a translation meets the condition.

    A page that is no translation, or of a source out of the reader's sight, has none of the values.
    """
    states = visible_states(visible_ids)
    if condition.operator == "isnull":
        negated = condition.values[0]
        states = states.filter(**{f"{condition.column.lookup}__isnull": False})
    else:
        negated = condition.operator == "ne"
        positive = replace(condition, operator="eq") if negated else condition
        states = states.filter(_q(positive, visible_ids))
    met = Q(pk__in=states.values("translation_id"))
    return ~met if negated else met


def _q(condition: Condition, visible_ids: QuerySet[Any]) -> Any:
    column, operator, slots = condition.column, condition.operator, condition.slots()
    lookup = column.lookup
    if operator == "contains":
        return GreaterThan(position(lookup, slots[0]), 0)
    if operator == "startswith":
        return Exact(position(lookup, slots[0]), 1)
    if operator == "isnull":
        empty = _is_empty(column, visible_ids)
        return empty if condition.values[0] else ~empty
    if operator in ("lt", "lte", "gt", "gte"):
        return Q(**{f"{lookup}__{operator}": slots[0]})
    # `__in` of a relation would take the slots for values.
    q = Q(**{lookup: slots[0]}) if len(slots) == 1 else Q(In(F(lookup), slots))
    if column.is_page:
        q &= Q(**{f"{lookup}__in": visible_ids})
    return ~q if operator == "ne" else q


def _is_empty(column: Column, visible_ids: QuerySet[Any]) -> Q:
    empty = Q(**{f"{column.lookup}__isnull": True})
    if column.is_text:
        empty |= Q(**{column.lookup: ""})
    if column.is_page:
        # A page that the reader may not see is delivered as null, and is null here too.
        empty |= ~Q(**{f"{column.lookup}__in": visible_ids})
    return empty
