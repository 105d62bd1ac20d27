"""Carries translations over when the source changes, so that none is lost.

wagtail-localize finds a translation by its source text and place. When either changes, the old one
stays in the database, where nobody sees it any more. Here it goes along: as it is where only the
place has changed, and to be reviewed where the text has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from cms.translation.syncing.matching import Segment, match
from cms.translation.syncing.models import SegmentReview

__all__ = ["carry_over", "load_segments"]

_Place = tuple[int, int]


def load_segments(source: TranslationSource) -> list[Segment]:
    """The source's texts in their order: one query."""
    rows = StringSegment.objects.filter(source_id=source.pk).order_by("order")
    return [
        Segment(*row)
        for row in rows.values_list(
            "string_id", "string__data", "context_id", "context__path", "context__field_path"
        )
    ]


def carry_over(source: TranslationSource, before: Sequence[Segment]) -> None:
    """Gives the source's new segments the translations of those that they came from.

    ``before`` are its segments as they were. In every locale, also where the translation has left
    sync mode and may come back. At most five queries.
    """
    after = load_segments(source)
    known = {segment.place for segment in before}
    new = [segment for segment in after if segment.place not in known]
    gone = known - {segment.place for segment in after}
    left = {string for string, _context in gone}
    # A text that stood twice and was translated where it has just gone from.
    twins = [segment for segment in after if segment.place in known and segment.string in left]
    if not new and not twins:
        return
    memory = _Memory(source)
    if not memory.locales:
        return
    came_from = match(before, after)
    copies: list[StringTranslation] = []
    reviews: list[SegmentReview] = []
    for segment in {segment.place: segment for segment in [*new, *twins]}.values():
        for locale in memory.locales:
            if memory.at(segment.place, locale) is not None:
                continue
            found = memory.of_text(segment.string, locale, known)
            changed = found is None
            if found is None and (old := came_from.get(segment.place)) is not None:
                found = memory.at(old.place, locale)
            if found is None:
                continue
            copy = _copy(found, segment)
            copies.append(copy)
            previous = memory.previous.get(found.pk, found.translation_of.data if changed else "")
            if previous and previous != segment.text:
                reviews.append(SegmentReview(translation=copy, previous=previous))
    _write(copies, reviews)


def _copy(translation: StringTranslation, segment: Segment) -> StringTranslation:
    return StringTranslation(
        translation_of_id=segment.string,
        context_id=segment.context,
        locale_id=translation.locale_id,
        data=translation.data,
        translation_type=translation.translation_type,
        tool_name=translation.tool_name,
        last_translated_by_id=translation.last_translated_by_id,
        has_error=translation.has_error,
        field_error=translation.field_error,
    )


def _write(copies: Sequence[StringTranslation], reviews: Sequence[SegmentReview]) -> None:
    # In bulk, which sends no signals: saving one by one would say that somebody has looked at it.
    StringTranslation.objects.bulk_create(copies, batch_size=500)
    for review in reviews:
        review.translation_id = review.translation.pk
    SegmentReview.objects.bulk_create(reviews, batch_size=500)


class _Memory:
    """All that was ever translated of one object from the source's language."""

    def __init__(self, source: TranslationSource) -> None:
        rows = (
            StringTranslation.objects.filter(
                context__object_id=source.object_id, translation_of__locale_id=source.locale_id
            )
            .exclude(data="")
            .select_related("translation_of")
            .order_by("updated_at", "pk")
        )
        self._at: dict[tuple[_Place, int], StringTranslation] = {}
        self._of_text: defaultdict[tuple[int, int], list[StringTranslation]] = defaultdict(list)
        for row in rows:
            place = (row.translation_of_id, row.context_id)
            self._at[place, row.locale_id] = row
            self._of_text[row.translation_of_id, row.locale_id].append(row)
        self.locales = sorted({row.locale_id for row in self._at.values()})
        self.previous = dict(
            SegmentReview.objects.filter(
                translation__context__object_id=source.object_id
            ).values_list("translation_id", "previous")
        )

    def at(self, place: _Place, locale: int) -> StringTranslation | None:
        """The translation of a text at its place."""
        return self._at.get((place, locale))

    def of_text(
        self, string: int, locale: int, shown: Collection[_Place]
    ) -> StringTranslation | None:
        """The translation of the same text anywhere in the object.

        One that was ``shown`` comes before one from the past, a newer before an older.
        """

        def rank(row: StringTranslation) -> tuple[bool, bool]:
            place = (row.translation_of_id, row.context_id)
            return (place in shown, row.pk not in self.previous)

        return max(reversed(self._of_text.get((string, locale), [])), key=rank, default=None)
