"""Work that one process at a time may do, among all that share the database."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

__all__ = ["claimed"]

_LOCK_FILES = 256


@contextmanager
def claimed(name: str) -> Iterator[None]:
    """Waits until nobody else is at work under that name, and keeps others waiting meanwhile.

    A claim ends with its process, however that ends: PostgreSQL lets go of the lock of a closed
    connection, and Linux of a closed file's, which is what stands in for it on SQLite (one machine
    by its nature). No transaction is needed or held.
    """
    digest = hashlib.blake2b(name.encode(), digest_size=8).digest()
    if connection.vendor == "postgresql":
        number = int.from_bytes(digest, signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [number])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
        return
    folder = Path(settings.VAR_DIR) / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{int.from_bytes(digest) % _LOCK_FILES}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
