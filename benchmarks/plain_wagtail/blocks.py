"""A plan's body in the shape that this project stores it in, with Wagtail's own blocks."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageBlock

__all__ = ["PlanBlock"]

RENDITIONS = ("fill-640x400", "width-960", "fill-1280x640")
"""One size of each of this project's presets; this project delivers eight."""


class DeliveredImageBlock(ImageBlock):
    """An image with addresses of its sizes, by the method that the documentation names for it."""

    def get_api_representation(self, value: Any, context: Any = None) -> Any:
        if value is None:
            return None
        renditions = value.get_renditions(*RENDITIONS)
        return {
            "id": value.pk,
            "title": value.title,
            "alt": value.contextual_alt_text or value.default_alt_text,
            "decorative": value.decorative,
            "width": value.width,
            "height": value.height,
            "presets": {
                name: {"src": one.url, "width": one.width, "height": one.height}
                for name, one in renditions.items()
            },
        }


class PictureBlock(blocks.StructBlock):
    """An image with its caption."""

    image = DeliveredImageBlock()
    caption = blocks.CharBlock(required=False)


class CitationBlock(blocks.StructBlock):
    """A document that the text rests on."""

    document = blocks.PageChooserBlock(required=False)
    number = blocks.CharBlock(required=False)
    issued_on = blocks.DateBlock(required=False)
    issuer = blocks.CharBlock(required=False)
    subject = blocks.CharBlock(required=False)


class LegalBasisBlock(blocks.StructBlock):
    """One line of the legal basis."""

    text = blocks.TextBlock()
    citation = CitationBlock(required=False)


class TaskBlock(blocks.StructBlock):
    """A task: what, who, until when, with which output."""

    what = blocks.TextBlock()
    who = blocks.CharBlock()
    with_whom = blocks.CharBlock(required=False)
    due_on = blocks.DateBlock(required=False)
    due = blocks.CharBlock(required=False)
    output = blocks.CharBlock(required=False)


class BulletBlock(blocks.StructBlock):
    """A dash point."""

    text = blocks.RichTextBlock()


class ProvisionBlock(blocks.StructBlock):
    """A provision without any below it."""

    number = blocks.CharBlock(required=False)
    heading = blocks.CharBlock(required=False)
    text = blocks.RichTextBlock(required=False)


LEAVES = [
    ("paragraph", blocks.RichTextBlock()),
    ("bullet", BulletBlock()),
    ("task", TaskBlock()),
    ("table", TableBlock()),
]


class PointBlock(ProvisionBlock):
    """Điểm."""

    items = blocks.StreamBlock(LEAVES, required=False)


class ClauseBlock(ProvisionBlock):
    """Khoản."""

    items = blocks.StreamBlock([("point", PointBlock()), *LEAVES], required=False)


class SectionBlock(ProvisionBlock):
    """Mục."""

    items = blocks.StreamBlock([("clause", ClauseBlock()), *LEAVES], required=False)


class PlanBlock(blocks.StreamBlock):
    """The body."""

    legal_basis = LegalBasisBlock()
    paragraph = blocks.RichTextBlock()
    image = PictureBlock()
    section = SectionBlock()
    clause = ClauseBlock()
    task = TaskBlock()
    table = TableBlock()
