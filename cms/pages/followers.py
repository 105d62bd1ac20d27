"""The follower that catches dependants which a concurrent transaction hid."""

from __future__ import annotations

from datetime import timedelta

from cms.changes.followers import Follower
from cms.changes.models import Change
from cms.pages.models import DocumentTag, PublishedDocument

__all__ = ["Dependants"]

# Longer than any transaction that builds a document.
_OVERLAP = timedelta(minutes=5)


class Dependants(Follower):
    """Marks documents stale that were being built while what they are built from changed.

    A change marks its dependants in its own transaction, and can't see one that another open
    transaction is just writing. Such a document was built before the change was numbered and
    not long before it was written, which is what is looked for here.
    """

    name = "dependants"

    def follow(self, change: Change) -> None:
        if not change.tags or change.numbered_at is None:
            return
        tagged = DocumentTag.objects.filter(tag__in=change.tags).values("document_id")
        overlapping = PublishedDocument.objects.filter(
            pk__in=tagged,
            stale=False,
            built_at__gte=change.at - _OVERLAP,
            built_at__lte=change.numbered_at,
        )
        if change.object_id is not None:
            overlapping = overlapping.exclude(pk=change.object_id, type=change.type)
        overlapping.update(stale=True)
