"""Blocks of running text."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock

from cms.pages.blocks import samples

__all__ = [
    "RICH_TEXT_FEATURES",
    "CalloutBlock",
    "CitationBlock",
    "HeadingBlock",
    "ParagraphBlock",
    "QuotationBlock",
    "TableBlock",
]

RICH_TEXT_FEATURES: list[str] = ["bold", "italic", "superscript", "subscript", "ol", "ul", "link"]
"""What an editor may use in running text: what the delivered HTML's allow-list lets through."""

_CAPTION = "caption"


class HeadingBlock(blocks.StructBlock):
    """A heading inside a body; the page's title is level 1."""

    heading_child = "text"

    text = blocks.CharBlock(label=_("Heading"), max_length=255)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("2", "2"), ("3", "3"), ("4", "4")], default="2"
    )

    class Meta:
        label = _("Heading")
        icon = "title"
        group = _("Running text")
        description = _("A heading inside the text; the page's title stands above them all.")
        label_format = "{text}"
        preview_value = samples.HEADING


class ParagraphBlock(blocks.RichTextBlock):
    """Running text."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        label = _("Paragraph")
        icon = "pilcrow"
        group = _("Running text")
        description = _("Running text with bold, italics, lists and links.")
        preview_value = samples.PARAGRAPH


class QuotationBlock(blocks.StructBlock):
    """Someone's words, with who said them and where."""

    text = blocks.TextBlock(label=_("Quoted words"))
    author = blocks.CharBlock(label=_("Author"), max_length=255, required=False)
    source = blocks.CharBlock(label=_("Source"), max_length=255, required=False)

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        group = _("Running text")
        description = _("Someone's words, with who said them.")
        label_format = "{text} – {author}"
        preview_value = samples.QUOTATION


class CalloutBlock(blocks.StructBlock):
    """A remark set apart from the text."""

    heading_child = "title"

    style = blocks.ChoiceBlock(
        label=_("Style"),
        choices=[("note", _("Note")), ("important", _("Important")), ("warning", _("Warning"))],
        default="note",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False)
    text = ParagraphBlock(label=_("Text"))

    class Meta:
        label = _("Callout")
        icon = "info-circle"
        group = _("Running text")
        description = _("A remark in a box: a note, something important, a warning.")
        label_format = "{title} {text}"
        preview_value = samples.CALLOUT


class CitationBlock(blocks.StructBlock):
    """A document that the text rests on: by choice where it is here, by number where not."""

    document = blocks.PageChooserBlock(
        label=pgettext_lazy("official document", "Document"), required=False
    )
    number = blocks.CharBlock(
        label=_("Number and symbol"),
        max_length=60,
        required=False,
        help_text=_("As printed: 2347/UBND-TTr. Leave empty when the document is chosen above."),
    )
    issued_on = blocks.DateBlock(label=_("Issued on"), required=False)
    issuer = blocks.CharBlock(label=_("Issued by"), max_length=255, required=False)
    subject = blocks.CharBlock(label=_("Subject"), max_length=500, required=False)

    class Meta:
        label = _("Citation of a document")
        icon = "doc-full"
        group = _("Running text")
        untranslated = ("number",)
        description = _("Names a document: by choice where it is on this site, else by its number.")
        label_format = "{number} {document}"
        preview_value = samples.CITATION


class TableBlock(WagtailTableBlock):
    """A table with its caption and headings."""

    class Meta:
        label = _("Table")
        icon = "table"
        group = _("Running text")
        description = _("Rows and columns with a caption; say which cells are headings.")
        preview_value = samples.TABLE

    def get_table_options(self, table_options: Any = None) -> dict[str, Any]:
        """The grid's options; its own few words exist in no Vietnamese, and it complains."""
        return {**super().get_table_options(table_options), "language": "en-US"}

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """The caption and the cells for wagtail-localize, which passes over tables by itself."""
        from wagtail_localize.segments import StringSegmentValue

        table = value or {}
        texts = {_CAPTION: table.get("table_caption")}
        for row, cells in enumerate(table.get("data") or []):
            texts |= {f"{row}-{column}": cell for column, cell in enumerate(cells)}
        return [StringSegmentValue(place, text) for place, text in texts.items() if text]

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        """The table with its texts replaced by their translations."""
        table = {**value, "data": [list(row) for row in value.get("data") or []]}
        for segment in segments:
            if segment.path == _CAPTION:
                table["table_caption"] = segment.render_text()
            else:
                row, column = map(int, segment.path.split("-"))
                table["data"][row][column] = segment.render_text()
        return table
