"""Sample values of blocks, in the form in which they are stored."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.pages.blocks.base import UnavailableBlock

if TYPE_CHECKING:
    from cms.plugins.testing.samples import Samples

__all__ = ["MAX_STREAM_DEPTH", "block_sample"]

MAX_STREAM_DEPTH = 2
"""Streams inside streams are filled down to here: a body nests deeper than a test needs."""

_WORDS = "Nội dung thử của khối, có dấu tiếng Việt"


def block_sample(block: Any, samples: Samples, depth: int = 0) -> Any:
    """A stored value for a block, with one of each block that may stand in it.

    A block of a class that isn't known here gets its default.
    """
    if isinstance(block, blocks.StreamBlock):
        return _stream(block, samples, depth)
    if isinstance(block, blocks.ListBlock):
        item = block_sample(block.child_block, samples, depth)
        return [{"type": "item", "value": item, "id": str(uuid.uuid4())}]
    if isinstance(block, ImageBlock):
        return {"image": samples.image.pk, "alt_text": "Ruộng bậc thang", "decorative": False}
    if isinstance(block, blocks.StructBlock):
        children = block.child_blocks.items()
        return {name: block_sample(child, samples, depth) for name, child in children}
    for cls in type(block).__mro__:
        if cls in _SAMPLES:
            return _SAMPLES[cls](block, samples)
    return block.get_prep_value(block.get_default())


def _stream(block: Any, samples: Samples, depth: int) -> list[dict[str, Any]]:
    if depth >= MAX_STREAM_DEPTH:
        return []
    return [
        {
            "type": name,
            "value": block_sample(child, samples, depth + 1),
            "id": str(uuid.uuid4()),
        }
        for name, child in block.child_blocks.items()
        if not isinstance(child, UnavailableBlock)
    ]


def _text(block: Any, samples: Samples) -> str:
    limit = getattr(block.field, "max_length", None)
    return _WORDS[:limit]


def _choice(block: Any, samples: Samples) -> str:
    words: list[str] = []
    for value, label in block.field.choices:
        nested = label if isinstance(label, list | tuple) else [(value, label)]
        words += [str(word) for word, _ in nested if word not in ("", None)]
    return words[0] if words else ""


def _table(block: Any, samples: Samples) -> dict[str, Any]:
    return {
        "data": [["Chỉ tiêu", "Năm 2025"], ["Số hợp tác xã", "312"]],
        "table_caption": "Chỉ tiêu chính",
        "table_header_choice": "row",
        "first_row_is_table_header": True,
        "first_col_is_header": False,
    }


_SAMPLES: dict[type, Callable[[Any, Samples], Any]] = {
    blocks.CharBlock: _text,
    blocks.TextBlock: _text,
    blocks.RichTextBlock: lambda block, samples: (
        f'<p>Xem <a linktype="page" id="{samples.home.pk}">trang chủ</a> của <b>cổng</b>.</p>'
    ),
    blocks.URLBlock: lambda block, samples: "https://example.vn/",
    blocks.EmailBlock: lambda block, samples: "lienhe@example.vn",
    EmbedBlock: lambda block, samples: "https://www.youtube.com/watch?v=1234567890a",
    blocks.BooleanBlock: lambda block, samples: True,
    blocks.IntegerBlock: lambda block, samples: 3,
    blocks.FloatBlock: lambda block, samples: 2.5,
    blocks.DecimalBlock: lambda block, samples: "1.50",
    blocks.DateBlock: lambda block, samples: "2026-04-21",
    blocks.DateTimeBlock: lambda block, samples: "2026-04-21T08:30:00+07:00",
    blocks.TimeBlock: lambda block, samples: "08:30:00",
    blocks.ChoiceBlock: _choice,
    blocks.PageChooserBlock: lambda block, samples: samples.home.pk,
    ImageChooserBlock: lambda block, samples: samples.image.pk,
    DocumentChooserBlock: lambda block, samples: samples.file.pk,
    SnippetChooserBlock: lambda block, samples: samples.record(block.target_model).pk,
    TableBlock: _table,
}
"""Block class → its sample, looked up along the method resolution order."""
