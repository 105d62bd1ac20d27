"""For the templates of the dashboard and of source pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import nh3
from django import template
from django.utils.safestring import SafeString, mark_safe

from cms.translation.dashboard.filters import STATE_LABELS
from cms.translation.dashboard.matrix import Cell

register = template.Library()

_INLINE: Final = {"a", "b", "br", "code", "em", "i", "s", "strong", "sub", "sup", "u"}


@register.filter
def counted_states(cell: Cell) -> Iterator[tuple[str, Any, int]]:
    """``(name, label, count)`` of the states that some page of the cell is in."""
    for name, label in STATE_LABELS.items():
        if cell.states[name]:
            yield name, label, cell.states[name]


@register.filter
def inline_markup(text: str) -> SafeString:
    """A segment with its bold words and links to be seen, and nothing that could act."""
    return mark_safe(nh3.clean(text, tags=_INLINE, attributes={}))  # noqa: S308 - nh3 has cleaned it
