"""The published documents that an index holds, as entries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet

from cms.changes.models import Change
from cms.pages.reading import fresh_documents
from cms.pages.scope import EVERYTHING, seeing
from cms.pages.visibility import pages_tagged, visible_documents
from cms.plugins.registry import registry
from search.contract import Entry, Writer
from search.entries import build_entry
from search.indexing.entry_store import EntryStore, entry_key
from search.stamp import stamp

if TYPE_CHECKING:
    from cms.pages.models import PublishedDocument

__all__ = ["affected_pages", "all_documents", "all_entries", "entry_store", "index_pages"]

_OTHERS = ("page:", "translations:", "type:", "menu:")
"""Beginnings of tags whose change can't alter what is searched in a document that bears them: its
own page, and what is not part of its text."""


_TEXTS = ("body", "card", "card_tags", "tags", "provides")
"""What is large in a document's row, and needed only where its entry doesn't stand ready."""


def entry_store() -> EntryStore:
    """This node's entries that stand ready."""
    return EntryStore(settings.SEARCH_DIR / "entries.sqlite3")


def all_documents(size: int) -> Iterator[list[PublishedDocument]]:
    """All public documents, fresh, by id: up to ``size`` at a time, in constant memory."""
    for rows in _chunks(_everything(), size):
        yield fresh_documents(rows)


def all_entries(size: int) -> Iterator[list[Entry]]:
    """The entries of all public documents, likewise."""
    for rows in _chunks(_everything().defer(*_TEXTS), size):
        yield _entries(rows)


def index_pages(ids: Collection[int], writer: Writer, version: int) -> None:
    """Brings the entries of these pages in step: written where public, else removed."""
    entries = _entries(_everything().filter(pk__in=ids).defer(*_TEXTS))
    writer.write(entries, version)
    if gone := set(ids) - {entry.id for entry in entries}:
        writer.remove(sorted(gone), version)
        entry_store().forget(gone)


def _chunks(rows: QuerySet[PublishedDocument], size: int) -> Iterator[list[PublishedDocument]]:
    last = 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk")[:size]):
        last = chunk[-1].pk  # what is withdrawn from here on ends nothing
        yield chunk


def _entries(rows: Iterable[PublishedDocument]) -> list[Entry]:
    """The entries of these documents, in their order: those that stand ready, the others made."""
    made_with, store = stamp(), entry_store()
    keys = {row.pk: entry_key(row, made_with) for row in fresh_documents(rows)}
    entries = store.read(keys)
    if missing := keys.keys() - entries.keys():
        whole = fresh_documents(_everything().filter(pk__in=missing))
        made = [(entry_key(row, made_with), build_entry(row)) for row in whole]
        store.keep(made)
        entries |= {entry.id: entry for _key, entry in made}
    return [entries[pk] for pk in keys if pk in entries]


def affected_pages(changes: Sequence[Change]) -> set[int]:
    """The pages whose entries may differ after these changes.

    Those that the changes are about, and those that show a shared record, an image or a file that
    was changed.
    """
    pages = {one.name for one in registry.pages(include_disabled=True)}
    ids = {c.object_id for c in changes if c.type in pages and c.object_id is not None}
    tags = {tag for change in changes for tag in change.tags if not tag.startswith(_OTHERS)}
    if tags:
        ids.update(pages_tagged(tags))
    return ids


@seeing(EVERYTHING)
def _everything() -> QuerySet[PublishedDocument]:
    return visible_documents()
