"""Blocks of the site facts."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

__all__ = ["LinkGroupBlock"]


class LinkBlock(blocks.StructBlock):
    """A link to a page of the portal or to another site."""

    title = blocks.CharBlock(label=_("Title"), max_length=255)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Address of another site"), required=False)

    class Meta:
        label = _("Link")
        icon = "link"

    def clean(self, value: Any) -> Any:
        """A link leads somewhere."""
        cleaned = super().clean(value)
        if not cleaned.get("page") and not cleaned.get("url"):
            raise StructBlockValidationError(
                block_errors={"url": ValidationError(_("Choose a page or give an address."))}
            )
        return cleaned


class LinkGroupBlock(blocks.StructBlock):
    """Links under one heading, as portals have them beside or below the content."""

    title = blocks.CharBlock(label=_("Heading"), max_length=255)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        label = _("Group of links")
        icon = "list-ul"
