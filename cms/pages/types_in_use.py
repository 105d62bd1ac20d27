"""Tells the feed which content types come and go with ``CMS_DISABLED_PLUGINS``.

A setting changes in no transaction: all gates follow it at once, while those who keep copies of
documents would never hear. So a worker compares, once after its start, the types in use with those
that the feed knows of, and writes the entries that publishing or withdrawing each page would have.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from cms.changes.duties import Duty
from cms.changes.feed import append
from cms.changes.models import Reason
from cms.pages.entries import change_of
from cms.pages.models import KnownType, PublishedDocument
from cms.plugins.registry import registry

__all__ = ["TellTypesInUse"]

_BATCH = 500


class TellTypesInUse(Duty):
    """Once a start and type: while servers are exchanged one by one, those with the old settings
    don't undo what those with the new ones have told."""

    name = "tell_types_in_use"

    def __init__(self) -> None:
        self._told: set[str] = set()

    def due(self) -> Iterable[str]:
        types = registry.pages(include_disabled=True)
        return [f"type:{one.name}" for one in types if one.name not in self._told]

    def run(self, key: str) -> bool:
        """Writes the entries for some pages of a type."""
        name = key.partition(":")[2]
        wrote, is_done = _tell(name, in_use=registry.get(name).enabled)
        if is_done:
            self._told.add(name)
        return wrote


@transaction.atomic
def _tell(name: str, *, in_use: bool) -> tuple[bool, bool]:
    """Whether entries were written, and whether those were the last. A new type has no news."""
    KnownType.objects.get_or_create(name=name, defaults={"in_use": in_use})
    known = KnownType.objects.select_for_update().get(name=name)
    if known.in_use != in_use:
        known.in_use, known.told_to = in_use, 0
    if known.told_to is None:
        return False, True
    rows = PublishedDocument.objects.filter(type=name, pk__gt=known.told_to)
    batch = list(rows.order_by("pk").defer("body", "card")[:_BATCH])
    reason = Reason.PUBLISH if in_use else Reason.UNPUBLISH
    append(change_of(row, reason, provided=row.provides) for row in batch)
    known.told_to = batch[-1].pk if len(batch) == _BATCH else None
    known.save()
    return bool(batch), known.told_to is None
