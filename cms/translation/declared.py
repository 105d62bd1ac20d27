"""What is translated, what is taken over and what may be overridden: from ``exposed_fields``.

`translate=True` makes a text go to translators. Every other value is taken over from the source,
and a translator may set another in its place. A block names in `Meta.untranslated` those of its
children that are the same in every language. wagtail-localize reads the outcome from the model.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField, TranslatableField

from cms.pages.kinds import model_field
from cms.plugins.registry import ContentType, registry
from cms.translation.child_rows import ChildRowsField, make_translatable

__all__ = ["declare", "declare_all", "goes_to_translators"]


def declare_all() -> None:
    """Declares every page type."""
    for content_type in registry.pages(include_disabled=True):
        model: Any = content_type.model
        model.override_translatable_fields = declare(content_type)


def declare(content_type: ContentType) -> list[BaseTranslatableField]:
    """What differs from wagtail-localize's own choice, which hands over every text it finds."""
    model = content_type.model
    translated = {
        model_field(model, exposed.name).name
        for exposed in content_type.exposed_fields
        if exposed.translate and not exposed.computed
    }
    # An address follows the title (cms.translation.slugs), unless a translator sets another.
    fields: list[BaseTranslatableField] = [SynchronizedField("slug")]
    for field in _texts(model):
        kind = TranslatableField if field.name in translated else SynchronizedField
        fields.append(kind(field.name))
    for exposed in content_type.exposed_fields:
        relation = None if exposed.computed else model_field(model, exposed.name)
        if isinstance(relation, models.ManyToOneRel) and make_translatable(relation):
            fields.append(ChildRowsField(relation.name))
    return fields


def _texts(model: type[models.Model]) -> Iterator[Any]:
    """The model's own fields that hold text; those of every page are wagtail-localize's choice."""
    common = {field.name for field in Page._meta.get_fields()}
    for field in model._meta.concrete_fields:
        if field.name in common or not field.editable or field.choices:
            continue
        if isinstance(field, models.CharField | models.TextField | StreamField):
            yield field


def goes_to_translators(model: type[Any], field_path: str) -> bool:
    """Whether the block at a field path (``body.citation.number``) may be translated.

    A path into anything but a StreamField may.
    """
    name, *steps = field_path.split(".")
    field = model._meta.get_field(name)
    block = field.stream_block if isinstance(field, StreamField) else None
    while block is not None and steps:
        step = steps.pop(0)
        if step in getattr(block.meta, "untranslated", ()):
            return False
        children = getattr(block, "child_blocks", None)
        block = children.get(step) if children else getattr(block, "child_block", None)
    return True
