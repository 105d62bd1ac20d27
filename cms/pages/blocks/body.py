"""The bodies: what an editor may put where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.pages.blocks.base import KeepingStreamBlock, UnavailableBlock
from cms.pages.blocks.media import (
    EmbedBlock,
    FileListBlock,
    GalleryBlock,
    PageCardListBlock,
    PictureBlock,
)
from cms.pages.blocks.provisions import PROVISIONS
from cms.pages.blocks.text import (
    CalloutBlock,
    CitationBlock,
    HeadingBlock,
    ParagraphBlock,
    QuotationBlock,
    TableBlock,
)

__all__ = ["BodyBlock", "DocumentBodyBlock"]


class BodyBlock(KeepingStreamBlock):
    """Running text with media: the body of an article, an announcement, an answer."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    quotation = QuotationBlock()
    callout = CalloutBlock()
    table = TableBlock()
    citation = CitationBlock()
    image = PictureBlock()
    gallery = GalleryBlock()
    file_list = FileListBlock()
    embed = EmbedBlock()
    page_cards = PageCardListBlock()

    def __init__(
        self, local_blocks: Sequence[tuple[str, blocks.Block[Any]]] = (), **kwargs: Any
    ) -> None:
        # Last, so that a plugin's own blocks stand before it; see KeepingStreamBlock.
        super().__init__([*local_blocks, ("unavailable", UnavailableBlock())], **kwargs)

    class Meta:
        label = _("Body")
        required = False


class DocumentBodyBlock(BodyBlock):
    """The body of a plan or an official document: provisions as well as running text."""

    def __init__(
        self, local_blocks: Sequence[tuple[str, blocks.Block[Any]]] = (), **kwargs: Any
    ) -> None:
        super().__init__([*PROVISIONS, *local_blocks], **kwargs)
