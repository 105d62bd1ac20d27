"""Blocks of images, files, embeds and links to pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock as WagtailEmbedBlock
from wagtail.images.blocks import ImageBlock as WagtailImageBlock

__all__ = ["EmbedBlock", "FileListBlock", "GalleryBlock", "PageCardListBlock", "PictureBlock"]


class PictureBlock(blocks.StructBlock):
    """An image with its caption; the alternative text is this place's own."""

    image = WagtailImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=500, required=False)

    class Meta:
        label = _("Image")
        icon = "image"
        group = _("Media")


class GalleryBlock(blocks.StructBlock):
    """Several images that belong together."""

    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False)
    items = blocks.ListBlock(PictureBlock(), label=_("Images"), min_num=1)

    class Meta:
        label = _("Gallery")
        icon = "image"
        group = _("Media")


class FileListBlock(blocks.StructBlock):
    """Files for download."""

    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False)
    files = blocks.ListBlock(DocumentChooserBlock(), label=_("Files"), min_num=1)

    class Meta:
        label = _("Files")
        icon = "download"
        group = _("Media")


class EmbedBlock(blocks.StructBlock):
    """A video or a post of another site, by its address."""

    url = WagtailEmbedBlock(label=_("Address"))
    title = blocks.CharBlock(
        label=_("Title"),
        max_length=255,
        help_text=_("Read out to those who can't see it."),
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=500, required=False)

    class Meta:
        label = _("Embed")
        icon = "media"
        group = _("Media")


class PageCardListBlock(blocks.StructBlock):
    """Pages to read on, as cards."""

    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False)
    pages = blocks.ListBlock(blocks.PageChooserBlock(), label=_("Pages"), min_num=1)

    class Meta:
        label = _("Page cards")
        icon = "link"
        group = _("Media")
