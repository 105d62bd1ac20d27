"""The change feed's entries for documents, and the withdrawal of documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from cms.changes.feed import append
from cms.changes.models import Change, Reason
from cms.pages.models import DocumentTag, PublishedDocument
from cms.pages.stale import mark_stale

__all__ = ["change_of", "own_tags", "withdraw"]


def own_tags(row: PublishedDocument) -> list[str]:
    """The tags that a document's own coming, changing and going touches."""
    return [f"page:{row.pk}", f"translations:{row.translation_key}", f"type:{row.type}"]


def change_of(
    row: PublishedDocument,
    reason: Reason,
    *,
    previous_path: str = "",
    provided: Iterable[str] = (),
) -> Change:
    """An unsaved feed entry about a document; ``provided`` are its page's ``change_tags``."""
    return Change(
        reason=reason,
        type=row.type,
        object_id=row.pk,
        locale=row.locale,
        path=row.path,
        previous_path=previous_path,
        tags=[*own_tags(row), *sorted(provided)],
    )


def withdraw(rows: Collection[PublishedDocument], reason: Reason) -> None:
    """Takes documents away from every reader, with a tombstone each. Needs a transaction."""
    ids = [row.pk for row in rows]
    DocumentTag.objects.filter(document_id__in=ids).delete()
    PublishedDocument.objects.filter(pk__in=ids).delete()
    append(change_of(row, reason, provided=row.provides) for row in rows)
    mark_stale({tag for row in rows for tag in [*own_tags(row), *row.provides]})
