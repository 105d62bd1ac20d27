"""What the tests of engines store: small entries with fields of every type."""

from __future__ import annotations

from collections.abc import Iterable

from search.contract import Engine, Entry, Request, Value
from search.mapping import FieldSpec
from search.nodes import Everything, Node

__all__ = ["STAMP", "build", "case_fields", "entry", "ids", "store"]

STAMP = "stamp-1"


def case_fields() -> tuple[FieldSpec, ...]:
    """The mapping of the indexes in these tests."""
    return (
        FieldSpec("title", "words"),
        FieldSpec("body", "words"),
        FieldSpec("topic", "keyword"),
        FieldSpec("year", "keyword"),
        FieldSpec("size", "number"),
    )


def entry(entry_id: int, body: str = "", *, locale: str = "vi", **fields: Value) -> Entry:
    """An entry whose digest tells what is in it."""
    stored = {"body": body, **fields}
    return Entry(entry_id, locale, f"{sorted(stored.items())}", stored)


def build(engine: Engine, entries: Iterable[Entry], *, version: int = 1, stamp: str = STAMP) -> int:
    """An index of those entries in place of the one before; how many were stored."""
    with engine.rebuilding(stamp) as rebuild:
        written = rebuild.write(entries, version)
        rebuild.take_over()
    return written


def store(engine: Engine, *entries: Entry, version: int = 2) -> int:
    """Entries written into the index that is searched; how many were stored."""
    with engine.writing() as writer:
        written = writer.write(entries, version)
        writer.commit()
    return written


def ids(
    engine: Engine, query: Node | None = None, *, locales: tuple[str, ...] = ("vi",)
) -> list[int]:
    """The ids of all that the query finds, sorted; the total agrees with them."""
    found = engine.search(Request(query or Everything(), locales, limit=1_000))
    assert found.total == len(found.hits)
    return sorted(hit.id for hit in found.hits)
