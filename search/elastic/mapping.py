"""How an entry is stored: a strict mapping, derived from the fields of entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from search.mapping import FieldSpec

__all__ = ["BUILDING", "LONGEST_KEYWORD", "RESULT_WINDOW", "field_mappings", "index_settings"]

RESULT_WINDOW = 10_000
"""How many hits can be passed over and given without ``after``: Elasticsearch's own bound."""

LONGEST_KEYWORD = 8_000
"""Characters: Lucene has no term of more than 32,766 bytes and refuses the whole entry."""

BUILDING: Mapping[str, Any] = {"refresh_interval": "-1", "number_of_replicas": 0}
"""Of an index that nobody searches yet: it is filled faster so."""

# The terms come ready from the analysis, so that both engines have the same ones.
_TYPES: dict[str, dict[str, Any]] = {
    "words": {"type": "text", "analyzer": "whitespace"},
    "keyword": {"type": "keyword", "ignore_above": LONGEST_KEYWORD},
    "number": {"type": "double"},
}


def field_mappings(fields: Iterable[FieldSpec]) -> dict[str, Any]:
    """The mapping, without ``_meta``. Any field that it doesn't name is refused.

    The source is not kept: what is read back (id and digest) comes from the columns, and an index
    is built anew from the database, never from itself.
    """
    return {
        "dynamic": "strict",
        "_source": {"enabled": False},
        "properties": {
            "id": {"type": "long"},
            "digest": {"type": "keyword", "index": False},
            **{spec.name: _TYPES[spec.type] for spec in fields},
        },
    }


def index_settings() -> dict[str, Any]:
    """The settings of an index that is being built."""
    return {
        "number_of_shards": 1,  # 100,000 entries are little for one, and its counts are exact
        **BUILDING,
        # The default, said here so that both engines are seen to rank alike.
        "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}},
        "max_result_window": RESULT_WINDOW,
        "max_regex_length": LONGEST_KEYWORD,  # of prefixes, too
        # A field that the index doesn't have is an error, never silently nothing.
        "query": {"parse": {"allow_unmapped_fields": False}},
        # How long a removed entry's version is remembered, against writers that come late.
        "gc_deletes": "1h",
    }
