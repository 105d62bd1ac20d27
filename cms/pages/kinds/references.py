"""Kinds of references: pages, images, files, snippets, and child rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cms.pages.exposed import Json, JsonSchema
from cms.pages.kinds.base import EQUALITY, Intake, IntakeError, Kind, nullable
from cms.pages.media import FILE_SCHEMA, IMAGE_SCHEMA, export_media, read_file, read_image
from cms.plugins.registry import registry

if TYPE_CHECKING:
    from cms.pages.build import Build
    from cms.pages.kinds.definitions import Definitions

__all__ = [
    "CARD_SCHEMA",
    "ChildrenKind",
    "FileKind",
    "ImageKind",
    "ManyKind",
    "PageKind",
    "SnippetKind",
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

    def parse(self, source: Any, text: str) -> int:
        if not text.isascii() or not text.isdecimal() or len(text) > 18:
            raise ValueError("the id of a page is expected")
        return int(text)


class ImageKind(Kind):
    """An image, or null where it is in a private collection."""

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return nullable(defs.define("Image", "cms", lambda: IMAGE_SCHEMA))

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return read_image(value, build)

    def export(self, source: Any, value: Any, build: Build) -> Json:
        return export_media(value, build)

    def write(self, source: Any, data: Json, intake: Intake) -> Any:
        return intake.image_id(data)

    def text(self, source: Any, value: Any) -> Iterator[str]:
        if value is not None and value.description:
            yield value.description


class FileKind(Kind):
    """A file for download, or null where it is in a private collection."""

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return nullable(defs.define("File", "cms", lambda: FILE_SCHEMA))

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return read_file(value, build)

    def export(self, source: Any, value: Any, build: Build) -> Json:
        return export_media(value, build)

    def write(self, source: Any, data: Json, intake: Intake) -> Any:
        return intake.file_id(data)

    def text(self, source: Any, value: Any) -> Iterator[str]:
        if value is not None:
            yield value.title


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

    def text(self, source: Any, value: Any) -> Iterator[str]:
        if value is not None:
            yield str(value)


class ManyKind(Kind):
    """Several references of one sort (a many-to-many field), in a stable order."""

    operators = frozenset({"eq", "in", "isnull"})

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        inner = self._inner(source).schema(source, defs)
        return {"type": "array", "items": inner["anyOf"][0]}

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

    def text(self, source: Any, value: Any) -> Iterator[str]:
        for item in value:
            yield from self._inner(source).text(source, item)

    def _inner(self, source: Any) -> Kind:
        return _reference_kind(target_model(source))


class ChildrenKind(Kind):
    """Child rows of a page (an inline panel), each an object of its model's exposed fields."""

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        from cms.pages.schemas import object_schema

        model = source.related_model
        item = defs.define(model.__name__, model._meta.label, lambda: object_schema(model, defs))
        return {"type": "array", "items": item}

    def value(self, field: Any, instance: Any) -> Any:
        return list(getattr(instance, field.get_accessor_name()).all())

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return [_fields(row, build, "read") for row in value]

    def export(self, source: Any, value: Any, build: Build) -> Json:
        """Without the rows that would be nothing elsewhere: their page or file is not public."""
        rows = ((row, _fields(row, build, "export")) for row in value)
        return [fields for row, fields in rows if not _lacks_required(row, fields)]

    def write(self, source: Any, data: Json, intake: Intake) -> Any:
        if data is None:
            return []
        if not isinstance(data, list):
            raise IntakeError("a list is expected")
        return [self._write_row(source, row, index, intake) for index, row in enumerate(data)]

    def _write_row(self, source: Any, data: Json, index: int, intake: Intake) -> Any:
        from cms.pages.kinds.fields import write_fields

        model = source.related_model
        row = model()
        try:
            if not isinstance(data, dict):
                raise IntakeError("an object is expected")
            allowed = [exposed.name for exposed in model.exposed_fields]
            if unknown := sorted(set(data) - set(allowed)):
                raise IntakeError(f"unknown key {unknown[0]!r}; allowed: {', '.join(allowed)}")
            write_fields(row, model.exposed_fields, data, intake)
        except IntakeError as error:
            raise error.within(f"[{index}]") from error
        if hasattr(row, "sort_order"):
            row.sort_order = index
        return row

    def text(self, source: Any, value: Any) -> Iterator[str]:
        from cms.pages.kinds.fields import field_text

        for row in value:
            for exposed in row.exposed_fields:
                yield from field_text(row, exposed.name)


def read_snippet(snippet: Any, build: Build) -> dict[str, Json]:
    """A shared record as it stands in documents; its tag is noted."""
    build.note(snippet.tag)
    return {
        "id": snippet.pk,
        "type": _type_name(type(snippet)),
        **_fields(snippet, build, "read"),
    }


def target_model(source: Any) -> Any:
    """The model that a relation field or a chooser block points at."""
    return getattr(source, "related_model", None) or source.target_model


def _stable_key(related: Any) -> tuple[str, int]:
    """By natural key, which is the same in every database; pages and media by id."""
    return str(getattr(related, "natural_key_value", "")), related.pk


def _lacks_required(row: Any, fields: dict[str, Json]) -> bool:
    """Whether a reference that the row can't be stored without was left out."""
    columns = (row._meta.get_field(name) for name, value in fields.items() if value is None)
    return any(column.is_relation and not column.null for column in columns)


def _reference_kind(model: Any) -> Kind:
    from cms.pages.kinds import fields  # whose table has the kinds of this module

    return fields.reference_kind(model)


def _fields(row: Any, build: Build, how: str) -> dict[str, Json]:
    from cms.pages.kinds.fields import export_field, read_exposed

    read = read_exposed if how == "read" else export_field
    return {
        exposed.name: read(row, exposed, build)
        for exposed in row.exposed_fields
        if how == "read" or not exposed.computed
    }


def _type_name(model: Any) -> str:
    content_type = registry.for_model(model)
    return content_type.name if content_type else str(model._meta.model_name)
