"""Checks of content types as a whole: what they declare, where they stand, what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from cms.pages.models import ContentPage, ContentSnippet
from cms.plugins.checks.catalogue import problem
from cms.plugins.checks.walk import FieldPlace
from cms.plugins.config import ContentPlugin
from cms.plugins.registry import ContentType

__all__ = ["check_owner", "check_places", "check_type"]


def check_type(content_type: ContentType) -> Iterator[CheckMessage]:
    """What one page or snippet model declares beside its fields."""
    model: Any = content_type.model
    if content_type.is_page and not model.__name__.endswith("Page"):
        yield problem(
            "cms.E007",
            f"{model.__name__}.",
            hint=f"Call it {model.__name__}Page: its public name is made of what stands before.",
            obj=model,
        )
    if any("api_fields" in vars(base) for base in _own_bases(model)):
        yield problem(
            "cms.E020",
            f"{model.__name__}.",
            hint="Remove it: api_fields also feed the admin's API, which shows drafts. "
            "Declare exposed_fields.",
            obj=model,
        )
    yield from _check_declared(model)
    if not content_type.is_page:
        yield from _check_natural_key(model)


def _own_bases(model: type[Any]) -> Iterator[type[Any]]:
    """The model and what it inherits from outside Wagtail and the core's own base."""
    for base in model.__mro__:
        if base in (ContentPage, ContentSnippet):
            return
        yield base


def _check_declared(model: type[Any]) -> Iterator[CheckMessage]:
    if not model.exposed_fields:
        yield problem(
            "cms.E021",
            f"{model.__name__}.",
            hint="List what the outside may see: exposed_fields = [ExposedField('…'), …].",
            obj=model,
        )
    for exposed in model.exposed_fields:
        place = FieldPlace(model, exposed)
        child = None if exposed.computed else place.child_model
        if child is not None and not getattr(child, "exposed_fields", None):
            yield problem(
                "cms.E021",
                f"{child.__name__}, whose rows {place} brings.",
                hint="List what the outside may see of a row.",
                obj=child,
            )


def _check_natural_key(model: type[Any]) -> Iterator[CheckMessage]:
    name = getattr(model, "natural_key_field", "")
    fault = ""
    try:
        field = model._meta.get_field(name) if name else None
    except FieldDoesNotExist:
        field = None
    if not name:
        fault = f"{model.__name__} names none"
    elif not isinstance(field, models.Field):
        fault = f"{model.__name__} has no field {name!r}"
    elif not field.unique:
        fault = f"{model.__name__}.{name} is not unique"
    if fault:
        yield problem(
            "cms.E024",
            f"{fault}.",
            hint="Set natural_key_field to a field with unique=True: it names the record in "
            "filters, imports and exports.",
            obj=model,
        )


def check_owner(config: AppConfig) -> Iterator[CheckMessage]:
    """An app that is no plugin has no page types."""
    if isinstance(config, ContentPlugin):
        return
    for model in config.get_models():
        if issubclass(model, ContentPage):
            yield problem(
                "cms.E022",
                f"{model.__name__} of the app {config.label!r}.",
                hint="Make the app's AppConfig a cms.plugins.api.ContentPlugin and list it in "
                "CMS_PLUGINS.",
                obj=model,
            )


def check_places(
    mine: Iterable[ContentType], every: Sequence[ContentType]
) -> Iterator[CheckMessage]:
    """Each page type of ``mine`` can stand somewhere below the portal's root."""
    pages = {t.name: t.model for t in every if t.is_page}
    reached = _reachable(pages)
    for content_type in mine:
        if content_type.is_page and content_type.name not in reached:
            model: Any = content_type.model
            named = ", ".join(model.parent_types)
            yield problem(
                "cms.E023",
                f"{content_type.name!r} may stand below {named or 'nothing'}.",
                hint=f"Name in parent_types a type that exists: root, {', '.join(sorted(pages))}.",
                obj=model,
            )


def _reachable(pages: dict[str, Any]) -> set[str]:
    """The types that can be put below the root, or below one that can."""
    reached = {name for name, model in pages.items() if "root" in model.parent_types}
    while True:
        offered = {child for name in reached for child in pages[name].child_types}
        more = {
            name
            for name, model in pages.items()
            if name in offered or reached.intersection(model.parent_types)
        }
        if more <= reached:
            return reached
        reached |= more
