"""The backend for the database that holds the content: what the settings name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection

__all__ = ["SearchBackend"]


def SearchBackend(params: Mapping[str, Any]) -> Any:
    """The search backend for the default database's system; Wagtail looks for this name."""
    if connection.vendor == "postgresql":
        from search.admin.postgresql import PostgreSQLBackend

        return PostgreSQLBackend(params)
    from search.admin.sqlite import SQLiteBackend

    return SQLiteBackend(params)
