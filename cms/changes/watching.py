"""Knowing soon, and cheaply, that the change feed may have grown.

SQLite tells a connection in microseconds that another one has committed (``data_version``), so it
is asked often. PostgreSQL notifies; since a connection that was cut says nothing, whoever waits
looks for himself as well once the time is over.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Protocol

import psycopg
import structlog
from django.db import connection

__all__ = ["CHANNEL", "Watch", "notify", "watch_feed"]

CHANNEL = "cms_changes"
"""The PostgreSQL channel on which writers of the feed notify."""

_GLANCE = 0.02  # seconds between two looks at SQLite's data_version

logger = structlog.get_logger(__name__)


class Watch(Protocol):
    """Belongs to the thread that made it."""

    def wait(self, seconds: float) -> bool:
        """Waits until the feed may have grown or the time is over; whether one must look now."""

    def close(self) -> None:
        """Lets go of what it holds."""


def watch_feed() -> Watch:
    """The watch that fits the database."""
    if connection.vendor == "postgresql":
        return _Listener(connection.get_connection_params)
    return _Glances()


def notify() -> None:
    """Wakes the watches of other processes when the current transaction commits."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


class _Glances:
    """SQLite: asks often whether another connection has written to the file."""

    def __init__(self) -> None:
        self._seen = -1

    def wait(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while (version := self._version()) == self._seen:
            if time.monotonic() >= end:
                return False  # nothing was written: there is nothing to look for
            time.sleep(_GLANCE)
        self._seen = version
        return True

    def close(self) -> None:
        connection.close()

    def _version(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            return int(cursor.fetchone()[0])


class _Listener:
    """PostgreSQL: LISTEN on a connection of its own, outside the pool."""

    def __init__(self, parameters: Callable[[], dict[str, Any]]) -> None:
        self._parameters = parameters
        self._connection: psycopg.Connection[Any] | None = None

    def wait(self, seconds: float) -> bool:
        """True in every case: that no notification came proves nothing."""
        try:
            for _ in self._listening().notifies(timeout=seconds, stop_after=1):
                pass
        except psycopg.Error as error:
            logger.warning("feed_notifications_cut", error=str(error))
            self.close()
            time.sleep(seconds)
        return True

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _listening(self) -> psycopg.Connection[Any]:
        if self._connection is None:
            self._connection = psycopg.connect(**self._parameters(), autocommit=True)
            self._connection.execute(f"LISTEN {CHANNEL}")
        return self._connection
