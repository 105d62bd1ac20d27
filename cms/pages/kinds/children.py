"""Child rows of a page: an inline panel's models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from cms.pages.exposed import Json, JsonSchema
from cms.pages.kinds.base import Intake, IntakeError, Kind
from cms.pages.kinds.references import read_exposed_fields

if TYPE_CHECKING:
    from cms.pages.build import Build
    from cms.pages.kinds.definitions import Definitions

__all__ = [
    "ChildrenKind",
]


class ChildrenKind(Kind):
    """Child rows of a page (an inline panel), each an object of its model's exposed fields.

    A row whose required page or file is not public is left out: without it the row says nothing
    but that something private exists.
    """

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        from cms.pages.schemas import object_schema

        model = source.related_model
        item = defs.define(model.__name__, model._meta.label, lambda: object_schema(model, defs))
        return {"type": "array", "items": item}

    def value(self, field: Any, instance: Any) -> Any:
        return list(getattr(instance, field.get_accessor_name()).all())

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return _rows(value, build, "read")

    def export(self, source: Any, value: Any, build: Build) -> Json:
        return _rows(value, build, "export")

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

    def text(self, source: Any, data: Any) -> Iterator[str]:
        from cms.pages.kinds.fields import field_text

        model = source.related_model
        for row in data:
            for exposed in model.exposed_fields:
                if not exposed.computed:
                    yield from field_text(model, exposed.name, row[exposed.name])


def _rows(rows: Iterable[Any], build: Build, how: str) -> Json:
    """The rows' exposed fields, without the rows whose required reference was left out."""
    read = ((row, read_exposed_fields(row, build, how)) for row in rows)
    return [fields for row, fields in read if not _lacks_required(row, fields)]


def _lacks_required(row: Any, fields: dict[str, Json]) -> bool:
    """Whether a reference that the row can't be stored without was left out."""
    nothing = {name for name, value in fields.items() if value is None}
    return any(
        column.is_relation and not column.null and column.name in nothing
        for column in row._meta.concrete_fields
    )
