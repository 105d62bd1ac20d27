"""Brings a source's content into the form that wagtail-localize takes text from.

Content that was written by code or an import may leave out what a form would have filled in: a text
that is not there at all makes the extraction fail, and the items of a list that has none of their
ids are passed over. Both are mended in the source's frozen copy, from which translations are made;
the ids come from the place, so that they are the same the next time.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid5

from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock

__all__ = ["complete"]

_IDS = UUID("4f0e3b52-9a64-5b0c-8c7e-2f6d1c0a9b11")
_TEXT = (blocks.CharBlock, blocks.TextBlock, blocks.BlockQuoteBlock)


def complete(model: type[Any], content: dict[str, Any]) -> bool:
    """Completes serialised content in place; whether anything was missing."""
    changed = False
    for field in model._meta.get_fields():
        if not isinstance(field, StreamField) or not isinstance(content.get(field.name), str):
            continue
        before = json.loads(content[field.name] or "[]")
        after = _stream(field.stream_block, before, field.name)
        if after != before:
            content[field.name] = json.dumps(after)
            changed = True
    return changed


def _value(block: Any, value: Any, place: str) -> Any:
    if isinstance(block, _TEXT):
        return "" if value is None else value
    if isinstance(block, ImageBlock):
        return value
    if isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        return _struct(block, value, place)
    if isinstance(block, blocks.StreamBlock) and isinstance(value, list):
        return _stream(block, value, place)
    if isinstance(block, blocks.ListBlock) and isinstance(value, list):
        return _list(block, value, place)
    return value


def _struct(block: Any, value: dict[str, Any], place: str) -> dict[str, Any]:
    whole = dict(value)
    for name, child in block.child_blocks.items():
        if name in value or isinstance(child, _TEXT):
            whole[name] = _value(child, value.get(name), f"{place}.{name}")
    return whole


def _stream(block: Any, value: list[Any], place: str) -> list[Any]:
    whole = []
    for index, child in enumerate(value):
        known = block.child_blocks.get(child.get("type")) if isinstance(child, dict) else None
        if known is None:
            whole.append(child)
            continue
        child_id = child.get("id") or str(uuid5(_IDS, f"{place}.{index}"))
        inner = _value(known, child.get("value"), f"{place}.{child_id}")
        whole.append({**child, "id": child_id, "value": inner})
    return whole


def _list(block: Any, value: list[Any], place: str) -> list[Any]:
    whole = []
    for index, item in enumerate(value):
        if not block._item_is_in_block_format(item):
            item = {"type": "item", "value": item}
        item_id = item.get("id") or str(uuid5(_IDS, f"{place}.{index}"))
        inner = _value(block.child_block, item["value"], f"{place}.{item_id}")
        whole.append({**item, "id": item_id, "value": inner})
    return whole
