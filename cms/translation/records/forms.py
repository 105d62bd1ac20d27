"""The form with a shared record's texts in every other language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from cms.pages.models import ContentSnippet, RecordTranslation
from cms.pages.record_translations import texts_of, translatable_fields, translate_record
from cms.translation.reviewing.differences import Piece, compare_words

__all__ = ["RecordTranslationsForm", "Text", "stale_texts"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the record in one language: the fields for it, and what it translates."""

    locale: Locale
    source: str
    field: forms.BoundField
    right: forms.BoundField | None
    """The tick that says the translation is right; where it need not be reviewed, None."""
    difference: list[Piece]


class RecordTranslationsForm(forms.Form):
    """Each translated text of one record in each language but the portal's own."""

    def __init__(self, record: ContentSnippet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._record = record
        self._rows = texts_of(record)
        self._locales = list(Locale.objects.exclude(language_code=settings.LANGUAGE_CODE))
        for locale in self._locales:
            for name in self._names():
                self._add(locale.language_code, name)

    def _names(self) -> Iterator[str]:
        """The record's fields with a text in them: nothing can't be translated."""
        for name in translatable_fields(type(self._record)):
            if getattr(self._record, name):
                yield name

    def _add(self, code: str, name: str) -> None:
        field: Any = self._record._meta.get_field(name)
        is_long = isinstance(field, models.TextField)
        row = self._rows.get((code, name))
        self.fields[_key(code, name)] = forms.CharField(
            label=capfirst(field.verbose_name),
            required=False,
            max_length=field.max_length,
            initial=row.text if row else "",
            widget=forms.Textarea(attrs={"rows": 3, "lang": code})
            if is_long
            else forms.TextInput(attrs={"lang": code}),
        )
        if row is not None and _is_stale(row, self._record):
            self.fields[_right(code, name)] = forms.BooleanField(
                label=_("The translation is right"), required=False
            )

    def texts(self) -> Iterator[Text]:
        """What the page shows, language by language."""
        for locale in self._locales:
            code = locale.language_code
            for name in self._names():
                source = getattr(self._record, name)
                is_stale = _right(code, name) in self.fields
                yield Text(
                    locale,
                    source,
                    self[_key(code, name)],
                    self[_right(code, name)] if is_stale else None,
                    compare_words(self._rows[code, name].source, source) if is_stale else [],
                )

    def save(self) -> int:
        """Writes what was changed or ticked as right; how many texts. The rest stays as it was."""
        written = 0
        for locale in self._locales:
            code = locale.language_code
            texts = {
                name: self.cleaned_data[_key(code, name)]
                for name in self._names()
                if _key(code, name) in self.changed_data
                or self.cleaned_data.get(_right(code, name))
            }
            if texts:
                translate_record(self._record, code, texts)
                written += len(texts)
        return written


def stale_texts(record: ContentSnippet) -> int:
    """How many translations of the record's texts need a review: the record has changed since."""
    return sum(_is_stale(row, record) for row in texts_of(record).values())


def _is_stale(row: RecordTranslation, record: ContentSnippet) -> bool:
    return row.source != getattr(record, row.field, row.source)


def _key(code: str, name: str) -> str:
    return f"{code}-{name}"


def _right(code: str, name: str) -> str:
    return f"right-{code}-{name}"
