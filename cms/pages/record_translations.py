"""The texts of shared records in other languages: read for documents, written for everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.conf import settings
from django.db import models, transaction
from wagtail.fields import RichTextField

from cms.changes.models import Reason
from cms.pages.models import ContentSnippet, RecordTranslation
from cms.pages.stale import touch

__all__ = ["forget_record", "load_texts", "texts_of", "translatable_fields", "translate_record"]


def translatable_fields(model: type[ContentSnippet]) -> list[str]:
    """The names of a record's plain texts that are to be translated (``translate=True``)."""
    return [
        exposed.name
        for exposed in model.exposed_fields
        if exposed.translate
        and not exposed.computed
        and isinstance(
            field := model._meta.get_field(exposed.name), models.CharField | models.TextField
        )
        and not isinstance(field, RichTextField)
    ]


def load_texts(model: type[ContentSnippet], locale: str) -> dict[int, dict[str, str]]:
    """What is translated of all records of a type: texts by field, by record. One query.

    All at once, so that a document costs the same however many of them it names. Empty in the
    portal's own language, which is the records' own: without a query.
    """
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    names = translatable_fields(model)
    if locale in ("", settings.LANGUAGE_CODE) or not names:
        return found
    rows = _rows(model).filter(locale=locale, field__in=names)
    for record, field, text in rows.values_list("object_id", "field", "text"):
        found[record][field] = text
    return found


def texts_of(record: ContentSnippet) -> dict[tuple[str, str], RecordTranslation]:
    """One record's translations by locale and field. One query."""
    rows = _rows(type(record)).filter(object_id=record.pk)
    return {(row.locale, row.field): row for row in rows}


@transaction.atomic
def translate_record(record: ContentSnippet, locale: str, texts: Mapping[str, str]) -> None:
    """Writes texts by field; an empty one takes the translation away.

    Each counts as a translation of the record's text as it is now. Documents with the record are
    stale then. Raises ValueError for a field that isn't translated and for the portal's own
    language.
    """
    if locale == settings.LANGUAGE_CODE:
        raise ValueError(f"{locale} is the language of the record itself")
    allowed = translatable_fields(type(record))
    if unknown := sorted(set(texts) - set(allowed)):
        raise ValueError(f"{unknown[0]!r} is not translated; these are: {', '.join(allowed)}")
    for name, text in texts.items():
        if text.strip():
            RecordTranslation.objects.update_or_create(
                type=record._meta.model_name,
                object_id=record.pk,
                locale=locale,
                field=name,
                defaults={"text": text.strip(), "source": getattr(record, name)},
            )
        else:
            _rows(type(record)).filter(object_id=record.pk, locale=locale, field=name).delete()
    touch(str(record._meta.model_name), record.pk, [record.tag], Reason.UPDATE)


def forget_record(model: type[ContentSnippet], pk: int) -> None:
    """Takes the translations of a deleted record away."""
    _rows(model).filter(object_id=pk).delete()


def _rows(model: type[ContentSnippet]) -> models.QuerySet[RecordTranslation]:
    return RecordTranslation.objects.filter(type=model._meta.model_name)
