"""Entries that stand ready: each state of a document is analysed once, for every engine.

Making an entry costs more than storing it in an engine, and most are wanted again: by the second
engine, by a rebuild after a loss. So they are kept in a file of this node's folder, by page, with a
digest of all that they were made from. It is a cache: whatever is wrong with it, entries are made
anew, and the file may be removed at any time.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import structlog

from search.contract import Entry

if TYPE_CHECKING:
    from cms.pages.models import PublishedDocument

__all__ = ["EntryStore", "entry_key"]

logger = structlog.get_logger(__name__)

_TABLE = "CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, key BLOB, entry BLOB)"
_BATCH = 500
_BUSY_SECONDS = 5.0


def entry_key(row: PublishedDocument, stamp: str) -> bytes:
    """A digest of all that the row's entry is made from, without reading its text.

    ``stamp`` is that of the fields and the analysis (:func:`search.stamp.stamp`).
    """
    moments = (row.published_at, row.updated_at, row.expires_at)
    made_of = (stamp, row.etag, row.type, row.locale, row.path, *map(str, moments))
    return hashlib.blake2b("\n".join(made_of).encode(), digest_size=16).digest()


class EntryStore:
    """The entries in a file at ``path``. Safe for threads and processes; never raises."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, keys: Mapping[int, bytes]) -> dict[int, Entry]:
        """The entries of these pages that stand ready under these keys."""
        found: dict[int, Entry] = {}

        def work(database: sqlite3.Connection) -> None:
            for ids in batched(keys, _BATCH):
                marks = ",".join("?" * len(ids))
                sql = f"SELECT id, key, entry FROM entry WHERE id IN ({marks})"  # noqa: S608 - marks only
                for pk, key, entry in database.execute(sql, ids):
                    if key == keys[pk]:
                        found[pk] = _unpack(pk, entry)

        self._try(work)
        return found

    def keep(self, entries: Iterable[tuple[bytes, Entry]]) -> None:
        """Keeps entries under their keys, each in the place of its page's older one."""
        rows = [(entry.id, key, _pack(entry)) for key, entry in entries]
        sql = "INSERT OR REPLACE INTO entry VALUES (?, ?, ?)"
        self._try(lambda database: database.executemany(sql, rows))

    def forget(self, ids: Iterable[int]) -> None:
        """Drops the entries of these pages."""
        rows = [(pk,) for pk in ids]
        self._try(lambda database: database.executemany("DELETE FROM entry WHERE id = ?", rows))

    def _try(self, work: Callable[[sqlite3.Connection], object]) -> None:
        """Does the work in a transaction. What goes wrong is logged; a damaged file is removed."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=_BUSY_SECONDS)) as database:
                database.execute("PRAGMA journal_mode = WAL")
                # A power cut may damage the file, which is noticed then: texts bear checksums.
                database.execute("PRAGMA synchronous = OFF")
                database.execute(_TABLE)
                with database:
                    work(database)
        except (sqlite3.OperationalError, OSError) as error:  # full, read-only, busy
            logger.warning("search_entries_out_of_reach", error=str(error))
        except (sqlite3.DatabaseError, zlib.error, ValueError) as error:
            logger.warning("search_entries_damaged", error=str(error))
            self._remove()

    def _remove(self) -> None:
        for ending in ("", "-wal", "-shm"):
            try:
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
            except OSError as error:
                logger.warning("search_entries_not_removed", error=str(error))


def _pack(entry: Entry) -> bytes:
    return zlib.compress(orjson.dumps([entry.locale, entry.digest, entry.fields]), 1)


def _unpack(pk: int, packed: bytes) -> Entry:
    locale, digest, fields = orjson.loads(zlib.decompress(packed))
    return Entry(pk, locale, digest, fields)
