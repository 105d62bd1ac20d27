"""The published documents that an index holds, as entries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from cms.changes.models import Change
from cms.pages.reading import fresh_documents
from cms.pages.scope import EVERYTHING, seeing
from cms.pages.visibility import pages_tagged, visible_documents
from cms.plugins.registry import registry
from search.contract import Writer
from search.entries import build_entry

if TYPE_CHECKING:
    from cms.pages.models import PublishedDocument

__all__ = ["affected_pages", "documents_after", "index_pages"]

_OTHERS = ("page:", "translations:", "type:", "menu:")
"""Beginnings of tags whose change can't alter what is searched in a document that bears them: its
own page, and what is not part of its text."""


def documents_after(pk: int, size: int) -> list[PublishedDocument]:
    """Up to ``size`` public documents with the next ids after ``pk``, fresh."""
    return fresh_documents(_everything().filter(pk__gt=pk).order_by("pk")[:size])


def index_pages(ids: Collection[int], writer: Writer, version: int) -> None:
    """Brings the entries of these pages in step: written where public, else removed."""
    rows = fresh_documents(_everything().filter(pk__in=ids))
    writer.write(map(build_entry, rows), version)
    if gone := set(ids) - {row.pk for row in rows}:
        writer.remove(sorted(gone), version)


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
