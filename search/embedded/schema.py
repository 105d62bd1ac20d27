"""How entries are stored: the index's fields, and the document of an entry."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Literal

from tantivy import Document, Schema, SchemaBuilder

from search.contract import EngineError, Entry
from search.mapping import FieldSpec

__all__ = ["DIGEST", "ID", "LOCALE", "VERSION", "Fields", "build_schema", "document", "field_types",
           "tombstone"]  # fmt: skip

# The engine's own fields; no name in the mapping starts like that.
ID, LOCALE, DIGEST, VERSION = "_id", "_locale", "_digest", "_version"

type Fields = Mapping[str, Literal["words", "keyword", "number"]]
"""The types of an index's fields by their names."""


def field_types(specs: Iterable[FieldSpec]) -> Fields:
    """The fields of a mapping as an index keeps them beside its entries."""
    return {spec.name: spec.type for spec in specs}


def build_schema(fields: Fields) -> Schema:
    """The index's schema. Words are split at spaces and nothing else is done to them."""
    builder = SchemaBuilder()
    builder.add_integer_field(ID, stored=True, indexed=True, fast=True)
    builder.add_integer_field(VERSION, fast=True)
    builder.add_text_field(LOCALE, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(DIGEST, stored=True, tokenizer_name="raw", index_option="basic")
    for name, kind in fields.items():
        if kind == "words":
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
        elif kind == "keyword":
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        else:
            builder.add_float_field(name, fast=True)
    return builder.build()


def document(entry: Entry, version: int, fields: Fields) -> Document:
    """An entry as it is stored; raises EngineError for a field that the index doesn't have."""
    stored = Document()
    stored.add_integer(ID, entry.id)
    stored.add_integer(VERSION, version)
    stored.add_text(LOCALE, entry.locale)
    stored.add_text(DIGEST, entry.digest)
    for name, value in entry.fields.items():
        kind = fields.get(name)
        if kind is None:
            raise EngineError(f"The embedded index has no field {name}.")
        if kind == "number":
            number = _number(name, value)
            if not math.isnan(number):  # no range has it, as if it were not there
                stored.add_float(name, number)
        elif isinstance(value, str):
            stored.add_text(name, value)
        elif kind == "keyword" and not isinstance(value, int | float):
            for term in value:
                stored.add_text(name, term)
        else:
            raise EngineError(f"The field {name} takes {kind}, not {type(value).__name__}.")
    return stored


def tombstone(entry_id: int, version: int) -> Document:
    """What stays of a removed entry, so that a late writer of an older state loses. No search
    finds it, since it has no locale."""
    stored = Document()
    stored.add_integer(ID, entry_id)
    stored.add_integer(VERSION, version)
    return stored


def _number(name: str, value: object) -> float:
    if isinstance(value, int | float):
        return float(value)
    raise EngineError(f"The field {name} takes a number, not {type(value).__name__}.")
