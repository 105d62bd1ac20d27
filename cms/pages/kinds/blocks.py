"""The kinds of blocks, and of the StreamField that holds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.pages.exposed import Json, JsonSchema
from cms.pages.kinds import references as refs
from cms.pages.kinds import scalars
from cms.pages.kinds.base import Intake, IntakeError, Kind, KindTable, nullable
from cms.pages.kinds.richtext import RichTextKind
from cms.pages.kinds.streams import StreamKind

if TYPE_CHECKING:
    from cms.pages.build import Build
    from cms.pages.kinds.definitions import Definitions

__all__ = ["BLOCK_KINDS", "ListKind", "StreamFieldKind", "StructKind", "TableKind"]

_ITEM_IDS = UUID("3f0f7c0e-6f0a-4c53-9d5e-0f6a4d1f2b7c")


class StructKind(Kind):
    """A struct block: an object with a key for each child."""

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        properties = {
            name: BLOCK_KINDS.get(child).schema(child, defs)
            for name, child in source.child_blocks.items()
        }
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return {
            name: BLOCK_KINDS.get(child).read(child, value.get(name), build)
            for name, child in source.child_blocks.items()
        }

    def export(self, source: Any, value: Any, build: Build) -> Json:
        return {
            name: BLOCK_KINDS.get(child).export(child, value.get(name), build)
            for name, child in source.child_blocks.items()
        }

    def write(self, source: Any, data: Json, intake: Intake) -> Any:
        if not isinstance(data, dict):
            raise IntakeError("an object is expected")
        if unknown := sorted(set(data) - set(source.child_blocks)):
            allowed = ", ".join(source.child_blocks)
            raise IntakeError(f"unknown key {unknown[0]!r}; allowed: {allowed}")
        written = {}
        for name, child in source.child_blocks.items():
            try:
                if name in data:
                    written[name] = BLOCK_KINDS.get(child).write(child, data[name], intake)
                else:
                    written[name] = child.get_prep_value(child.get_default())
            except IntakeError as error:
                raise error.within(name) from error
        return written

    def text(self, source: Any, value: Any) -> Iterator[str]:
        for name, child in source.child_blocks.items():
            yield from BLOCK_KINDS.get(child).text(child, value.get(name))


class ListKind(Kind):
    """A list block: an array."""

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        child = source.child_block
        return {"type": "array", "items": BLOCK_KINDS.get(child).schema(child, defs)}

    def read(self, source: Any, value: Any, build: Build) -> Json:
        kind = BLOCK_KINDS.get(source.child_block)
        return [kind.read(source.child_block, item, build) for item in value]

    def export(self, source: Any, value: Any, build: Build) -> Json:
        kind = BLOCK_KINDS.get(source.child_block)
        return [kind.export(source.child_block, item, build) for item in value]

    def write(self, source: Any, data: Json, intake: Intake) -> Any:
        if not isinstance(data, list):
            raise IntakeError("a list is expected")
        kind = BLOCK_KINDS.get(source.child_block)
        written = []
        for index, item in enumerate(data):
            try:
                value = kind.write(source.child_block, item, intake)
            except IntakeError as error:
                raise error.within(f"[{index}]") from error
            # With an id, without which Wagtail takes the wrapping for the value; it follows from
            # the place, so that an import gives the same bytes each time.
            item_id = str(uuid5(_ITEM_IDS, str(index)))
            written.append({"type": "item", "id": item_id, "value": value})
        return written

    def text(self, source: Any, value: Any) -> Iterator[str]:
        kind = BLOCK_KINDS.get(source.child_block)
        for item in value:
            yield from kind.text(source.child_block, item)


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
        text = scalars.TextKind()
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

    def text(self, source: Any, value: Any) -> Iterator[str]:
        table = value or {}
        if caption := table.get("table_caption"):
            yield caption
        for row in table.get("data") or []:
            yield from (_cell(cell) for cell in row if cell)


class EmbedKind(scalars.TextKind):
    """An embedded video or post: its address."""

    translatable = False

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return getattr(value, "url", value) or ""

    def text(self, source: Any, value: Any) -> Iterator[str]:
        return iter(())


class ImageBlockKind(refs.ImageKind):
    """An image with the alternative text of this place."""

    def export(self, source: Any, value: Any, build: Build) -> Json:
        exported = super().export(source, value, build)
        if not isinstance(exported, dict):
            return exported
        alt = getattr(value, "contextual_alt_text", "") or ""
        return {**exported, "alt": alt, "decorative": bool(getattr(value, "decorative", False))}

    def write(self, source: Any, data: Json, intake: Intake) -> Any:
        if data is None:  # never a bare None: Wagtail can't read it between images of a list
            return {"image": None, "alt_text": "", "decorative": False}
        alt = data.get("alt", "") if isinstance(data, dict) else ""
        decorative = bool(data.get("decorative")) if isinstance(data, dict) else False
        return {
            "image": intake.image_id(data),
            "alt_text": scalars.check_text(str(alt or "")),
            "decorative": decorative,
        }


class StreamFieldKind(Kind):
    """A StreamField: its stream block's kind."""

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        block = source.stream_block
        return BLOCK_KINDS.get(block).schema(block, defs)

    def read(self, source: Any, value: Any, build: Build) -> Json:
        build.counters.clear()
        return BLOCK_KINDS.get(source.stream_block).read(source.stream_block, value, build)

    def export(self, source: Any, value: Any, build: Build) -> Json:
        return BLOCK_KINDS.get(source.stream_block).export(source.stream_block, value, build)

    def write(self, source: Any, data: Json, intake: Intake) -> Any:
        return BLOCK_KINDS.get(source.stream_block).write(source.stream_block, data, intake)

    def text(self, source: Any, value: Any) -> Iterator[str]:
        return BLOCK_KINDS.get(source.stream_block).text(source.stream_block, value)


class NullableTextKind(scalars.TextKind):
    """An address or the like that may be left out: empty text."""

    translatable = False

    def text(self, source: Any, value: Any) -> Iterator[str]:
        return iter(())


class OptionalKind(Kind):
    """A number or a date in a block, null where the editor left it out."""

    def __init__(self, inner: Kind) -> None:
        self._inner = inner

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return nullable(self._inner.schema(source, defs))

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return self._inner.read(source, value, build)

    def write(self, source: Any, data: Json, intake: Intake) -> Any:
        return self._inner.write(source, data, intake)


def _cell(cell: Any) -> str:
    return "" if cell is None else str(cell)


BLOCK_KINDS = KindTable("block")
for _cls, _kind in (
    (blocks.CharBlock, scalars.TextKind()),
    (blocks.TextBlock, scalars.TextKind()),
    (blocks.RichTextBlock, RichTextKind()),
    (blocks.URLBlock, NullableTextKind()),
    (blocks.EmailBlock, NullableTextKind()),
    (EmbedBlock, EmbedKind()),
    (blocks.BooleanBlock, scalars.BooleanKind()),
    (blocks.IntegerBlock, OptionalKind(scalars.IntegerKind())),
    (blocks.FloatBlock, OptionalKind(scalars.FloatKind())),
    (blocks.DecimalBlock, OptionalKind(scalars.DecimalKind())),
    (blocks.DateBlock, OptionalKind(scalars.DateKind())),
    (blocks.DateTimeBlock, OptionalKind(scalars.DateTimeKind())),
    (blocks.ChoiceBlock, scalars.ChoiceKind()),
    (blocks.PageChooserBlock, refs.PageKind()),
    (ImageChooserBlock, refs.ImageKind()),
    (ImageBlock, ImageBlockKind()),
    (DocumentChooserBlock, refs.FileKind()),
    (SnippetChooserBlock, refs.SnippetKind()),
    (TableBlock, TableKind()),
    (blocks.StructBlock, StructKind()),
    (blocks.ListBlock, ListKind()),
    (blocks.StreamBlock, StreamKind()),
):
    BLOCK_KINDS.register(_cls, _kind)
