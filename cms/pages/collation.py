"""Texts in the order of a Vietnamese dictionary, the same on both database systems.

PostgreSQL has ICU's Vietnamese collation; SQLite gets one of ours, made of the same sort keys that
titles are stored with.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import F
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate

from cms.vietnamese.collation import sort_key

__all__ = ["compare", "register_collation", "vietnamese"]

SQLITE_COLLATION = "vietnamese"
POSTGRES_COLLATION = "vi-x-icu"


@lru_cache(maxsize=50_000)
def _key(text: str) -> tuple[str, str]:
    # The text itself decides between spellings that have one key, as ICU's collation does.
    return sort_key(text), text


def compare(one: str, other: str) -> int:
    """-1, 0 or 1: the order of two texts in a Vietnamese dictionary; 0 for equal texts alone."""
    if one == other:
        return 0
    return -1 if _key(one) < _key(other) else 1


def register_collation(connection: Any, **kwargs: Any) -> None:
    """Gives a new SQLite connection the Vietnamese collation."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(SQLITE_COLLATION, compare)


def vietnamese(lookup: str) -> Combinable:
    """A column in Vietnamese order."""
    name = POSTGRES_COLLATION if connection.vendor == "postgresql" else SQLITE_COLLATION
    return Collate(F(lookup), name)
