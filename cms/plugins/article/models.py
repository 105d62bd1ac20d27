"""Introduction pages and news."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Orderable

from cms.plugins.api import (
    BodyBlock,
    ContentPage,
    ExposedField,
    Links,
    Organisation,
    Person,
    PortalDocument,
    PortalImage,
    Topic,
)

__all__ = ["ArticleAttachment", "ArticlePage", "RelatedPage"]


class ArticlePage(ContentPage):
    """A text with its author, source, picture and what belongs to it."""

    lead = models.TextField(_("lead"), blank=True)
    image = models.ForeignKey(
        PortalImage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    image_alt = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What the image shows, for those who can't see it."),
    )
    image_caption = models.CharField(_("caption"), max_length=500, blank=True)
    byline_person = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author"),
    )
    byline_unit = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author (unit)"),
    )
    source_name = models.CharField(
        _("source"), max_length=255, blank=True, help_text=_("Where the text was taken from.")
    )
    source_url = models.URLField(_("address of the source"), blank=True)
    source_published_at = models.DateTimeField(_("published at the source"), null=True, blank=True)
    topics = ParentalManyToManyField(Topic, blank=True, verbose_name=_("topics"))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    exposed_fields: ClassVar = [
        ExposedField("lead", search=2.0, translate=True, card=True),
        ExposedField("image", card=True),
        ExposedField("image_alt", translate=True),
        ExposedField("image_caption", search=True, translate=True),
        ExposedField("byline_person", filter=True, search=True),
        ExposedField("byline_unit", filter=True, card=True),
        ExposedField("source_name", filter=True, search=True),
        ExposedField("source_url"),
        ExposedField("source_published_at", filter=True, sort=True),
        ExposedField("topics", filter=True, card=True, search=True),
        ExposedField("body", search=True, translate=True),
        ExposedField("related_pages"),
        ExposedField("attachments", search=True),
    ]

    page_description = _("News, a role model, or a page that introduces something.")

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    @classmethod
    def linked_data(cls, document: Mapping[str, Any], links: Links) -> dict[str, Any]:
        """A ``NewsArticle`` where somebody reports, an ``Article`` for an introduction."""
        person, unit = document["byline_person"], document["byline_unit"]
        is_news = bool(person or unit or document["source_name"])
        return {
            "@type": "NewsArticle" if is_news else "Article",
            "headline": document["title"],
            "description": document["lead"],
            "image": links.image(document["image"], document["image_caption"]),
            "author": links.person(person) or links.organisation(unit),
            "isBasedOn": document["source_url"],
            "keywords": links.names(document["topics"]),
        }

    def clean(self) -> None:
        """An author is a person or a unit; a source's address has the source's name with it."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.byline_person and self.byline_unit:
            errors["byline_unit"] = _("Name a person or a unit, not both.")
        if (self.source_url or self.source_published_at) and not self.source_name:
            errors["source_name"] = _("Name the source.")
        if errors:
            raise ValidationError(errors)


class RelatedPage(Orderable):
    """A page to read on."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="related_pages")
    target = models.ForeignKey(
        "wagtailcore.Page", models.CASCADE, related_name="+", verbose_name=_("page")
    )

    exposed_fields: ClassVar = [ExposedField("target")]

    class Meta(Orderable.Meta):
        verbose_name = _("related page")
        verbose_name_plural = _("related pages")


class ArticleAttachment(Orderable):
    """A file that belongs to the text."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(
        PortalDocument, models.CASCADE, related_name="+", verbose_name=_("file")
    )

    exposed_fields: ClassVar = [ExposedField("file")]

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
