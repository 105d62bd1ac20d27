"""The segments of a page in a locale, each once, with its translation: two queries for any number.

A text that stands twice at one place (two list items that read the same) is one segment: they share
their translation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import batched
from typing import Final

from django.db.models import QuerySet
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.translation.memory.remembering import remember
from cms.translation.syncing.models import SegmentReview
from cms.translation.syncing.state import refresh_groups, together

__all__ = [
    "ADDRESS_PATHS",
    "Segment",
    "load_segments",
    "missing",
    "save_wording",
    "save_wordings",
    "source_of",
    "translations_below",
]

ADDRESS_PATHS: Final = frozenset({"slug"})
"""Segments that are addresses: no file, memory or machine changes where a page is found."""

_BATCH: Final = 500
_MACHINE: Final = StringTranslation.TRANSLATION_TYPE_MACHINE


@dataclass(frozen=True, slots=True)
class Segment:
    """A text of a page, and its translation where there is one."""

    pk: int
    translation_id: int
    string_id: int
    context_id: int
    path: str
    source: str
    translated: StringTranslation | None

    @property
    def wording(self) -> str:
        """The translation, or nothing."""
        return "" if self.translated is None else self.translated.data

    @property
    def needs_look(self) -> bool:
        """Whether a machine made the translation, or it was carried over from an older text."""
        saved = self.translated
        return saved is not None and (
            saved.translation_type == _MACHINE or hasattr(saved, "review")
        )


def translations_below(page: Page, locale: Locale) -> QuerySet[Translation]:
    """The page's translation into a locale and those of the pages below it, in the tree's order."""
    keys = page.get_descendants(inclusive=True).values("translation_key")
    rows: QuerySet[Translation] = (
        Translation.objects.filter(
            source__object__in=keys,
            source__locale=page.locale_id,
            target_locale=locale,
            enabled=True,
        )
        .select_related("source__locale", "source__specific_content_type", "target_locale")
        .order_by("source__pk")
    )
    return rows


def source_of(page: Page) -> Page | None:
    """The page that this one is a translation of; None for a page that stands for itself."""
    locales = Translation.objects.filter(
        source__object=page.translation_key, target_locale=page.locale_id, enabled=True
    ).values("source__locale")
    source: Page | None = Page.objects.filter(
        translation_key=page.translation_key, locale__in=locales
    ).first()
    return source


def load_segments(translations: Collection[Translation]) -> dict[int, list[Segment]]:
    """The segments by translation, in the order in which they stand on the page."""
    found: dict[int, list[Segment]] = {one.pk: [] for one in translations}
    by_source: dict[int, list[Translation]] = {}
    for one in translations:
        by_source.setdefault(one.source_id, []).append(one)
    rows = (
        StringSegment.objects.filter(source__in=by_source)
        .exclude(context__path__in=ADDRESS_PATHS)
        .select_related("string", "context")
        .order_by("source", "order", "pk")
    )
    saved = {
        (row.locale_id, row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(
            context__in=rows.order_by().values("context"),
            locale__in={one.target_locale_id for one in translations},
        ).select_related("context", "review")
    }
    seen: set[tuple[int, int, int]] = set()
    for row in rows:
        for one in by_source[row.source_id]:
            place = one.target_locale_id, row.string_id, row.context_id
            if place in seen:
                continue
            seen.add(place)
            found[one.pk].append(_segment(row, one, saved.get(place)))
    return found


def missing(segments: Collection[Segment]) -> Iterator[Segment]:
    """Those without a translation."""
    return (segment for segment in segments if not segment.wording)


def save_wording(
    segment: Segment, locale: Locale, wording: str, *, user: object, kind: str, tool: str
) -> StringTranslation:
    """Writes a segment's translation with its provenance; the memory keeps the former one."""
    saved, _created = StringTranslation.objects.update_or_create(
        translation_of_id=segment.string_id,
        locale=locale,
        context_id=segment.context_id,
        defaults={
            "data": wording,
            "translation_type": kind,
            "tool_name": tool,
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )
    return saved


def save_wordings(
    wordings: Mapping[Segment, str], locale: Locale, *, user: object, kind: str, tool: str
) -> None:
    """The same for many segments, in a number of queries that does not grow with them.

    Does what the signals of a single one do.
    """
    with together():
        StringTranslation.objects.bulk_create(
            [
                StringTranslation(
                    translation_of_id=segment.string_id,
                    locale=locale,
                    context_id=segment.context_id,
                    data=wording,
                    translation_type=kind,
                    tool_name=tool,
                    last_translated_by=user,
                )
                for segment, wording in wordings.items()
            ],
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["locale", "translation_of", "context"],
            update_fields=[
                "data", "translation_type", "tool_name", "last_translated_by", "has_error",
                "field_error", "updated_at",
            ],
        )  # fmt: skip
        for batch in batched(wordings, _BATCH):
            _settle(batch, wordings, locale)


def _settle(segments: Collection[Segment], wordings: Mapping[Segment, str], locale: Locale) -> None:
    places = {(segment.string_id, segment.context_id): segment for segment in segments}
    near = StringTranslation.objects.filter(
        locale=locale,
        translation_of__in={string for string, _context in places},
        context__in={context for _string, context in places},
    ).select_related("context")
    rows = [row for row in near if (row.translation_of_id, row.context_id) in places]
    SegmentReview.objects.filter(translation__in=rows).delete()
    for row in rows:
        if row.context.path == "title":
            pages = Page.objects.filter(translation_key=row.context.object_id, locale=locale)
            pages.update(draft_title=row.data)
    remember(rows)
    refresh_groups({row.context.object_id for row in rows})


def _segment(
    row: StringSegment, translation: Translation, saved: StringTranslation | None
) -> Segment:
    return Segment(
        pk=row.pk,
        translation_id=translation.pk,
        string_id=row.string_id,
        context_id=row.context_id,
        path=row.context.path,
        source=row.string.data,
        translated=saved,
    )
