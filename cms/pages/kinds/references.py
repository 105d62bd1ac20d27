"""Kinds of references: pages, shared records, and several of one sort."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cms.pages.exposed import Json, JsonSchema
from cms.pages.kinds.base import EQUALITY, Intake, IntakeError, Kind, not_null, nullable
from cms.plugins.registry import registry

if TYPE_CHECKING:
    from cms.pages.build import Build
    from cms.pages.exposed import ExposedField
    from cms.pages.kinds.definitions import Definitions

__all__ = [
    "CARD_SCHEMA",
    "ManyKind",
    "PageKind",
    "SnippetKind",
    "read_exposed_fields",
    "read_record",
    "read_snippet",
    "target_model",
]

CARD_SCHEMA: JsonSchema = {
    "type": "object",
    "description": "The short form of a page: these keys and the type's own card fields.",
    "properties": {
        "id": {"type": "integer"},
        "type": {"type": "string"},
        "locale": {"type": "string"},
        "path": {"type": "string"},
        "title": {"type": "string"},
    },
    "required": ["id", "type", "locale", "path", "title"],
}


class PageKind(Kind):
    """A page, delivered as its card, or null where the public may not see it."""

    operators = EQUALITY

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return nullable(defs.define("Card", "cms", lambda: CARD_SCHEMA))

    def value(self, field: Any, instance: Any) -> Any:
        return getattr(instance, field.attname)  # the id alone: the card comes from the gate

    def lookup(self, field: Any) -> str:
        return f"{field.name}_id"

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return build.card(value if value is None or isinstance(value, int) else value.pk)

    def export(self, source: Any, value: Any, build: Build) -> Json:
        card = build.card(value if value is None or isinstance(value, int) else value.pk)
        return {key: card[key] for key in ("type", "locale", "path")} if card else None

    def write(self, source: Any, data: Json, intake: Intake) -> Any:
        return intake.page_id(data)

    def named(self, source: Any, data: Any) -> Iterator[tuple[str, str]]:
        if data is not None:
            yield str(data["id"]), data["title"]

    def parse(self, source: Any, text: str) -> int:
        if not text.isascii() or not text.isdecimal() or len(text) > 18:
            raise ValueError("the id of a page is expected")
        return int(text)


class SnippetKind(Kind):
    """A shared record (topic, organisation, person …) with its exposed fields."""

    operators = EQUALITY

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        from cms.pages.schemas import snippet_reference

        return nullable(snippet_reference(target_model(source), defs))

    def lookup(self, field: Any) -> str:
        return f"{field.name}__{target_model(field).natural_key_field}"

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return None if value is None else read_snippet(value, build)

    def export(self, source: Any, value: Any, build: Build) -> Json:
        if value is None:
            return None
        build.note(value.tag)
        return {"type": _type_name(type(value)), value.natural_key_field: value.natural_key_value}

    def write(self, source: Any, data: Json, intake: Intake) -> Any:
        return intake.snippet_id(_type_name(target_model(source)), data)

    def parse(self, source: Any, text: str) -> str:
        return text

    def text(self, source: Any, data: Any) -> Iterator[str]:
        from cms.pages.kinds.fields import exposed_text

        if data is not None:
            yield from exposed_text(target_model(source), data)

    def named(self, source: Any, data: Any) -> Iterator[tuple[str, str]]:
        if data is not None:
            key = str(data[target_model(source).natural_key_field])
            yield key, next(self.text(source, data), key)


class ManyKind(Kind):
    """Several references of one sort (a many-to-many field), in a stable order."""

    operators = frozenset({"eq", "in", "isnull"})

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return {"type": "array", "items": not_null(self._inner(source).schema(source, defs))}

    def value(self, field: Any, instance: Any) -> Any:
        return sorted(getattr(instance, field.name).all(), key=_stable_key)

    def lookup(self, field: Any) -> str:
        return self._inner(field).lookup(field)

    def read(self, source: Any, value: Any, build: Build) -> Json:
        inner = self._inner(source)
        items = [inner.read(source, item, build) for item in value]
        return [item for item in items if item is not None]

    def export(self, source: Any, value: Any, build: Build) -> Json:
        inner = self._inner(source)
        items = [inner.export(source, item, build) for item in value]
        return [item for item in items if item is not None]

    def write(self, source: Any, data: Json, intake: Intake) -> Any:
        if data is None:
            return []
        if not isinstance(data, list):
            raise IntakeError("a list is expected")
        inner = self._inner(source)
        written = []
        for index, item in enumerate(data):
            try:
                written.append(inner.write(source, item, intake))
            except IntakeError as error:
                raise error.within(f"[{index}]") from error
        return written

    def parse(self, source: Any, text: str) -> Any:
        return self._inner(source).parse(source, text)

    def text(self, source: Any, data: Any) -> Iterator[str]:
        for item in data:
            yield from self._inner(source).text(source, item)

    def named(self, source: Any, data: Any) -> Iterator[tuple[str, str]]:
        for item in data:
            yield from self._inner(source).named(source, item)

    def _inner(self, source: Any) -> Kind:
        return _reference_kind(target_model(source))


def read_snippet(snippet: Any, build: Build) -> dict[str, Json]:
    """A shared record as it stands in documents; its tag is noted."""
    return read_record(snippet, snippet.exposed_fields, build)


def read_record(snippet: Any, fields: Sequence[ExposedField], build: Build) -> dict[str, Json]:
    """The same with these fields alone."""
    from cms.pages.kinds.fields import read_exposed
    from cms.pages.record_translations import translatable_fields

    build.note(snippet.tag)
    read = {exposed.name: read_exposed(snippet, exposed, build) for exposed in fields}
    for name in read.keys() & set(translatable_fields(type(snippet))):
        read[name] = build.text(snippet, name)
    return {"id": snippet.pk, "type": _type_name(type(snippet)), **read}


def read_exposed_fields(row: Any, build: Build, how: str) -> dict[str, Json]:
    """The row's exposed fields as documents have them (``"read"``) or an export (``"export"``)."""
    from cms.pages.kinds.fields import export_field, read_exposed

    read = read_exposed if how == "read" else export_field
    return {
        exposed.name: read(row, exposed, build)
        for exposed in row.exposed_fields
        if how == "read" or not exposed.computed
    }


def target_model(source: Any) -> Any:
    """The model that a relation field or a chooser block points at."""
    return getattr(source, "related_model", None) or source.target_model


def _stable_key(related: Any) -> tuple[str, int]:
    """By natural key, which is the same in every database; pages and media by id."""
    return str(getattr(related, "natural_key_value", "")), related.pk


def _reference_kind(model: Any) -> Kind:
    from cms.pages.kinds import fields  # whose table has the kinds of this module

    return fields.reference_kind(model)


def _type_name(model: Any) -> str:
    content_type = registry.for_model(model)
    return content_type.name if content_type else str(model._meta.model_name)
