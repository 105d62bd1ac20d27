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
from cms.pages.kinds.base import (
    Heading,
    Intake,
    IntakeError,
    Kind,
    KindTable,
    not_null,
    nullable,
)
from cms.pages.kinds.media import FileKind, ImageBlockKind, ImageKind
from cms.pages.kinds.numbers import BooleanKind, DecimalKind, FloatKind, IntegerKind
from cms.pages.kinds.references import PageKind, SnippetKind
from cms.pages.kinds.richtext import RichTextKind
from cms.pages.kinds.streams import StreamKind
from cms.pages.kinds.tables import TableKind
from cms.pages.kinds.text import ChoiceKind, TextKind
from cms.pages.kinds.times import DateKind, DateTimeKind

if TYPE_CHECKING:
    from cms.pages.build import Build
    from cms.pages.kinds.definitions import Definitions

__all__ = ["BLOCK_KINDS", "ListKind", "StreamFieldKind", "StructKind"]

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

    def text(self, source: Any, data: Any) -> Iterator[str]:
        heading = getattr(source, "heading_child", None)
        for name, child in source.child_blocks.items():
            pieces = BLOCK_KINDS.get(child).text(child, data.get(name))
            yield from map(Heading, pieces) if name == heading else pieces


class ListKind(Kind):
    """A list block: an array, without the references that lead to nothing public."""

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        child = source.child_block
        return {"type": "array", "items": not_null(BLOCK_KINDS.get(child).schema(child, defs))}

    def read(self, source: Any, value: Any, build: Build) -> Json:
        kind = BLOCK_KINDS.get(source.child_block)
        items = (kind.read(source.child_block, item, build) for item in value)
        return [item for item in items if item is not None]

    def export(self, source: Any, value: Any, build: Build) -> Json:
        kind = BLOCK_KINDS.get(source.child_block)
        items = (kind.export(source.child_block, item, build) for item in value)
        return [item for item in items if item is not None]

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

    def text(self, source: Any, data: Any) -> Iterator[str]:
        kind = BLOCK_KINDS.get(source.child_block)
        for item in data:
            yield from kind.text(source.child_block, item)


class EmbedKind(TextKind):
    """An embedded video or post: its address."""

    translatable = False

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return getattr(value, "url", value) or ""

    def text(self, source: Any, data: Any) -> Iterator[str]:
        return iter(())


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

    def text(self, source: Any, data: Any) -> Iterator[str]:
        return BLOCK_KINDS.get(source.stream_block).text(source.stream_block, data)


class NullableTextKind(TextKind):
    """An address or the like that may be left out: empty text."""

    translatable = False

    def text(self, source: Any, data: Any) -> Iterator[str]:
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


BLOCK_KINDS = KindTable("block")
for _cls, _kind in (
    (blocks.CharBlock, TextKind()),
    (blocks.TextBlock, TextKind()),
    (blocks.RichTextBlock, RichTextKind()),
    (blocks.URLBlock, NullableTextKind()),
    (blocks.EmailBlock, NullableTextKind()),
    (EmbedBlock, EmbedKind()),
    (blocks.BooleanBlock, BooleanKind()),
    (blocks.IntegerBlock, OptionalKind(IntegerKind())),
    (blocks.FloatBlock, OptionalKind(FloatKind())),
    (blocks.DecimalBlock, OptionalKind(DecimalKind())),
    (blocks.DateBlock, OptionalKind(DateKind())),
    (blocks.DateTimeBlock, OptionalKind(DateTimeKind())),
    (blocks.ChoiceBlock, ChoiceKind()),
    (blocks.PageChooserBlock, PageKind()),
    (ImageChooserBlock, ImageKind()),
    (ImageBlock, ImageBlockKind()),
    (DocumentChooserBlock, FileKind()),
    (SnippetChooserBlock, SnippetKind()),
    (TableBlock, TableKind()),
    (blocks.StructBlock, StructKind()),
    (blocks.ListBlock, ListKind()),
    (blocks.StreamBlock, StreamKind()),
):
    BLOCK_KINDS.register(_cls, _kind)
