"""Filters: ``filter[field][operator]=literal`` as a condition on allow-listed columns.

A client's text never names an ORM path: it chooses a :class:`Column`, whose own path is used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from django.db import connection
from django.db.models import DecimalField, Q, QuerySet
from django.db.models.lookups import Exact, GreaterThan

from cms.delivery.parameters import FilterTerm
from cms.delivery.problems import Problem
from cms.delivery.query.columns import Column
from cms.delivery.query.texts import contains, starts_with
from cms.pages.visibility import visible_documents

__all__ = ["MAX_FILTERS", "MAX_VALUES", "apply_filters", "unknown_column"]

MAX_FILTERS = 20
MAX_VALUES = 100  # of one `in`

_LOOKUPS = {"lt": "lt", "lte": "lte", "gt": "gt", "gte": "gte"}


def apply_filters(
    rows: QuerySet[Any], terms: Sequence[FilterTerm], columns: Mapping[str, Column]
) -> QuerySet[Any]:
    """The rows that meet every term; raises Problem naming what is wrong and what is allowed."""
    if len(terms) > MAX_FILTERS:
        raise Problem("invalid-parameter", f"At most {MAX_FILTERS} filters.", parameter="filter")
    everything = rows
    for name, operator, literal in terms:
        column = _column(name, columns)
        parameter = f"filter[{name}][{operator}]"
        if operator not in column.operators:
            raise Problem("unknown-operator", parameter=parameter, allowed=column.operators)
        condition = _condition(column, operator, _parse(column, operator, literal, parameter))
        if column.is_many:
            # In a query of its own: a page with two of the values is still one row.
            condition = _has_any(column, condition, everything, operator)
        rows = rows.filter(condition)
    return rows


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
    return Problem(
        problem, f"{name!r} isn't one of the allowed fields.{hint}", parameter=parameter,
        allowed=allowed,
    )  # fmt: skip


def _column(name: str, columns: Mapping[str, Column]) -> Column:
    column = columns.get(name)
    if column is None or not column.operators:
        allowed = [own for own, other in columns.items() if other.operators]
        raise unknown_column("unknown-filter", name, columns, allowed, f"filter[{name}]")
    return column


def _parse(column: Column, operator: str, literal: str, parameter: str) -> Any:
    try:
        if operator == "isnull":
            if literal not in ("true", "false"):
                raise ValueError("true or false is expected")
            return literal == "true"
        if operator == "in":
            parts = literal.split(",")
            if len(parts) > MAX_VALUES:
                raise ValueError(f"at most {MAX_VALUES} values are allowed")
            return [_value(column, part) for part in parts]
        return _value(column, literal)
    except (ValueError, ArithmeticError) as error:
        text = str(error) if isinstance(error, ValueError) else "the number doesn't fit"
        raise Problem(
            "invalid-parameter", f"{text[:1].upper()}{text[1:]}.", parameter=parameter
        ) from None


def _value(column: Column, text: str) -> Any:
    value = column.kind.parse(column.source, text)
    if isinstance(column.source, DecimalField):
        column.source.get_db_prep_value(value, connection)  # raises for too many digits
    return value


def _condition(column: Column, operator: str, value: Any) -> Any:
    lookup = column.lookup
    if operator == "contains":
        return GreaterThan(contains(lookup, value), 0)
    if operator == "startswith":
        return Exact(starts_with(lookup, value), value) if value else Q()
    if operator == "isnull":
        return _is_empty(column) if value else ~_is_empty(column)
    if operator == "ne":
        return ~_is_one_of(column, [value])
    if operator in ("eq", "in"):
        return _is_one_of(column, value if operator == "in" else [value])
    return Q(**{f"{lookup}__{_LOOKUPS[operator]}": value})


def _is_one_of(column: Column, values: list[Any]) -> Q:
    condition = Q(
        **{column.lookup: values[0]} if len(values) == 1 else {f"{column.lookup}__in": values}
    )
    return condition & _target_is_visible(column) if column.is_page else condition


def _is_empty(column: Column) -> Q:
    empty = Q(**{f"{column.lookup}__isnull": True})
    if column.is_text:
        empty |= Q(**{column.lookup: ""})
    # A page that the reader may not see is delivered as null, and is null here too.
    return empty | ~_target_is_visible(column) if column.is_page else empty


def _target_is_visible(column: Column) -> Q:
    return Q(**{f"{column.lookup}__in": visible_documents().values("pk")})


def _has_any(column: Column, condition: Q, rows: QuerySet[Any], operator: str) -> Q:
    if operator == "isnull":
        return condition
    return Q(pk__in=rows.order_by().filter(condition).values("pk"))
