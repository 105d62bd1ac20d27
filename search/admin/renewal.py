"""Entries that were written by other rules or another glossary are written anew, by the worker."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from wagtail.search.index import (
    class_is_indexed,
    get_indexed_instance,
    insert_or_update_object,
)
from wagtail.search.models import IndexEntry

from cms.changes.duties import Duty
from search.admin.index import current_mark

__all__ = ["RenewEntries"]

_LOOK_SECONDS = 10.0
"""Between two looks, once nothing was found."""
_MOST = 100
"""Entries of one round: the worker's other work doesn't wait longer."""


class RenewEntries(Duty):
    """After an update of the software or a change of the glossary, and once for entries of
    Wagtail's own backend; until then those are found by what they were written with.
    """

    name = "renew_admin_search"

    def __init__(self) -> None:
        self._nothing_at = float("-inf")

    def due(self) -> Iterable[str]:
        """``entry:5`` for each entry without the mark of today's rules."""
        if time.monotonic() - self._nothing_at < _LOOK_SECONDS:
            return []
        old = IndexEntry.objects.exclude(title_norm=current_mark()).order_by("pk")
        keys = [f"entry:{pk}" for pk in old.values_list("pk", flat=True)[:_MOST]]
        if not keys:
            self._nothing_at = time.monotonic()
        return keys

    @transaction.atomic
    def run(self, key: str) -> bool:
        """Writes one entry anew, or removes it where its object is gone.

        The entry is locked before its object is read: what a save writes meanwhile comes after.
        """
        pk = int(key.partition(":")[2])
        old = IndexEntry.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk)
        entry = old.exclude(title_norm=current_mark()).first()
        if entry is None:
            return False
        instance = _find_object(entry)
        if instance is None:
            entry.delete()
        else:
            insert_or_update_object(instance)
        return True


def _find_object(entry: IndexEntry) -> Any | None:
    """What the entry stands for; None where that is gone, or isn't searched any more."""
    model = entry.content_type.model_class()
    if model is None or not class_is_indexed(model):
        return None
    instance = entry.content_object and get_indexed_instance(entry.content_object)
    return instance if type(instance) is model else None
