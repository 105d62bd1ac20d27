"""Finds a plugin's blocks in what is stored: bodies of other plugins' types, and revisions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Revision

from cms.plugins.config import ContentPlugin

__all__ = ["count_blocks", "count_foreign_blocks"]


def count_foreign_blocks(plugin: ContentPlugin) -> Counter[str]:
    """How many of the plugin's blocks are stored in other apps' models, by place.

    Places are ``article.ArticlePage.body`` and, for revisions, the same with ``(revisions)``.
    """
    found: Counter[str] = Counter()
    for model, field in _stream_fields(plugin):
        place = f"{model._meta.label}.{field.name}"
        found[place] += sum(
            count_blocks(field.stream_block, raw, plugin) for raw in _rows(model, field)
        )
        revisions = sum(
            count_blocks(field.stream_block, raw, plugin) for raw in _revisions(model, field)
        )
        found[f"{place} (revisions)"] += revisions
    return found


def _stream_fields(plugin: ContentPlugin) -> Iterator[tuple[type[models.Model], Any]]:
    """The StreamFields of other apps in which the plugin's blocks may stand."""
    for model in apps.get_models():
        if model._meta.app_label == plugin.label:
            continue
        for field in model._meta.local_fields:
            if isinstance(field, StreamField) and _may_hold(field.stream_block, plugin, set()):
                yield model, field


def _may_hold(block: Any, plugin: ContentPlugin, seen: set[int]) -> bool:
    if id(block) in seen:
        return False
    seen.add(id(block))
    if _is_owned(block, plugin):
        return True
    return any(_may_hold(child, plugin, seen) for child in _children(block).values())


def _is_owned(block: Any, plugin: ContentPlugin) -> bool:
    return f"{type(block).__module__}.".startswith(f"{plugin.name}.")


def _children(block: Any) -> dict[str, Any]:
    if isinstance(block, blocks.ListBlock):
        return {"": block.child_block}
    return dict(getattr(block, "child_blocks", {}))


def _rows(model: type[models.Model], field: Any) -> Iterable[Any]:
    """The stored JSON of each row, as it is in the column."""
    raw = Cast(field.name, models.TextField())
    rows = model._default_manager.annotate(raw_stream=raw).values_list("raw_stream", flat=True)
    return (json.loads(text) for text in rows.iterator(chunk_size=200) if text)


def _revisions(model: type[models.Model], field: Any) -> Iterable[Any]:
    content_type = ContentType.objects.get_for_model(model)
    contents = Revision.objects.filter(content_type=content_type).values_list("content", flat=True)
    for content in contents.iterator(chunk_size=200):
        if text := content.get(field.name):
            yield json.loads(text)


def count_blocks(block: Any, stored: Any, plugin: ContentPlugin) -> int:
    """How many of the plugin's blocks the stored value of a block holds, itself included."""
    count = int(_is_owned(block, plugin))
    if isinstance(block, blocks.StreamBlock) and isinstance(stored, list):
        pairs = [(block.child_blocks.get(item.get("type")), item.get("value")) for item in stored]
    elif isinstance(block, blocks.ListBlock) and isinstance(stored, list):
        pairs = [(block.child_block, _list_value(item)) for item in stored]
    elif isinstance(block, blocks.StructBlock) and isinstance(stored, dict):
        pairs = [(child, stored.get(name)) for name, child in block.child_blocks.items()]
    else:
        pairs = []
    return count + sum(count_blocks(child, value, plugin) for child, value in pairs if child)


def _list_value(item: Any) -> Any:
    """A list's item: stored with its id, or plainly by older versions of Wagtail."""
    is_wrapped = isinstance(item, dict) and item.get("type") == "item" and "value" in item
    return item["value"] if is_wrapped else item
