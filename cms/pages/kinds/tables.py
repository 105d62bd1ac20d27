"""The kind of table blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cms.pages.exposed import Json, JsonSchema
from cms.pages.kinds.base import Heading, Intake, IntakeError, Kind
from cms.pages.kinds.text import TextKind

if TYPE_CHECKING:
    from cms.pages.build import Build
    from cms.pages.kinds.definitions import Definitions

__all__ = [
    "TableKind",
]


class TableKind(Kind):
    """A table: its caption, whether the first row or column is a heading, and its cells."""

    translatable = True

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return {
            "type": "object",
            "properties": {
                "caption": {"type": "string"},
                "header_row": {"type": "boolean"},
                "header_column": {"type": "boolean"},
                "rows": {
                    "type": "array",
                    "items": {"type": "array", "items": {"type": "string"}},
                },
            },
            "required": ["caption", "header_row", "header_column", "rows"],
            "additionalProperties": False,
        }

    def read(self, source: Any, value: Any, build: Build) -> Json:
        table = value or {}
        choice = table.get("table_header_choice", "")
        return {
            "caption": table.get("table_caption") or "",
            "header_row": choice in ("row", "both"),
            "header_column": choice in ("column", "col", "both"),
            "rows": [[_cell(cell) for cell in row] for row in table.get("data") or []],
        }

    def write(self, source: Any, data: Json, intake: Intake) -> Any:
        if not isinstance(data, dict) or not isinstance(data.get("rows"), list):
            raise IntakeError("a table is an object with caption, header_row and rows")
        rows = data["rows"]
        text = TextKind()
        try:
            cells = [[text.write(source, cell, intake) for cell in row] for row in rows]  # type: ignore[union-attr]
        except TypeError:
            raise IntakeError("each row of a table is a list of texts") from None
        choices = {(True, True): "both", (True, False): "row", (False, True): "column"}
        header = bool(data.get("header_row")), bool(data.get("header_column"))
        return {
            "data": cells,
            "table_caption": text.write(source, data.get("caption"), intake),
            "table_header_choice": choices.get(header, "neither"),
            "first_row_is_table_header": header[0],
            "first_col_is_header": header[1],
        }

    def text(self, source: Any, data: Any) -> Iterator[str]:
        if data["caption"]:
            yield Heading(data["caption"])
        for row in data["rows"]:
            yield from (cell for cell in row if cell)


def _cell(cell: Any) -> str:
    return "" if cell is None else str(cell)
