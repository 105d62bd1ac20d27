"""Prepared queries: a queryset is compiled once, and run many times with other values.

Compiling a queryset costs Django more than ten times what SQLite needs to run it. A value that
differs from request to request is a :class:`Slot`; what a query looks like otherwise is its shape,
by which the compiled SQL is kept. The querysets themselves still come from the gate (ADR 11).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, QuerySet

from cms.pages.scope import current_scope

__all__ = ["Prepared", "Slot", "prepared", "prepared_count"]

MAX_SHAPES = 1_000
"""Compiled queries that are kept; a client that tries many shapes drives out the oldest."""


class Slot(Expression):
    """The place of a value in a query.

    ``adapt`` False binds the value as it is: one that came from the database itself.
    """

    def __init__(self, name: str, output_field: Field[Any, Any], adapt: bool = True) -> None:
        super().__init__(output_field=output_field)
        self.name = name
        self.adapt = adapt

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """A placeholder, whose parameter stands for the value."""
        return "%s", [_Place(self.name, self.output_field if self.adapt else None)]


class _Place:
    """A parameter that a run replaces."""

    __slots__ = ("field", "name")

    def __init__(self, name: str, field: Field[Any, Any] | None) -> None:
        self.name = name
        self.field = field

    def bind(self, values: Mapping[str, Any]) -> Any:
        value = values[self.name]
        return value if self.field is None else self.field.get_db_prep_value(value, connection)


class Prepared:
    """A compiled query; its rows are tuples of the selected columns."""

    def __init__(self, queryset: QuerySet[Any], *, count: bool = False) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        self._sql = f"SELECT COUNT(*) FROM ({sql}) AS counted" if count else str(sql)  # noqa: S608 - Django's own SQL
        self._params = tuple(params)
        selected = [] if count else [column for column, _, _ in compiler.select]
        self._converters = [
            (index, functions, expression)
            for index, (functions, expression) in compiler.get_converters(selected).items()
        ]

    def raw(self, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows as the database gives them; ``values`` is bound to the slots by name."""
        bound = [one.bind(values) if type(one) is _Place else one for one in self._params]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, bound)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def rows(self, values: Mapping[str, Any]) -> list[list[Any]]:
        """The rows with Python's types, as the queryset would give them."""
        rows = [list(row) for row in self.raw(values)]
        for index, functions, expression in self._converters:
            for row in rows:
                for function in functions:
                    row[index] = function(row[index], expression, connection)
        return rows


type _Build = Callable[[], QuerySet[Any]]


def prepared(shape: Hashable, build: _Build) -> Prepared:
    """The compiled query of a shape; ``build`` makes its queryset the first time.

    ``shape`` holds all that the queryset depends on but the slots' values and the reader's scope,
    which is part of every key here.
    """
    return _prepared(_Shape((connection.vendor, current_scope(), shape), build), False)


def prepared_count(shape: Hashable, build: _Build) -> Prepared:
    """The same for how many rows there are: one row with one number."""
    return _prepared(_Shape((connection.vendor, current_scope(), shape), build), True)


class _Shape:
    """A key of the cache that brings along how to build what is missing."""

    __slots__ = ("build", "key")

    def __init__(self, key: Hashable, build: _Build) -> None:
        self.key = key
        self.build = build

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shape) and self.key == other.key


@lru_cache(maxsize=MAX_SHAPES)
def _prepared(shape: _Shape, count: bool) -> Prepared:
    return Prepared(shape.build(), count=count)
