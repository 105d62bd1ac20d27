"""The fields of an entry, derived from what content types declare: the same for every engine.

Words fields hold the terms of the analysis, ranked by BM25. Keyword fields hold whole values, for
filters and facets. Number fields hold one number, for ranges.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cms.pages.kinds import Kind, field_kind, model_field
from cms.pages.kinds.numbers import BooleanKind, DecimalKind, FloatKind, IntegerKind
from cms.pages.kinds.times import DateKind, DateTimeKind
from cms.plugins.registry import registry

__all__ = ["STREAMS", "ZONES", "FieldSpec", "entry_fields", "keyword_field", "number_field",
           "words_field"]  # fmt: skip

type FieldType = Literal["words", "keyword", "number"]

STREAMS: tuple[str, ...] = ("exact", "fold", "pairs")
"""How text is written down: as it is spelled, without marks, and as adjacent pairs of the latter."""

ZONES: tuple[str, ...] = ("text", "title")
"""``text``: all that is searched, weighed by repetition; ``title``: titles alone, for their bonus and
for suggestions."""

_NUMBERS = (IntegerKind, FloatKind, DecimalKind, DateKind, DateTimeKind)
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


def entry_fields() -> tuple[FieldSpec, ...]:
    """Every field that an entry may have, in a stable order, disabled types' fields too."""
    fields: dict[str, FieldType] = {}
    for zone in ZONES:
        for stream in STREAMS:
            fields[words_field(zone, stream)] = "words"
    # Terms that find a document by its own number, by any number or date that it mentions, and
    # while somebody types.
    for name in ("numbers", "mentions", "dates"):
        fields[name] = "keyword"
    # locale, type, path; `within`: the paths of all pages above; `year` of issue or publication;
    # a facet's terms carry their label: see `facet_term` in `search.entries`.
    for name in ("locale", "type", "path", "within", "year"):
        fields[name] = "keyword"
    for name in _ORDERED_BASE:
        fields[number_field(name)] = "number"
    for name, kind in _filterable().items():
        if isinstance(kind, _NUMBERS):
            fields[number_field(name)] = "number"
        else:
            fields[keyword_field(name)] = "keyword"
            if not isinstance(kind, BooleanKind):
                fields[f"facet_{name}"] = "keyword"
    return tuple(FieldSpec(name, kind) for name, kind in fields.items())


def _filterable() -> Mapping[str, Kind]:
    """The exposed fields of page types that are filtered or sorted by, with their kinds.

    Two types may use one name for different kinds of value: each writes into the field for its
    kind, since the kind is part of the field's name.
    """
    found: dict[str, Kind] = {}
    for content_type in registry.pages(include_disabled=True):
        for exposed in content_type.exposed_fields:
            if exposed.filter and not exposed.computed:
                kind = field_kind(model_field(content_type.model, exposed.name))
                found.setdefault(exposed.name, kind)
    return dict(sorted(found.items()))
