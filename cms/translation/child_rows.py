"""The texts of a page's child rows (an inline panel), as segments.

wagtail-localize takes text only from child rows that are translatable models themselves, each with
a locale and a key of its own. Rows of a page need neither: they are the page's, and come and go
with it. It asks a field for ``get_translatable_segments``; here the relation is taught to answer.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail_localize.fields import TranslatableField
from wagtail_localize.segments import StringSegmentValue

__all__ = ["ChildRowsField", "make_translatable", "translated_texts"]


class ChildRowsField(TranslatableField):
    """The relation of child rows that have texts to translate."""

    def is_synchronized(self, source: Any) -> bool:
        """Not where rows are made with their translations: copying first would take their keys."""
        rows: _Rows = self.get_field(type(source)).translated_rows
        return not rows.segments(rows.of(source))


def make_translatable(relation: models.ManyToOneRel) -> bool:
    """Lets wagtail-localize take the rows' translated texts; False where they have none."""
    names = translated_texts(relation.related_model)
    if not names:
        return False
    rows = _Rows(relation, names)
    taught: Any = relation  # Django's relation has none of these
    taught.translated_rows = rows
    taught.get_translatable_segments = rows.segments
    taught.restore_translated_segments = rows.restore
    taught.value_from_object = rows.of
    # The side-by-side editor names a segment's field by it.
    taught.verbose_name = relation.related_model._meta.verbose_name_plural
    return True


def translated_texts(model: Any) -> list[str]:
    """The names of the rows' plain texts that are to be translated."""
    return [
        exposed.name
        for exposed in getattr(model, "exposed_fields", ())
        if exposed.translate
        and not exposed.computed
        and isinstance(
            field := model._meta.get_field(exposed.name), models.CharField | models.TextField
        )
        and not isinstance(field, RichTextField)
    ]


class _Rows:
    """One relation; a row's place is its primary key in the source: ``photos.12.caption``."""

    def __init__(self, relation: models.ManyToOneRel, names: list[str]) -> None:
        self._accessor = relation.get_accessor_name()
        self._names = names

    def of(self, page: Any) -> list[Any]:
        """The page's rows."""
        return list(getattr(page, self._accessor).all())

    def segments(self, rows: list[Any]) -> list[StringSegmentValue]:
        """Each row's texts."""
        return [
            StringSegmentValue("", text).wrap(name).wrap(str(row.pk or f"new{index}"))
            for index, row in enumerate(rows)
            for name in self._names
            if (text := getattr(row, name))
        ]

    def restore(self, rows: list[Any], segments: list[Any]) -> list[Any]:
        """The rows for the translated page: copies, with the translations in place of texts."""
        texts: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for segment in segments:
            key, inner = segment.unwrap()
            name, text = inner.unwrap()
            texts[key][name] = text.render_text()
        copies = []
        for index, row in enumerate(rows):
            copy = _copy(row)
            for name, text in texts[str(row.pk or f"new{index}")].items():
                setattr(copy, name, text)
            copies.append(copy)
        return copies


def _copy(row: Any) -> Any:
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and not isinstance(field, ParentalKey)
    }
    return type(row)(**values)
