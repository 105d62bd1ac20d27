"""A document's values as engines compare them: keywords and numbers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from cms.pages.kinds import Kind, field_kind, model_field
from cms.plugins.registry import ContentType
from search.mapping import facet_field, is_ordered, keyword_field, number_field

__all__ = ["FACET_SEPARATOR", "facet_term", "filter_values", "number_of", "split_facet_term"]

FACET_SEPARATOR = "\x1f"
"""Between a facet term's key and its name; no text that is stored has control characters."""


def number_of(value: Any) -> float:
    """A number for a number, a day (its midnight in UTC) or a moment (seconds since 1970)."""
    if isinstance(value, datetime.datetime):
        return value.timestamp()
    if isinstance(value, datetime.date):
        midnight = datetime.datetime(value.year, value.month, value.day, tzinfo=datetime.UTC)
        return midnight.timestamp()
    return float(value) if isinstance(value, int | float | Decimal) else float("nan")


def facet_term(key: str, name: str) -> str:
    """A facet's term: a count by it needs no look-up of the name."""
    return f"{key}{FACET_SEPARATOR}{name}"


def split_facet_term(term: str) -> tuple[str, str]:
    """Key and name of a facet's term."""
    key, _, name = term.partition(FACET_SEPARATOR)
    return key, name


def filter_values(
    content_type: ContentType, document: Mapping[str, Any]
) -> Iterator[tuple[str, list[str] | float]]:
    """The fields that a type's documents are filtered and counted by, with this one's values."""
    for exposed in content_type.exposed_fields:
        if exposed.computed or not exposed.filter:
            continue
        source = model_field(content_type.model, exposed.name)
        kind, data = field_kind(source), document[exposed.name]
        if data is None or data == "" or data == []:
            continue
        if is_ordered(kind):
            yield number_field(exposed.name), _number(kind, source, data)
            continue
        named = dict(kind.named(source, data))
        yield keyword_field(exposed.name), list(named)
        yield facet_field(exposed.name), [facet_term(key, name) for key, name in named.items()]


def _number(kind: Kind, source: Any, data: Any) -> float:
    return number_of(kind.parse(source, str(data)))
