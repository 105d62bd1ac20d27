"""Materials for download."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

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
    PortalDocument,
    PortalImage,
    Topic,
)

__all__ = ["ResourceFile", "ResourcePage"]


class ResourceKind(models.TextChoices):
    """What a material is for."""

    TRAINING = "training", _("Training material")
    FORM = "form", _("Form")
    HANDBOOK = "handbook", _("Handbook")
    REPORT = "report", _("Report")
    OTHER = "other", _("Other")


class ResourcePage(ContentPage):
    """A material: what it is, who made it, and its files."""

    kind = models.CharField(
        _("kind"), max_length=12, choices=ResourceKind, default=ResourceKind.OTHER
    )
    summary = models.TextField(_("summary"), blank=True)
    cover = models.ForeignKey(
        PortalImage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover"),
    )
    author = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    topics = ParentalManyToManyField(Topic, blank=True, verbose_name=_("topics"))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("description"))

    exposed_fields: ClassVar = [
        ExposedField("kind", filter=True, sort=True, card=True),
        ExposedField("summary", search=2.0, translate=True, card=True),
        ExposedField("cover", card=True),
        ExposedField("author", filter=True),
        ExposedField("year", filter=True, sort=True, card=True),
        ExposedField("topics", filter=True, card=True, search=True),
        ExposedField("body", search=True, translate=True),
        ExposedField("files", search=True),
    ]

    @classmethod
    def linked_data(cls, document: Mapping[str, Any], links: Links) -> dict[str, Any]:
        """A ``DigitalDocument`` with its files."""
        return {
            "@type": "DigitalDocument",
            "description": document["summary"],
            "image": links.image(document["cover"]),
            "author": links.organisation(document["author"]),
            "copyrightYear": document["year"],
            "keywords": links.names(document["topics"]),
            "encoding": [links.file(one["file"]) for one in document["files"]],
        }

    page_description = _("Forms, handbooks, reports and the like to download.")

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")


class ResourceFile(Orderable):
    """One file of a material."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(
        PortalDocument, models.CASCADE, related_name="+", verbose_name=_("file")
    )
    note = models.CharField(_("note"), max_length=255, blank=True)

    exposed_fields: ClassVar = [ExposedField("file"), ExposedField("note", translate=True)]

    class Meta(Orderable.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
