"""The database setting, with what SQLite needs to serve a web process and a worker at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

__all__ = ["build_database", "is_sqlite"]

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",  # readers go on while one process writes
    "PRAGMA synchronous=NORMAL",  # safe with WAL: a power cut loses no consistency
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA mmap_size=2147418112",  # bytes, the most there is: only what is read is mapped
    "PRAGMA cache_size=-65536",  # KiB, by its sign
)


def is_sqlite(database: dict[str, Any]) -> bool:
    """Whether a database setting names the embedded database."""
    return bool(database["ENGINE"] == "django.db.backends.sqlite3")


def build_database(url: str | None, *, var_dir: Path, connections: int) -> dict[str, Any]:
    """The `DATABASES` entry for a database address, or for the file in ``var_dir`` without one.

    ``connections`` is the most that one process opens to PostgreSQL. Raises ImproperlyConfigured
    for an address that can't be read and for another database system.
    """
    try:
        parsed = dj_database_url.parse(url or f"sqlite:///{var_dir / 'db.sqlite3'}")
    except ValueError:
        # The parser's own message would repeat the address, password and all.
        raise ImproperlyConfigured("CMS_DATABASE_URL can't be read as an address") from None
    database: dict[str, Any] = dict(parsed)
    if is_sqlite(database):
        database["CONN_MAX_AGE"] = None
        database["OPTIONS"] = {
            # A transaction that starts reading and then writes would fail at once with "database
            # is locked" when another wrote in between; one that starts as a writer waits its turn.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,  # seconds
            "init_command": "; ".join(SQLITE_PRAGMAS),
        }
    elif database["ENGINE"] == "django.db.backends.postgresql":
        # A pool holds the connections, so a request must give its own back.
        database["CONN_MAX_AGE"] = 0
        database["CONN_HEALTH_CHECKS"] = True
        options = database.setdefault("OPTIONS", {})
        options["pool"] = {"min_size": 1, "max_size": connections, "timeout": 10}
    else:
        raise ImproperlyConfigured("CMS_DATABASE_URL: only postgres:// and sqlite:// are supported")
    return database
