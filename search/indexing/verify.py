"""Comparing an index with the database, and mending what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cms.changes.feed import latest_seq
from search.contract import Engine
from search.entries import build_entry
from search.indexing.documents import all_documents, entry_store, index_pages

__all__ = ["Differences", "verify_index"]

_CHUNK = 500


@dataclass(slots=True)
class Differences:
    """The pages whose entries are not what the database says."""

    missing: list[int] = field(default_factory=list)
    """Public, and not in the index."""
    left_over: list[int] = field(default_factory=list)
    """In the index, and not public (any more)."""
    outdated: list[int] = field(default_factory=list)
    """In the index with another state, or in another locale."""
    compared: int = 0

    @property
    def ids(self) -> list[int]:
        """All of them."""
        return sorted({*self.missing, *self.left_over, *self.outdated})

    def __bool__(self) -> bool:
        return bool(self.missing or self.left_over or self.outdated)


def verify_index(engine: Engine, *, mend: bool = False) -> Differences:
    """Compares every entry with its document; with ``mend``, writes what differs.

    Each document is analysed anew, whatever stands ready of it.
    What a worker is just writing may show as a difference: compare again before you worry.
    Raises EngineError.
    """
    found = Differences()
    seq = latest_seq()
    with engine.writing() as writer:
        entries = iter(writer.digests())
        entry = next(entries, None)
        for pk, locale, digest in _documents():
            found.compared += 1
            while entry is not None and entry[0] < pk:
                found.left_over.append(entry[0])
                entry = next(entries, None)
            if entry is None or entry[0] != pk:
                found.missing.append(pk)
                continue
            if entry[1:] != (locale, digest):
                found.outdated.append(pk)
            entry = next(entries, None)
            while entry is not None and entry[0] == pk:  # the same page in a second locale
                found.outdated.append(pk)
                entry = next(entries, None)
        found.left_over += [pk for pk, _, _ in ([entry] if entry else [])]
        found.left_over += [pk for pk, _, _ in entries]
        if mend and found:
            entry_store().forget(found.ids)
            index_pages(found.ids, writer, seq)
            writer.commit()
    return found


def _documents() -> Iterator[tuple[int, str, str]]:
    for rows in all_documents(_CHUNK):
        for row in rows:
            yield row.pk, row.locale, build_entry(row).digest
