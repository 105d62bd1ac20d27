"""How texts are compared, the same on both database systems.

Identifiers (slugs, paths, choices) go by code point everywhere; titles and names in Vietnamese
order (cms.pages.collation).
"""

from __future__ import annotations

from django.db import connection
from django.db.models import Expression, F
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate, StrIndex

__all__ = ["by_code_point", "position"]


def by_code_point(lookup: str) -> Combinable:
    """A column of identifiers in code-point order; SQLite's own order is that already."""
    return Collate(F(lookup), "C") if connection.vendor == "postgresql" else F(lookup)


def position(lookup: str, text: Expression) -> Combinable:
    """Where in the column the text begins, from 1; 0 where it isn't in it.

    Capitals are told apart, on both systems; their own LIKE differ in that.
    """
    return StrIndex(F(lookup), text)
