"""Finds the source text that a text written by hand translates, and makes it its translation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from wagtail_localize.models import (
    String,
    StringTranslation,
    Translation,
    TranslationContext,
)
from wagtail_localize.strings import StringValue, validate_translation_links

from cms.translation.syncing.carrying import carry_over, load_segments
from cms.translation.syncing.matching import Segment
from cms.translation.syncing.models import SegmentReview
from cms.translation.syncing.readings import plain

__all__ = ["Absorber"]


class Absorber:
    """Of one translation; asks for all that was ever translated of its object once."""

    def __init__(self, translation: Translation) -> None:
        self._source = translation.source
        self._locale = translation.target_locale
        self._segments: defaultdict[str, list[Segment]] = defaultdict(list)
        for segment in load_segments(self._source):
            self._segments[segment.path].append(segment)
        self._current = {one.place for run in self._segments.values() for one in run}
        self._rows = list(self._all_rows())
        self._older: list[Segment] = []
        self._written: list[tuple[str, str, str]] = []

    def absorb(self, path: str, was: str, text: str, run: Sequence[str]) -> bool:
        """Makes ``text``, which stands where ``was`` stood, a translation; False: of nothing.

        ``run`` are all texts at that path now. In this order: what was translated as ``was``; the
        source text that stood there untranslated; what stands at the same place in an equal run,
        to be reviewed, because that is a guess.
        """
        if self._is_there(path, text):
            return True
        self._written.append((path, was, text))
        return (
            self._as_translation(path, was, text)
            or self._as_source_text(path, was, text)
            or self._by_position(path, text, run)
        )

    def carry(self) -> Iterator[tuple[str, str, str]]:
        """Carries what was absorbed for texts that the source has changed since.

        Yields ``(path, was, text)`` of what nobody would see all the same: somebody has translated
        the new source text by now.
        """
        if self._older:
            changed = {segment.path for segment in self._older}
            rest = [
                segment
                for path, segments in self._segments.items()
                if path not in changed
                for segment in segments
            ]
            carry_over(self._source, [*rest, *self._older])
        if self._written:
            rows = [row for row in self._all_rows() if _place(row) in self._current]
            shown = {plain(row.data) for row in rows}
            yield from (one for one in self._written if plain(one[2]) not in shown)

    def _all_rows(self) -> QuerySet[StringTranslation]:
        rows: QuerySet[StringTranslation] = StringTranslation.objects.filter(
            context__object_id=self._source.object_id, locale=self._locale
        )
        return rows.select_related("translation_of", "context", "review")

    def _is_there(self, path: str, text: str) -> bool:
        return any(
            row.context.path == path and plain(row.data) == plain(text) for row in self._rows
        )

    def _as_translation(self, path: str, was: str, text: str) -> bool:
        alike = [row for row in self._rows if row.context and plain(row.data) == plain(was)]
        # A child row has another key in every page: its field is what remains.
        field = path.split(".")[0]
        rows = [row for row in alike if row.context.path == path] or [
            row for row in alike if row.context.path.split(".")[0] == field
        ]
        for row in rows:
            self._write(row, text)
            self._pass_on(row, text)
        return bool(rows)

    def _as_source_text(self, path: str, was: str, text: str) -> bool:
        context = TranslationContext.objects.filter(
            object_id=self._source.object_id, path=path
        ).first()
        string = String.objects.filter(
            locale_id=self._source.locale_id, data_hash=String._get_data_hash(was)
        ).first()
        if context is None or string is None:
            return False
        row = self._create(string, context.pk, text)
        self._pass_on(row, text)
        if all(segment.string != string.pk for segment in self._segments[path]):
            self._older.append(
                Segment(string.pk, string.data, context.pk, path, context.field_path)
            )
        return True

    def _by_position(self, path: str, text: str, run: Sequence[str]) -> bool:
        segments = self._segments.get(path, [])
        if len(segments) != len(run):
            return False
        segment = segments[list(run).index(text)]
        row = next(
            (row for row in self._rows if _place(row) == segment.place),
            None,
        )
        if row is None:
            row = self._create(String.objects.get(pk=segment.string), segment.context, text)
        else:
            self._write(row, text)
        SegmentReview.objects.get_or_create(translation=row, defaults={"previous": ""})
        return True

    def _pass_on(self, row: StringTranslation, text: str) -> None:
        """To the texts that took the place of a former one, whose translation nobody has looked at.

        They were given what it was translated as before; now it is translated otherwise.
        """
        if _place(row) in self._current:
            return
        heirs = [
            one
            for one in self._rows
            if _place(one) in self._current
            and hasattr(one, "review")
            and one.review.previous == row.translation_of.data
            and one.context.field_path == row.context.field_path
        ]
        for heir in [one for one in heirs if one.context_id == row.context_id] or heirs:
            self._write(heir, text)

    def _create(self, string: String, context_id: int, text: str) -> StringTranslation:
        row = StringTranslation(
            translation_of=string, context_id=context_id, locale=self._locale, data=text
        )
        row.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
        row.has_error = _is_broken(row, text)
        # In bulk, which sends no signals: that would say that somebody has reviewed it.
        StringTranslation.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["locale", "translation_of", "context"],
            update_fields=["data", "translation_type", "has_error"],
        )
        row = self._all_rows().get(translation_of=string, context_id=context_id)
        self._rows.append(row)
        return row

    def _write(self, row: StringTranslation, text: str) -> None:
        row.data = text
        StringTranslation.objects.filter(pk=row.pk).update(
            data=text,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            tool_name="",
            has_error=_is_broken(row, text),
            field_error="",
        )


def _place(row: StringTranslation) -> tuple[int, int]:
    return row.translation_of_id, row.context_id


def _is_broken(row: StringTranslation, text: str) -> bool:
    """Whether the text has links that the source has not; the editor shows it as an error."""
    try:
        StringValue.from_translated_html(text)
        validate_translation_links(row.translation_of.data, text)
    except ValueError:
        return True
    return False
