"""Sort keys: ``sort=-issued_on,title``, with the id as the last, so that every order is total.

What has no value comes last in both directions.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from cms.delivery.problems import Problem
from cms.delivery.query.columns import Column
from cms.delivery.query.filters import unknown_column
from cms.delivery.query.prepared import Slot

__all__ = ["DEFAULT_SORT", "MAX_KEYS", "SortKey", "after", "parse_sort", "sort_rows"]

DEFAULT_SORT = ("-published_at",)
MAX_KEYS = 5


@dataclass(frozen=True, slots=True)
class SortKey:
    """One column in one direction; ``alias`` is the name of its value in the sorted rows."""

    column: Column
    descending: bool
    alias: str

    @property
    def shape(self) -> Hashable:
        """What the key's SQL depends on."""
        return self.column.name, self.descending

    @property
    def slot(self) -> Slot:
        """The place of a cursor's value, which came from the database itself."""
        return Slot(self.alias, self.column.field, adapt=False)


def parse_sort(names: Sequence[str] | None, columns: Mapping[str, Column]) -> list[SortKey]:
    """The keys that ``sort`` names, ended by the id; raises Problem."""
    keys: list[SortKey] = []
    for written in [*(names or DEFAULT_SORT), "id"]:
        name = written.removeprefix("-")
        column = columns.get(name)
        if column is None or not column.order:
            allowed = [own for own, other in columns.items() if other.order]
            raise unknown_column("unknown-sort-key", name, columns, allowed, "sort")
        if any(key.column is column for key in keys):
            raise Problem("invalid-parameter", "Each sort key is given once.", parameter="sort")
        keys.append(SortKey(column, written.startswith("-"), f"sort_{len(keys)}"))
        if name == "id":
            break  # ids are unique: nothing after them makes a difference
    if len(keys) > MAX_KEYS + 1:
        raise Problem("invalid-parameter", f"At most {MAX_KEYS} sort keys.", parameter="sort")
    return keys


def sort_rows(rows: QuerySet[Any], keys: Sequence[SortKey]) -> QuerySet[Any]:
    """The rows in order, each with the values of the keys under their aliases."""
    rows = rows.annotate(**{key.alias: key.column.order_expression() for key in keys})
    return rows.order_by(*(_order(key) for key in keys))


def _order(key: SortKey) -> Any:
    nulls_last = True if key.column.nullable else None
    value = F(key.alias)
    return value.desc(nulls_last=nulls_last) if key.descending else value.asc(nulls_last=nulls_last)


def after(keys: Sequence[SortKey], values: Sequence[Any]) -> Q:
    """The condition of the rows that come after the one with these values of the keys.

    The values themselves go into the keys' slots: here only which of them are null counts.
    """
    following = Q(pk__in=[])
    same = Q()
    for key, value in zip(keys, values, strict=True):
        following |= same & _strictly_after(key, value)
        same &= Q(**{f"{key.alias}__isnull": True} if value is None else {key.alias: key.slot})
    return following


def _strictly_after(key: SortKey, value: Any) -> Q:
    if value is None:
        return Q(pk__in=[])  # nothing comes after what has no value, but by the next key
    beyond = Q(**{f"{key.alias}__{'lt' if key.descending else 'gt'}": key.slot})
    return beyond | Q(**{f"{key.alias}__isnull": True}) if key.column.nullable else beyond
