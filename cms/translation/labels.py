"""The words that editors know a field or block by."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.text import capfirst

__all__ = ["label_of"]


def label_of(model: type[Model], field_path: str) -> str:
    """What the admin calls the place of a segment: ``Body › Picture › Caption``."""
    name, *blocks = field_path.split(".")
    field: Any = model._meta.get_field(name)
    block = getattr(field, "stream_block", None)
    words = [capfirst(str(getattr(field, "verbose_name", name)))]
    for step in blocks:
        children = getattr(block, "child_blocks", None) or {}
        block = children.get(step) or getattr(block, "child_block", None)
        if block is None:
            break
        if step in children:
            words.append(str(block.label or step))
    return " › ".join(words)
