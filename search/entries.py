"""A published document as engines store it: terms and values, nothing to be read."""

from __future__ import annotations

import datetime
import hashlib
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import orjson

from cms.plugins.registry import ContentType, registry
from cms.vietnamese.document_numbers import parse_document_number
from cms.vietnamese.search_terms import read_mentions
from search.analysis import Analyser, Piece
from search.contract import Entry, Value
from search.glossary import analyser_of
from search.mapping import number_field, words_field
from search.texts import SearchedText, searched_texts
from search.values import filter_values, number_of

if TYPE_CHECKING:
    from cms.pages.models import PublishedDocument

__all__ = ["build_entry", "path_prefixes"]


def build_entry(row: PublishedDocument) -> Entry:
    """The entry of a fresh document: a pure function of the row and the glossary."""
    content_type = registry.get(row.type)
    document: dict[str, Any] = orjson.loads(bytes(row.body))
    texts = list(searched_texts(content_type, document))
    fields: dict[str, Value] = {
        **_words(texts, analyser_of(row.locale)),
        **_found_terms(texts),
        **_envelope(row, content_type, document),
        **dict(filter_values(content_type, document)),
    }
    fields = {name: value for name, value in fields.items() if _says_something(value)}
    return Entry(row.pk, row.locale, _digest(fields), fields)


def _says_something(value: Value) -> bool:
    return math.isfinite(value) if isinstance(value, float) else value not in ("", [])


def _words(texts: list[SearchedText], analyser: Analyser) -> dict[str, Value]:
    zones = {
        "text": [Piece(one.text, max(1, round(one.weight))) for one in texts],
        "title": [Piece(one.text) for one in texts if one.is_title],
    }
    fields: dict[str, Value] = {}
    for zone, pieces in zones.items():
        streams = analyser.document(pieces)
        fields[words_field(zone, "exact")] = streams.exact
        fields[words_field(zone, "fold")] = streams.fold
        fields[words_field(zone, "pairs")] = streams.pairs
    return fields


def _found_terms(texts: list[SearchedText]) -> dict[str, Value]:
    """Numbers and dates. A number is the page's own where it is the whole of a field."""
    own = [one.text for one in texts if one.is_field and parse_document_number(one.text)]
    titles = [one.text for one in texts if one.is_title]
    everything = read_mentions("\n".join(one.text for one in texts))
    return {
        "numbers": list(read_mentions("\n".join(own)).numbers),
        "title_numbers": list(read_mentions("\n".join(titles)).numbers),
        "mentions": list(everything.numbers),
        "dates": list(everything.dates),
    }


def _envelope(
    row: PublishedDocument, content_type: ContentType, document: Mapping[str, Any]
) -> dict[str, Value]:
    model: Any = content_type.model
    fields: dict[str, Value] = {
        "locale": [row.locale],
        "type": [row.type],
        "path": [row.path],
        "within": path_prefixes(row.path),
        "standing": ["current"] if model.is_current(document) else [],
    }
    moments = {
        "published_at": row.published_at,
        "updated_at": row.updated_at,
        "expires_at": row.expires_at,
    }
    for name, moment in moments.items():
        if moment is not None:
            fields[number_field(name)] = number_of(moment)
    if dated := document.get(model.dated_by):
        day = datetime.date.fromisoformat(dated[:10])
        fields[number_field("day")] = number_of(day)
        fields["year"] = [str(day.year)]
    return fields


def _digest(fields: Mapping[str, Value]) -> str:
    """What two entries are known to be the same by."""
    dumped = orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(dumped, digest_size=12).hexdigest()


def path_prefixes(path: str) -> list[str]:
    """The paths of all pages above: ``/a/b/c/`` → ``/``, ``/a/``, ``/a/b/``."""
    parts = path.strip("/").split("/")
    return ["/", *("/" + "/".join(parts[:end]) + "/" for end in range(1, len(parts)))]
