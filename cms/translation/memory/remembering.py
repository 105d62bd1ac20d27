"""Writes the memory: called whenever translations are saved, by whatever way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import batched

from django.db import transaction
from django.db.models import QuerySet
from wagtail_localize.models import String, StringTranslation

from cms.translation.memory.models import MemoryEntry, MemoryKey, MemorySource
from cms.translation.memory.texts import comparable, keys_of

__all__ = ["forget_place", "remember", "remember_all", "wording_digest"]

_BATCH = 500


def wording_digest(wording: str) -> str:
    """Names a wording among those of one text."""
    return hashlib.blake2b(wording.encode(), digest_size=16).hexdigest()


def remember(translations: Iterable[StringTranslation]) -> int:
    """Takes these translations into the memory; returns how many. What is wrong is left out.

    For those that were saved one by one it has happened already. Whoever writes them in bulk,
    past Django's signals, calls this in the same transaction. The number of queries does not grow
    with that of the translations, up to some hundreds of them.
    """
    rows = (row for row in translations if row.context is not None and row.data)
    number = 0
    for batch in batched(rows, _BATCH):
        _remember(batch)
        number += len(batch)
    return number


def remember_all() -> int:
    """Takes in whatever translations there are: for a portal that was translated before."""
    rows = (
        # Not what was carried over from an older text: nobody has said yet that it still fits.
        StringTranslation.objects.filter(review=None)
        .select_related("context")
        .order_by("updated_at", "pk")
    )
    return remember(rows.iterator(chunk_size=_BATCH))


def forget_place(translation: StringTranslation) -> None:
    """The segment's translation is gone: its wording stays, as a former one."""
    if translation.context is not None:
        _at([translation]).update(current=False)


@transaction.atomic
def _remember(rows: Sequence[StringTranslation]) -> None:
    _index({row.translation_of_id for row in rows})
    _at(rows).update(current=False)
    entries = {}
    for row in rows:
        if row.has_error:
            continue
        entry = MemoryEntry(
            string_id=row.translation_of_id,
            locale_id=row.locale_id,
            object_key=row.context.object_id,
            path=row.context.path,
            wording=row.data,
            digest=wording_digest(row.data),
            kind=row.translation_type or StringTranslation.TRANSLATION_TYPE_MANUAL,
            tool=row.tool_name,
            user_id=row.last_translated_by_id,
            used_at=row.updated_at,
            current=True,
        )
        entries[entry.string_id, entry.locale_id, entry.object_key, entry.digest] = entry
    MemoryEntry.objects.bulk_create(
        entries.values(),
        update_conflicts=True,
        unique_fields=["string", "locale", "object_key", "digest"],
        update_fields=["path", "kind", "tool", "user", "used_at", "current"],
    )


def _at(rows: Sequence[StringTranslation]) -> QuerySet[MemoryEntry]:
    """The wordings that now stand where these translations do, as far as the memory knows."""
    places = {
        (row.translation_of_id, row.locale_id, row.context.object_id, row.context.path)
        for row in rows
    }
    near = MemoryEntry.objects.filter(
        current=True,
        string_id__in={string for string, *_ in places},
        object_key__in={key for _s, _l, key, _p in places},
    ).values_list("pk", "string_id", "locale_id", "object_key", "path")
    return MemoryEntry.objects.filter(pk__in=[pk for pk, *place in near if tuple(place) in places])


def _index(string_ids: set[int]) -> None:
    """Makes the source texts findable that aren't yet."""
    strings = String.objects.filter(pk__in=string_ids, memory=None).select_related("locale")
    sources, keys = [], []
    for string in strings:
        text = comparable(string.data)
        sources.append(MemorySource(string=string, text=text))
        keys += [
            MemoryKey(source_id=string.pk, key=key, length=len(text))
            for key in keys_of(text, string.locale.language_code)
        ]
    MemorySource.objects.bulk_create(sources, ignore_conflicts=True)
    MemoryKey.objects.bulk_create(keys, ignore_conflicts=True, batch_size=_BATCH)
