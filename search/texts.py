"""The searched texts of a published document, in its own words.

They are taken from the delivered JSON, which has passed the gate: nothing can be found, counted or
highlighted that readers don't get.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cms.pages.kinds import Heading, field_kind, model_field
from cms.pages.kinds.text import TextKind
from cms.plugins.registry import ContentType

__all__ = ["HEADING_WEIGHT", "TITLE_WEIGHT", "SearchedText", "searched_texts"]

TITLE_WEIGHT = 3.0
HEADING_WEIGHT = 1.5


class SearchedText(NamedTuple):
    """A piece of text that stands for itself, as it is delivered, and how much its words count."""

    text: str
    weight: float
    is_title: bool = False
    is_field: bool = False
    """Whether it is all that stands in a field of plain text, such as a document's number."""


def searched_texts(
    content_type: ContentType, document: Mapping[str, Any]
) -> Iterator[SearchedText]:
    """The title, and the exposed fields with a search weight, in the order of declaration."""
    yield SearchedText(document["title"], TITLE_WEIGHT, is_title=True)
    for exposed in content_type.exposed_fields:
        if not exposed.search:
            continue
        weight = exposed.search_weight
        data = document[exposed.name]
        plain = False
        if exposed.computed:
            texts = _computed_text(data)
        else:
            field = model_field(content_type.model, exposed.name)
            kind = field_kind(field)
            texts, plain = kind.text(field, data), isinstance(kind, TextKind)
        for text in texts:
            factor = HEADING_WEIGHT if isinstance(text, Heading) else 1.0
            yield SearchedText(text, weight * factor, is_field=plain)


def _computed_text(data: Any) -> Iterator[str]:
    """The strings in a computed value, however deep; its keys are no text."""
    if isinstance(data, str):
        if data:
            yield data
    elif isinstance(data, list):
        for item in data:
            yield from _computed_text(item)
    elif isinstance(data, dict):
        for item in data.values():
            yield from _computed_text(item)
