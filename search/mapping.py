"""The fields of an entry, derived from what content types declare: the same for every engine.

Words fields hold the terms of the analysis, ranked by BM25. Keyword fields hold whole values, for
filters and facets. Number fields hold one number, for ranges.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cms.pages.kinds import Kind, field_kind, model_field
from cms.plugins.registry import registry

__all__ = ["STREAMS", "ZONES", "FieldSpec", "entry_fields", "facet_field", "is_ordered",
           "keyword_field", "number_field", "words_field"]  # fmt: skip

type FieldType = Literal["words", "keyword", "number"]

STREAMS: tuple[str, ...] = ("exact", "fold", "pairs")
"""How text is written: as it is spelled, without marks, and as adjacent pairs of the latter."""

ZONES: tuple[str, ...] = ("text", "title")
"""``text``: all that is searched; ``title``: titles alone, for their bonus and
for suggestions."""

_ORDERED_BASE = ("published_at", "updated_at", "expires_at", "day")


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of an entry."""

    name: str
    type: FieldType


def words_field(zone: str, stream: str) -> str:
    """``text_fold``: the field of one stream in one zone."""
    return f"{zone}_{stream}"


def keyword_field(name: str) -> str:
    """``k_issuer``: the values of an exposed field that are compared whole."""
    return f"k_{name}"


def number_field(name: str) -> str:
    """``n_issued_on``: the value of an exposed field that has an order, as a number.

    A date counts as its midnight in UTC, a moment in seconds since 1970.
    """
    return f"n_{name}"


def facet_field(name: str) -> str:
    """``facet_issuer``: the same values with their names, to count by."""
    return f"facet_{name}"


def is_ordered(kind: Kind) -> bool:
    """Whether a kind's values are compared by size, and so stored as numbers."""
    return "lt" in kind.operators


def entry_fields() -> tuple[FieldSpec, ...]:
    """Every field that an entry may have, in a stable order, disabled types' fields too."""
    fields: dict[str, FieldType] = {}
    for zone in ZONES:
        for stream in STREAMS:
            fields[words_field(zone, stream)] = "words"
    # Terms of document numbers: the page's own, those in its title, all that it mentions; and of
    # the dates that it mentions.
    for name in ("numbers", "title_numbers", "mentions", "dates"):
        fields[name] = "keyword"
    # `within`: the paths of all pages above. `year` is that of `day`, the date the page goes by.
    # `standing` is "current" while what the page says holds.
    for name in ("locale", "type", "path", "within", "year", "standing"):
        fields[name] = "keyword"
    for name in _ORDERED_BASE:
        fields[number_field(name)] = "number"
    for name, kinds in _filterable().items():
        for kind in kinds:
            if is_ordered(kind):
                fields[number_field(name)] = "number"
            else:
                fields[keyword_field(name)] = fields[facet_field(name)] = "keyword"
    return tuple(FieldSpec(name, kind) for name, kind in fields.items())


def _filterable() -> Mapping[str, list[Kind]]:
    """The exposed fields that some page type is filtered by, with the kinds of their values.

    Two types may use one name for different kinds of value: each writes into the field for its
    kind, which is part of the field's name.
    """
    found: dict[str, list[Kind]] = {}
    for content_type in registry.pages(include_disabled=True):
        for exposed in content_type.exposed_fields:
            if exposed.filter and not exposed.computed:
                kind = field_kind(model_field(content_type.model, exposed.name))
                found.setdefault(exposed.name, []).append(kind)
    return dict(sorted(found.items()))
