"""Lists of the admin in the order of a Vietnamese dictionary.

Databases sort by code point, or by the collation that they were made with; Wagtail's views say only
which column to sort by. Searches keep their own order.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import OrderBy

from cms.pages.collation import Vietnamese

__all__ = ["VietnameseOrder", "in_vietnamese_order"]

TEXTS = frozenset({"title", "name", "short_name", "source", "target", "abbreviation", "phrase"})
KEYS = {"full_name": "name_key"}  # people go by their given name


def _term(name: Any) -> Any:
    if not isinstance(name, str):
        return name
    sign, column = ("-", name[1:]) if name.startswith("-") else ("", name)
    if column in TEXTS:
        return OrderBy(Vietnamese(column), descending=bool(sign))
    return sign + KEYS.get(column, column)


def in_vietnamese_order(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """The queryset by the same columns as before, with titles and names in Vietnamese order."""
    names = queryset.query.order_by or queryset.model._meta.ordering
    return queryset.order_by(*map(_term, names)) if names else queryset


class VietnameseOrder:
    """Mixed into a list of Wagtail's."""

    is_searching: bool

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """By the column that was chosen, in Vietnamese order."""
        ordered: QuerySet[Any] = super().order_queryset(queryset)  # type: ignore[misc] # of a mixin
        return ordered if self.is_searching else in_vietnamese_order(ordered)
