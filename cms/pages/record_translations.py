"""The texts of shared records in other languages: read for documents, written for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models, transaction

from cms.changes.models import Reason
from cms.pages.models import ContentSnippet, RecordTranslation
from cms.pages.stale import touch

__all__ = ["forget_record", "load_texts", "translatable_fields", "translate_record"]


def translatable_fields(model: type[ContentSnippet]) -> list[str]:
    """The names of a record's texts that may be translated (``translate=True``)."""
    return [
        exposed.name
        for exposed in model.exposed_fields
        if exposed.translate
        and not exposed.computed
        and isinstance(model._meta.get_field(exposed.name), models.CharField | models.TextField)
    ]


def load_texts(record: ContentSnippet, locale: str) -> dict[str, str]:
    """The record's translated texts by field; empty in the portal's own language. One query."""
    if not locale or locale == settings.LANGUAGE_CODE:
        return {}
    names = translatable_fields(type(record))
    rows = _rows(record).filter(locale=locale, field__in=names)
    return dict(rows.values_list("field", "text")) if names else {}


@transaction.atomic
def translate_record(record: ContentSnippet, locale: str, texts: Mapping[str, str]) -> None:
    """Writes texts by field; an empty one takes the translation away.

    Documents with the record are stale then. Raises ValueError for a field that isn't translated
    and for the portal's own language.
    """
    if locale == settings.LANGUAGE_CODE:
        raise ValueError(f"{locale} is the language of the record itself")
    allowed = translatable_fields(type(record))
    if unknown := sorted(set(texts) - set(allowed)):
        raise ValueError(f"{unknown[0]!r} is not translated; these are: {', '.join(allowed)}")
    for name, text in texts.items():
        row = {"locale": locale, "field": name}
        if text.strip():
            _rows(record).update_or_create(
                type=record._meta.model_name,
                object_id=record.pk,
                **row,
                defaults={"text": text.strip(), "source": getattr(record, name)},
            )
        else:
            _rows(record).filter(**row).delete()
    touch(str(record._meta.model_name), record.pk, [record.tag], Reason.UPDATE)


def forget_record(record: ContentSnippet) -> None:
    """Takes the translations of a deleted record away."""
    _rows(record).delete()


def _rows(record: ContentSnippet) -> models.QuerySet[RecordTranslation]:
    return RecordTranslation.objects.filter(type=record._meta.model_name, object_id=record.pk)
