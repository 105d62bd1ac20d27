"""How many segments of a source are translated: two queries for any number of sources."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, Q
from wagtail_localize.models import StringSegment, StringTranslation

__all__ = ["Counts", "count_segments"]


@dataclass(slots=True)
class Counts:
    """Of one source in one locale."""

    segments: int = 0
    translated: int = 0
    machine: int = 0
    needs_review: int = 0


def count_segments(source_ids: Collection[int]) -> dict[tuple[int, str], Counts]:
    """Counts by ``TranslationSource`` and locale code.

    Only locales with a translated segment are there; the others have the total under ``""``.
    """
    found: dict[tuple[int, str], Counts] = {}
    if not source_ids:
        return found
    segments = StringSegment.objects.filter(source_id__in=source_ids)
    totals = segments.order_by().values_list("source_id").annotate(number=Count("pk"))
    for source_id, number in totals:
        found[source_id, ""] = Counts(segments=number)
    rows = (
        segments.filter(
            string__translations__context_id=F("context_id"),
            string__translations__has_error=False,
            # Not exclude(data=""), which would look at the translations into all locales.
            string__translations__data__gt="",
        )
        .order_by()
        .values_list("source_id", "string__translations__locale__language_code")
        .annotate(
            translated=Count("pk"),
            machine=Count("pk", filter=Q(string__translations__translation_type=_MACHINE)),
            review=Count("string__translations__review"),
        )
    )
    for source_id, locale, translated, machine, review in rows:
        found[source_id, locale] = Counts(
            segments=found[source_id, ""].segments,
            translated=translated,
            machine=machine,
            needs_review=review,
        )
    return found


_MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE
