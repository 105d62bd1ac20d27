"""Checks of exposed fields: each exists, has a kind, and can do what it is declared for."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage
from django.db import models
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms.pages.exposed import RESERVED_FIELDS, ComputedField
from cms.pages.kinds import BLOCK_KINDS, Kind
from cms.pages.kinds.children import ChildrenKind
from cms.pages.kinds.references import ManyKind, PageKind, target_model
from cms.pages.kinds.richtext import RichTextKind
from cms.pages.models import ContentPage, ContentSnippet
from cms.plugins.checks.catalogue import problem
from cms.plugins.checks.walk import FieldPlace, exposed_places, walk_blocks

__all__ = ["check_fields", "has_text"]


def check_fields(model: type[Any]) -> Iterator[CheckMessage]:
    """Every exposed field of a page or snippet model and of its child rows."""
    doubles = Counter(exposed.name for exposed in model.exposed_fields)
    for name, count in doubles.items():
        if count > 1:
            yield problem(
                "cms.E032",
                f"{model.__name__} exposes {name!r} {count} times.",
                hint="Keep one of them.",
                obj=model,
            )
    for place in exposed_places(model):
        yield from _check_name(place)
        if isinstance(place.exposed, ComputedField):
            yield from _check_schema(place, place.exposed.schema)
        elif place.field is not None and place.kind is None:
            yield _without_kind(place)
            continue
        if place.exposed.computed or place.kind is not None:
            yield from _check_abilities(place, place.kind)


def _check_name(place: FieldPlace) -> Iterator[CheckMessage]:
    name = place.exposed.name
    if issubclass(place.model, ContentPage) and name in RESERVED_FIELDS:
        yield problem(
            "cms.E031",
            f"{place}.",
            hint=f"Every page has {', '.join(RESERVED_FIELDS)}: choose another name.",
            obj=place.model,
        )
    elif place.field is None and not place.exposed.computed:
        names = sorted(field.name for field in place.model._meta.get_fields())
        yield problem(
            "cms.E030",
            f"{place}.",
            hint=f"{place.model.__name__} has {', '.join(names)}. "
            "A value that is worked out is a ComputedField.",
            obj=place.model,
        )


def _without_kind(place: FieldPlace) -> CheckMessage:
    field = place.field
    target = getattr(field, "related_model", None)
    points = f" to {target.__name__}" if isinstance(target, type) else ""
    return problem(
        "cms.E033",
        f"{place} is a {type(field).__name__}{points}.",
        hint="Register a kind for the field's class in the plugin's kinds.py; a reference may "
        "point at a page, an image, a file or a ContentSnippet.",
        obj=place.model,
    )


def _check_abilities(place: FieldPlace, kind: Kind | None) -> Iterator[CheckMessage]:
    exposed, why = place.exposed, _describe(place, kind)
    if exposed.filter and not (kind and kind.operators):
        yield problem("cms.E034", why, hint="Drop filter=True.", obj=place.model)
    if exposed.sort and not (kind and kind.sortable):
        yield problem("cms.E035", why, hint="Drop sort=True.", obj=place.model)
    if exposed.card and kind and _shows_pages(kind, place.field, set()):
        yield problem(
            "cms.E036",
            why,
            hint="Drop card=True: a card that held other pages' cards would have no end.",
            obj=place.model,
        )
    if exposed.search is not False:
        weight = exposed.search_weight
        if not math.isfinite(weight) or weight <= 0:
            yield problem(
                "cms.E038",
                f"{place} has the weight {exposed.search!r}.",
                hint="Give True (1.0) or a number above 0.",
                obj=place.model,
            )
        elif not has_text(kind):
            yield problem("cms.E037", why, hint="Drop search.", obj=place.model)
    if exposed.translate and not _can_be_translated(place, kind):
        yield problem(
            "cms.E039",
            why,
            hint="Drop translate=True: the value is the same in every language.",
            obj=place.model,
        )
    elif exposed.translate and not _is_extracted(place):
        yield problem(
            "cms.E041",
            why,
            hint="Only plain text (CharField, TextField) of shared records and of rows that belong "
            "to a page itself is translated: put formatted text into a field of the page.",
            obj=place.model,
        )


def _is_extracted(place: FieldPlace) -> bool:
    """Whether translators get the text: any of a page, plain ones of its rows and of records."""
    if issubclass(place.model, ContentPage):
        return True
    owners = [
        field.related_model
        for field in place.model._meta.concrete_fields
        if isinstance(field, ParentalKey)
    ]
    is_plain = isinstance(place.field, models.CharField | models.TextField) and not isinstance(
        place.field, RichTextField
    )
    return is_plain and (
        issubclass(place.model, ContentSnippet)
        or any(isinstance(owner, type) and issubclass(owner, ContentPage) for owner in owners)
    )


def _describe(place: FieldPlace, kind: Kind | None) -> str:
    if kind is None:
        return f"{place} is computed."
    return f"{place} is a {type(place.field).__name__} ({type(kind).__name__})."


def has_text(kind: Kind | None) -> bool:
    """Whether values of the kind have text for search."""
    return kind is not None and type(kind).text is not Kind.text


def _can_be_translated(place: FieldPlace, kind: Kind | None) -> bool:
    if kind is None:
        return False
    if place.stream_block is not None:
        found = (BLOCK_KINDS.find(p.block) for p in walk_blocks(place.stream_block, ""))
        return any(inner.translatable for inner in found if inner)
    return kind.translatable


def _shows_pages(kind: Kind, source: Any, seen: set[type[models.Model]]) -> bool:
    """Whether values of the kind hold pages' cards or addresses, however deep."""
    if isinstance(kind, PageKind | RichTextKind):
        return True
    if (stream := getattr(source, "stream_block", None)) is not None:
        return any(
            isinstance(place.block, blocks.PageChooserBlock | blocks.RichTextBlock)
            for place in walk_blocks(stream, "")
        )
    if isinstance(kind, ManyKind | ChildrenKind) or getattr(source, "related_model", None):
        target: Any = target_model(source)
        if issubclass(target, Page):
            return True
        if target in seen or not (
            isinstance(kind, ChildrenKind) or issubclass(target, ContentSnippet)
        ):
            return False
        seen.add(target)
        inner = [FieldPlace(target, exposed) for exposed in getattr(target, "exposed_fields", ())]
        return any(p.kind and _shows_pages(p.kind, p.field, seen) for p in inner)
    return False


def _check_schema(place: FieldPlace, schema: Any) -> Iterator[CheckMessage]:
    try:
        json.dumps(schema)
        Draft202012Validator.check_schema(schema)
        fault = "" if isinstance(schema, dict) and schema else "it says nothing"
    except SchemaError as error:
        fault = error.message
    except (TypeError, ValueError) as error:
        fault = str(error)
    if fault:
        yield problem(
            "cms.E040",
            f"{place}: {fault}.",
            hint="Give the JSON Schema (2020-12) of what read() returns.",
            obj=place.model,
        )
