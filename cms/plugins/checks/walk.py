"""Walks through blocks and fields, for checks that look at each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from cms.pages.exposed import ExposedField
from cms.pages.kinds import FIELD_KINDS, Kind, field_kind, model_field
from cms.pages.models import ContentSnippet, PortalDocument, PortalImage

__all__ = ["BlockPlace", "FieldPlace", "exposed_places", "is_atom", "walk_blocks"]


@dataclass(frozen=True)
class FieldPlace:
    """One exposed field of a model, or of the child rows that it brings."""

    model: type[models.Model]
    exposed: ExposedField

    def __str__(self) -> str:
        return f"{self.model.__name__}.{self.exposed.name}"

    @cached_property
    def field(self) -> Any | None:
        """The model's field or reverse relation; None where there is none."""
        try:
            return model_field(self.model, self.exposed.name)
        except FieldDoesNotExist:
            return None

    @cached_property
    def kind(self) -> Kind | None:
        """The field's kind; None for a computed or unknown field and for a class without one."""
        if self.field is None or self.exposed.computed:
            return None
        target = getattr(self.field, "related_model", None)
        if isinstance(self.field, models.ManyToOneRel):
            return FIELD_KINDS.find(self.field)
        if target is not None and FIELD_KINDS.find(self.field) is None:
            return field_kind(self.field) if _is_deliverable(target) else None
        if isinstance(self.field, models.ManyToManyField) and not _is_deliverable(target):
            return None
        return FIELD_KINDS.find(self.field) and field_kind(self.field)

    @property
    def stream_block(self) -> blocks.StreamBlock | None:
        """The stream block of a StreamField."""
        return self.field.stream_block if isinstance(self.field, StreamField) else None

    @property
    def child_model(self) -> type[models.Model] | None:
        """The model of the child rows, where the field is their relation."""
        is_relation = isinstance(self.field, models.ManyToOneRel)
        return self.field.related_model if is_relation and self.field else None


def exposed_places(model: type[Any]) -> Iterator[FieldPlace]:
    """The exposed fields of a model, then those of its child rows."""
    own = [FieldPlace(model, exposed) for exposed in model.exposed_fields]
    yield from own
    for place in own:
        child = None if place.exposed.computed else place.child_model
        if child is not None and child is not model:
            yield from exposed_places(child) if hasattr(child, "exposed_fields") else ()


def _is_deliverable(target: Any) -> bool:
    """Whether something is known that a reference to the model can be delivered as."""
    known = Page | ContentSnippet | PortalImage | PortalDocument
    return isinstance(target, type) and issubclass(target, known)


@dataclass(frozen=True, slots=True)
class BlockPlace:
    """One block inside a StreamField, with the way that leads to it."""

    block: Any
    path: str
    ancestors: tuple[Any, ...]
    """The blocks around it, outermost first."""


def walk_blocks(root: Any, path: str) -> Iterator[BlockPlace]:
    """A block and every block in it, once for each parent and grandparent that it stands in.

    Blocks are shared: in a body that nests eight levels the same paragraph has hundreds of ways
    leading to it, and what stands closest around it is all that matters.
    """
    return _walk(BlockPlace(root, path, ()), set())


def _walk(place: BlockPlace, seen: set[tuple[int, ...]]) -> Iterator[BlockPlace]:
    key = tuple(id(block) for block in (*place.ancestors[-2:], place.block))
    if key in seen:
        return
    seen.add(key)
    yield place
    around = (*place.ancestors, place.block)
    for path, child in _children(place):
        yield from _walk(BlockPlace(child, path, around), seen)


def _children(place: BlockPlace) -> list[tuple[str, Any]]:
    block = place.block
    if is_atom(block):
        return []
    if isinstance(block, blocks.ListBlock):
        return [(f"{place.path}[]", block.child_block)]
    if isinstance(block, blocks.StreamBlock | blocks.StructBlock):
        return [(f"{place.path}.{name}", child) for name, child in block.child_blocks.items()]
    return []


def is_atom(block: Any) -> bool:
    """Whether a block is delivered as one value, whatever it is made of in the editor."""
    return isinstance(block, ImageBlock)
