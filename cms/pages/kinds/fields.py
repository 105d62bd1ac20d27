"""The kinds of model fields, and reading, exporting and importing a model's exposed fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.db import models
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from cms.pages.exposed import ComputedField, ExposedField, Json
from cms.pages.kinds.base import Intake, IntakeError, Kind, KindTable
from cms.pages.kinds.blocks import StreamFieldKind
from cms.pages.kinds.children import ChildrenKind
from cms.pages.kinds.media import FileKind, ImageKind
from cms.pages.kinds.numbers import BooleanKind, DecimalKind, FloatKind, IntegerKind
from cms.pages.kinds.references import ManyKind, PageKind, SnippetKind
from cms.pages.kinds.richtext import RichTextKind
from cms.pages.kinds.text import ChoiceKind, TextKind, UuidKind
from cms.pages.kinds.times import DateKind, DateTimeKind

if TYPE_CHECKING:
    from cms.pages.build import Build

__all__ = [
    "FIELD_KINDS",
    "export_field",
    "exposed_text",
    "field_kind",
    "field_text",
    "model_field",
    "read_exposed",
    "read_field",
    "write_fields",
]

FIELD_KINDS = KindTable("model field")
for _cls, _kind in (
    (models.CharField, TextKind()),
    (models.TextField, TextKind()),
    (models.IntegerField, IntegerKind()),
    (models.FloatField, FloatKind()),
    (models.DecimalField, DecimalKind()),
    (models.BooleanField, BooleanKind()),
    (models.DateField, DateKind()),
    (models.DateTimeField, DateTimeKind()),
    (models.UUIDField, UuidKind()),
    (RichTextField, RichTextKind()),
    (StreamField, StreamFieldKind()),
    (models.ManyToManyField, ManyKind()),
    (models.ManyToOneRel, ChildrenKind()),
):
    FIELD_KINDS.register(_cls, _kind)

_CHOICE_KIND = ChoiceKind()
_REFERENCES: tuple[tuple[type[models.Model], Kind], ...] = (
    (Page, PageKind()),
    (AbstractImage, ImageKind()),
    (AbstractDocument, FileKind()),
)
_SNIPPET_KIND = SnippetKind()


def reference_kind(model: type[models.Model]) -> Kind:
    """The kind of a reference to a model: a page, an image, a file, else a shared record."""
    for base, kind in _REFERENCES:
        if issubclass(model, base):
            return kind
    return _SNIPPET_KIND


def model_field(model: type[models.Model], name: str) -> Any:
    """The model's field or reverse relation; raises FieldDoesNotExist."""
    return model._meta.get_field(name)


def field_kind(field: Any) -> Kind:
    """A field's kind; raises ImproperlyConfigured for a class without one."""
    if isinstance(field, models.ForeignKey):
        return FIELD_KINDS.find(field) or reference_kind(field.related_model)
    if getattr(field, "choices", None) and isinstance(field, models.CharField):
        return _CHOICE_KIND
    return FIELD_KINDS.get(field)


def read_field(instance: models.Model, name: str, build: Build) -> Json:
    """The delivered value of one field."""
    field = model_field(type(instance), name)
    kind = field_kind(field)
    return kind.read(field, kind.value(field, instance), build)


def read_exposed(instance: models.Model, exposed: ExposedField, build: Build) -> Json:
    """The delivered value of one exposed field, computed ones too."""
    if isinstance(exposed, ComputedField):
        return exposed.read(instance, build)
    return read_field(instance, exposed.name, build)


def export_field(instance: models.Model, exposed: ExposedField, build: Build) -> Json:
    """The portable value of one exposed field that isn't computed."""
    field = model_field(type(instance), exposed.name)
    kind = field_kind(field)
    return kind.export(field, kind.value(field, instance), build)


def field_text(model: type[models.Model], name: str, data: Json) -> Iterator[str]:
    """The pieces of text in one field's delivered value, for search."""
    field = model_field(model, name)
    return field_kind(field).text(field, data)


def exposed_text(model: type[models.Model], data: Mapping[str, Json]) -> Iterator[str]:
    """The pieces of text in those of a shared record's fields that are searched."""
    for exposed in model.exposed_fields:  # type: ignore[attr-defined]  # every content type has them
        if exposed.search and not exposed.computed:
            yield from field_text(model, exposed.name, data[exposed.name])


def write_fields(
    instance: models.Model,
    exposed_fields: Iterable[ExposedField],
    data: Mapping[str, Json],
    intake: Intake,
) -> None:
    """Sets the exposed fields that ``data`` names; raises IntakeError with the field's place.

    Computed fields are passed over: they follow from the others.
    """
    for exposed in exposed_fields:
        if exposed.name not in data or exposed.computed:
            continue
        field = model_field(type(instance), exposed.name)
        try:
            value = field_kind(field).write(field, data[exposed.name], intake)
        except IntakeError as error:
            raise error.within(exposed.name) from error
        _assign(instance, field, value)


def _assign(instance: models.Model, field: Any, value: Any) -> None:
    if isinstance(field, models.ForeignKey):
        setattr(instance, field.attname, value)
    elif isinstance(field, models.ManyToManyField):
        related = field.related_model._default_manager.in_bulk([pk for pk in value if pk])
        setattr(instance, field.name, list(related.values()))
    elif isinstance(field, models.ManyToOneRel):
        setattr(instance, field.get_accessor_name(), value)
    elif value is None and not field.null and field.empty_strings_allowed:
        setattr(instance, field.name, "")
    else:
        setattr(instance, field.name, value)
