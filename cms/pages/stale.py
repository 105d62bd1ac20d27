"""Marks documents stale by tag, and tells the feed of changes to what documents are made from."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from wagtail.models import Collection as Collection_

from cms.changes.feed import append
from cms.changes.models import Change, Reason
from cms.pages.models import ContentSnippet, DocumentTag, PublishedDocument

__all__ = ["mark_collection_stale", "mark_stale", "touch", "touch_linked"]


def mark_stale(tags: Collection[str], *, but: int | None = None) -> int:
    """Marks every document stale that was built from one of the tags; returns how many.

    ``but`` is the id of the page whose own change this is. One statement for any number of
    documents; it belongs in the transaction that changes what the tags stand for.
    """
    if not tags:
        return 0
    dependants = DocumentTag.objects.filter(tag__in=list(tags)).values("document_id")
    rows = PublishedDocument.objects.filter(pk__in=dependants)
    if but is not None:
        rows = rows.exclude(pk=but)
    return rows.update(stale=True)


@transaction.atomic
def touch(type_name: str, object_id: int | None, tags: Collection[str], reason: Reason) -> None:
    """Records that something which documents are made from (an image, a snippet) has changed.

    Nothing is recorded while no public document was built from it: an entry would tell the
    public of a thing that it has never seen.
    """
    if DocumentTag.objects.filter(tag__in=list(tags)).exists():
        mark_stale(tags)
        # Besides, its type's tag: a list filtered by a record's key depends on every record's key.
        told = [*sorted(tags), f"type:{type_name}"]
        append([Change(reason=reason, type=type_name, object_id=object_id, tags=told)])


@transaction.atomic
def touch_linked(record: ContentSnippet, ids: Collection[int]) -> None:
    """Touches a shared record and those of its own type that it was linked with or cut off from.

    A link is no column of either, so that saving neither tells of it.
    """
    name = str(record._meta.model_name)
    for pk in (record.pk, *sorted(ids)):
        touch(name, pk, [f"{name}:{pk}"], Reason.UPDATE)


@transaction.atomic
def mark_collection_stale(collection: Collection_) -> None:
    """A collection's privacy changed: documents with its images and files are stale at once."""
    below = Collection_.objects.filter(path__startswith=collection.path).values_list(
        "pk", flat=True
    )
    touch("collection", collection.pk, [f"collection:{pk}" for pk in below], Reason.UPDATE)
