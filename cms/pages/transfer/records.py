"""Shared records (topics, organisations, persons …) in an export and an import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction

from cms.pages.build import Build
from cms.pages.exposed import ExposedField, Json
from cms.pages.kinds import IntakeError, export_field
from cms.pages.kinds.fields import FIELD_KINDS
from cms.pages.models import ContentSnippet
from cms.pages.record_translations import texts_of, translate_record
from cms.pages.transfer.fields import check_children, describe_error, write_changes
from cms.pages.transfer.intake import PortalIntake
from cms.pages.transfer.outcome import Outcome
from cms.plugins.registry import ContentType, registry

__all__ = ["RecordWriter", "export_record", "portable_fields", "records_above"]


def portable_fields(content_type: ContentType) -> list[ExposedField]:
    """What a shared record's line has: its exposed fields, then its other editable columns.

    The others are what the public sees only indirectly (a topic's broader topic, a person's
    organisation) and without which the record would not be the same elsewhere.
    """
    exposed = [entry for entry in content_type.exposed_fields if not entry.computed]
    names = {entry.name for entry in exposed}
    meta = content_type.model._meta
    others = [
        ExposedField(column.name)
        for column in (*meta.fields, *meta.many_to_many)
        if column.name not in names
        and column.editable
        and not column.primary_key
        and (isinstance(column, models.ForeignKey) or FIELD_KINDS.find(column) is not None)
    ]
    return [*exposed, *others]


def export_record(record: Any, build: Build) -> dict[str, Json]:
    """The line of a shared record."""
    content_type = registry.for_model(type(record))
    if content_type is None:
        raise ValueError(f"{type(record).__name__} is not a registered content type.")
    fields = portable_fields(content_type)
    values = {entry.name: export_field(record, entry, build) for entry in fields}
    line = {"type": content_type.name, **values}
    if texts := _texts(record):
        line["translations"] = texts
    return line


def _texts(record: ContentSnippet) -> dict[str, Json]:
    """The record's texts in other languages: by locale, by field."""
    found: defaultdict[str, dict[str, Json]] = defaultdict(dict)
    for (locale, name), row in sorted(texts_of(record).items()):
        found[locale][name] = row.text
    return dict(found)


def records_above(record: Any) -> Iterator[Any]:
    """The shared records that the record's own line names, of whatever type."""
    content_type = registry.for_model(type(record))
    shared = {other.model for other in registry.snippets()}
    for entry in portable_fields(content_type) if content_type else ():
        column = record._meta.get_field(entry.name)
        if not column.is_relation or column.related_model not in shared:
            continue
        value = getattr(record, column.name)
        yield from value.all() if column.many_to_many else [value] if value else []


class RecordWriter:
    """Makes shared records and brings them up to date, by natural key."""

    def __init__(self, intake: PortalIntake) -> None:
        self._intake = intake

    def apply(self, content_type: ContentType, line: Mapping[str, Json]) -> Outcome:
        """Writes what differs; a new record whose references aren't here yet is deferred.

        It is made without them meanwhile where it can be, so that two records may name each
        other. Raises IntakeError; the caller has a transaction open.
        """
        model: Any = content_type.model
        key: str = model.natural_key_field
        fields = portable_fields(content_type)
        self._check_keys(content_type, fields, line)
        value = line.get(key)
        if not isinstance(value, str) or not value:
            raise IntakeError("text is expected", key)
        found = model._default_manager.filter(**{key: value}).first()
        record = found or model()
        written = write_changes(record, fields, line, self._intake)
        if written.unresolved:
            if found is not None:
                return Outcome.DEFERRED
            return self._create_without(model(), fields, line, written.unresolved)
        if written.changed:
            _save(record)
            written.save_relations(record)
        translated = _write_texts(record, line.get("translations"))
        if not written.changed and not translated:
            return Outcome.UNCHANGED
        return Outcome.CREATED if found is None else Outcome.UPDATED

    def _create_without(
        self,
        record: Any,
        fields: list[ExposedField],
        line: Mapping[str, Json],
        unresolved: set[str],
    ) -> Outcome:
        rest = [entry for entry in fields if entry.name not in unresolved]
        written = write_changes(record, rest, line, self._intake)
        try:
            with transaction.atomic():
                _save(record)
                written.save_relations(record)
        except IntakeError:
            return Outcome.DEFERRED  # it can't stand without them: a later pass makes it
        return Outcome.BEGUN

    @staticmethod
    def _check_keys(
        content_type: ContentType, fields: list[ExposedField], line: Mapping[str, Json]
    ) -> None:
        computed = [entry.name for entry in content_type.exposed_fields if entry.computed]
        allowed = ["type", "id", *(entry.name for entry in fields), "translations"]
        if unknown := sorted(set(line) - {*allowed, *computed}):
            raise IntakeError(f"unknown field {unknown[0]!r}; allowed: {', '.join(allowed)}")


def _write_texts(record: ContentSnippet, given: Json) -> bool:
    """Writes the texts that differ; whether any did. Those that are not given stay."""
    if given is None:
        return False
    if not isinstance(given, dict):
        raise IntakeError("an object is expected", "translations")
    present = {place: row.text for place, row in texts_of(record).items()}
    others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    changed = False
    for locale, texts in given.items():
        place = f"translations.{locale}"
        if locale not in others:
            raise IntakeError(f"unknown locale; allowed: {', '.join(others)}", place)
        if not isinstance(texts, dict) or not all(isinstance(one, str) for one in texts.values()):
            raise IntakeError("an object of texts is expected", place)
        new = {
            name: str(text)
            for name, text in texts.items()
            if present.get((locale, name), "") != str(text).strip()
        }
        try:
            if new:
                translate_record(record, locale, new)
                changed = True
        except ValueError as error:
            raise IntakeError(str(error), place) from error
    return changed


def _save(record: Any) -> None:
    try:
        record.full_clean()
    except ValidationError as error:
        raise IntakeError(describe_error(error)) from error
    check_children(record)
    record.save()
