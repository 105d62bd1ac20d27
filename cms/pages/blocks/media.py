"""Blocks of images, files, embeds and links to pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock as WagtailEmbedBlock
from wagtail.images.blocks import ImageBlock as WagtailImageBlock

from cms.pages.blocks import samples

__all__ = ["EmbedBlock", "FileListBlock", "GalleryBlock", "PageCardListBlock", "PictureBlock"]


class PictureBlock(blocks.StructBlock):
    """An image with its caption; the alternative text is this place's own."""

    image = WagtailImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=500, required=False)

    class Meta:
        label = _("Image")
        icon = "image"
        group = _("Media")
        description = _("An image with its caption. Say what it shows, or mark it as decoration.")
        label_format = "{caption}"
        preview_value = staticmethod(samples.picture)


class GalleryBlock(blocks.StructBlock):
    """Several images that belong together."""

    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False)
    items = blocks.ListBlock(PictureBlock(), label=_("Images"), min_num=1)

    class Meta:
        label = _("Gallery")
        icon = "image"
        group = _("Media")
        description = _("Several images that belong together.")
        label_format = "{title}"
        preview_value = staticmethod(samples.gallery)


class FileListBlock(blocks.StructBlock):
    """Files for download."""

    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False)
    files = blocks.ListBlock(DocumentChooserBlock(), label=_("Files"), min_num=1)

    class Meta:
        label = _("Files")
        icon = "download"
        group = _("Media")
        description = _("Files to download.")
        label_format = "{title}"
        preview_value = staticmethod(samples.file_list)


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
        description = _("A video or a post of another site, by its address.")
        label_format = "{title}"
        preview_value = samples.EMBED


class PageCardListBlock(blocks.StructBlock):
    """Pages to read on, as cards."""

    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False)
    pages = blocks.ListBlock(blocks.PageChooserBlock(), label=_("Pages"), min_num=1)

    class Meta:
        label = _("Page cards")
        icon = "link"
        group = _("Media")
        description = _("Pages to read on; those that are not public are left out.")
        label_format = "{title}"
        preview_value = staticmethod(samples.page_cards)
