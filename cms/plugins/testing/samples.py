"""A small portal and pages of any type, filled with sample values."""

from __future__ import annotations

import io
import json
from collections import deque
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import models
from modelcluster.fields import ParentalKey
from PIL import Image
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from cms.pages.models import ContentPage, ContentSnippet, PortalDocument, PortalImage
from cms.plugins.registry import ContentType, registry
from cms.plugins.testing.block_samples import block_sample
from cms.plugins.testing.field_samples import field_sample

__all__ = ["Samples", "ValuesOf"]

type ValuesOf = Callable[[type[models.Model], int], Mapping[str, Any]]
"""``(model, number)`` → values that the model's own rules ask for."""


class Samples:
    """Makes pages of any type where they may stand; ``values_of`` has the last word on values."""

    def __init__(self, values_of: ValuesOf | None = None) -> None:
        self._values_of = values_of or (lambda model, number: {})
        self._records: dict[type[models.Model], Any] = {}
        self._parents: dict[str, ContentPage] = {}

    @cached_property
    def home(self) -> ContentPage:
        """The portal's published root, in place of Wagtail's welcome page."""
        content_type = _root_type()
        home = _bare_page(content_type, self._values(content_type.model, 0, _is_required))
        Page.objects.get(depth=1).add_child(instance=home)
        site = Site.objects.get(is_default_site=True)
        site.root_page = home
        site.save()
        Page.objects.filter(depth=2).exclude(pk=home.pk).delete()
        return _publish(home)

    @cached_property
    def image(self) -> PortalImage:
        """A public image."""
        picture = io.BytesIO()
        Image.new("RGB", (64, 40), "seagreen").save(picture, "PNG")
        file = ImageFile(picture, name="anh-thu.png")
        image = PortalImage(title="Ảnh thử", description="Một màu xanh", file=file)
        image.save()
        image.file.close()
        return image

    @cached_property
    def file(self) -> PortalDocument:
        """A public file."""
        file = PortalDocument(title="Tệp thử")
        file.file.save("tep-thu.txt", ContentFile("Tệp thử.".encode()), save=False)
        file.save()
        file.file.close()
        return file

    def record(self, model: type[Any]) -> Any:
        """A shared record of a model, always the same one."""
        if model not in self._records:
            self._records[model] = record = model(**self._values(model, 1, _is_plain))
            record.save()
        return self._records[model]

    def page(self, content_type: ContentType, number: int = 1, **values: Any) -> ContentPage:
        """A published page of a type with a value in every exposed field.

        ``number`` tells pages of one type apart: their titles and values differ by it. Of the
        portal's root there is but one, which is filled and published again.
        """
        if content_type == _root_type():
            home = type(self.home).objects.get(pk=self.home.pk)
            self._fill(home, number, values)
            return _publish(home)
        page = self._new_page(content_type, number, **values)
        self._add_below(self.parent(content_type), page)
        return _publish(page)

    def draft(self, content_type: ContentType, number: int = 1) -> ContentPage:
        """A page of a type that was never published."""
        page = self._new_page(content_type, number)
        self._add_below(self.parent(content_type), page)
        page.save_revision()
        return page

    def parent(self, content_type: ContentType) -> ContentPage:
        """A published page below which the type may stand; made with all that it stands on."""
        if content_type.name not in self._parents:
            parent = self.home
            for step in _way_to(content_type):
                page = _bare_page(step, self._values(step.model, 0, _is_required))
                self._add_below(parent, page)
                parent = _publish(page)
            self._parents[content_type.name] = parent
        return self._parents[content_type.name]

    def _add_below(self, parent: ContentPage, page: ContentPage) -> None:
        page.live = False
        # Read anew: adding a child changes what the tree says of its parent.
        Page.objects.get(pk=parent.pk).specific.add_child(instance=page)

    def _new_page(self, content_type: ContentType, number: int, **values: Any) -> ContentPage:
        """An unsaved page of a type, filled."""
        model: Any = content_type.model
        page: ContentPage = model(title=f"{model._meta.verbose_name} {number}")
        self._fill(page, number, values)
        return page

    def _fill(self, page: ContentPage, number: int, given: Mapping[str, Any]) -> None:
        for name, value in {**self._values(type(page), number, _is_filled), **given}.items():
            setattr(page, name, value)
        for exposed in page.exposed_fields:
            relation = None if exposed.computed else page._meta.get_field(exposed.name)
            if isinstance(relation, models.ManyToOneRel) and exposed.name not in given:
                row: Any = relation.related_model
                rows = [row(**self._values(row, each, _is_filled)) for each in (1, 2)]
                setattr(page, exposed.name, rows)

    def _values(
        self, model: type[Any], number: int, chosen: Callable[[Any, set[str]], bool]
    ) -> dict[str, Any]:
        """Samples for the chosen fields of a model: ``chosen(field, names that are exposed)``."""
        exposed = {e.name for e in getattr(model, "exposed_fields", ()) if not e.computed}
        own = [field for field in model._meta.get_fields() if _is_own(field, model)]
        samples = {
            field.name: self._sample(field, number, place)
            for place, field in enumerate(own)
            if chosen(field, exposed)
        }
        known = {name: value for name, value in samples.items() if value is not None}
        return {**known, **self._values_of(model, number)}

    def _sample(self, field: Any, number: int, place: int) -> Any:
        """A value for a model field; ``place`` is its place among the model's own fields."""
        if isinstance(field, models.ForeignKey | models.ManyToManyField):
            referred = self._reference(field.related_model)
            return [referred] if isinstance(field, models.ManyToManyField) else referred
        if isinstance(field, StreamField):
            return json.dumps(block_sample(field.stream_block, self))
        return field_sample(field, number, place)

    def _reference(self, model: Any) -> Any:
        if issubclass(model, ContentSnippet):
            return self.record(model)
        known = {PortalImage: "image", PortalDocument: "file", Page: "home"}
        name = known.get(model)
        return getattr(self, name) if name else None


def _bare_page(content_type: ContentType, values: Mapping[str, Any]) -> ContentPage:
    model: Any = content_type.model
    page: ContentPage = model(title=str(model._meta.verbose_name), **values)
    return page


def _is_own(field: Any, model: type[models.Model]) -> bool:
    """Whether a field is a column or a relation that the model itself declares for editors."""
    if not isinstance(field, models.Field) or field.primary_key or not field.editable:
        return False
    return field.model is model and not isinstance(field, ParentalKey)


def _is_required(field: Any, exposed: set[str]) -> bool:
    return not field.blank and not field.has_default()


def _is_filled(field: Any, exposed: set[str]) -> bool:
    return field.name in exposed or _is_required(field, exposed)


def _is_plain(field: Any, exposed: set[str]) -> bool:
    """Filled, but without references that can be left out, which could lead in a circle."""
    is_reference = isinstance(field, models.ForeignKey | models.ManyToManyField)
    return _is_filled(field, exposed) and not (is_reference and field.blank)


def _root_type() -> ContentType:
    """The type that stands right below the root of the tree."""
    return next(t for t in registry.pages() if "root" in _model(t).parent_types)


def _way_to(content_type: ContentType) -> list[ContentType]:
    """The types between the home page and a page of the type: the shortest way that is allowed."""
    home = _root_type()
    ways: dict[str, list[ContentType]] = {home.name: []}
    waiting = deque([home])
    while waiting:
        above = waiting.popleft()
        if _may_stand(content_type, above):
            return ways[above.name]
        for below in registry.pages():
            if below.name not in ways and _may_stand(below, above):
                ways[below.name] = [*ways[above.name], below]
                waiting.append(below)
    raise LookupError(f"{content_type.name!r} can't stand anywhere (cms.E023).")


def _may_stand(child: ContentType, parent: ContentType) -> bool:
    return _model(child) in _model(parent).allowed_subpage_models()


def _model(content_type: ContentType) -> Any:
    return content_type.model


def _publish(page: ContentPage) -> ContentPage:
    page.save_revision().publish()
    fresh: ContentPage = type(page).objects.get(pk=page.pk)
    return fresh
