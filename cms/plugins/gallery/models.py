"""Photo albums and videos."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.models import Orderable

from cms.plugins.api import (
    ContentPage,
    ExposedField,
    Links,
    PortalDocument,
    PortalImage,
    Topic,
)

__all__ = ["PhotoAlbumPage", "PhotoItem", "VideoPage"]


class PhotoAlbumPage(ContentPage):
    """Photos of one event or subject."""

    summary = models.TextField(_("summary"), blank=True)
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=255, blank=True)
    topics = ParentalManyToManyField(Topic, blank=True, verbose_name=_("topics"))

    exposed_fields: ClassVar = [
        ExposedField("summary", search=2.0, translate=True, card=True),
        ExposedField("taken_on", filter=True, sort=True, card=True),
        ExposedField("place", filter=True, search=True, translate=True),
        ExposedField("topics", filter=True, search=True),
        ExposedField("photos", search=True),
    ]

    @classmethod
    def linked_data(cls, document: Mapping[str, Any], links: Links) -> dict[str, Any]:
        """An ``ImageGallery``."""
        return {
            "@type": "ImageGallery",
            "description": document["summary"],
            "dateCreated": document["taken_on"],
            "contentLocation": document["place"],
            "keywords": links.names(document["topics"]),
            "image": [
                links.image(photo["image"], photo["caption"] or photo["alt"])
                for photo in document["photos"]
            ],
        }

    page_description = _("Photos of one event, each with its caption and credit.")

    class Meta:
        verbose_name = _("photo album")
        verbose_name_plural = _("photo albums")


class PhotoItem(Orderable):
    """One photo of an album."""

    page = ParentalKey(PhotoAlbumPage, on_delete=models.CASCADE, related_name="photos")
    image = models.ForeignKey(
        PortalImage, models.CASCADE, related_name="+", verbose_name=_("image")
    )
    alt = models.CharField(
        _("alternative text"),
        max_length=255,
        help_text=_("What the image shows, for those who can't see it."),
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(_("credit"), max_length=255, blank=True)

    exposed_fields: ClassVar = [
        ExposedField("image"),
        ExposedField("alt", translate=True),
        ExposedField("caption", translate=True),
        ExposedField("credit"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")


class VideoPage(ContentPage):
    """A video: of a provider, by its address, or as a file of one's own."""

    summary = models.TextField(_("summary"), blank=True)
    video_url = models.URLField(_("address of the video"), blank=True)
    video_file = models.ForeignKey(
        PortalDocument,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("video file"),
    )
    captions_file = models.ForeignKey(
        PortalDocument,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("captions (WebVTT)"),
    )
    poster = models.ForeignKey(
        PortalImage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("poster"),
    )
    poster_alt = models.CharField(_("alternative text"), max_length=255, blank=True)
    duration_seconds = models.PositiveIntegerField(_("duration in seconds"), null=True, blank=True)
    credit = models.CharField(_("credit"), max_length=255, blank=True)
    transcript = models.TextField(
        _("transcript"), blank=True, help_text=_("What is said, for those who can't hear it.")
    )
    topics = ParentalManyToManyField(Topic, blank=True, verbose_name=_("topics"))

    exposed_fields: ClassVar = [
        ExposedField("summary", search=2.0, translate=True, card=True),
        ExposedField("video_url"),
        ExposedField("video_file"),
        ExposedField("captions_file"),
        ExposedField("poster", card=True),
        ExposedField("poster_alt", translate=True),
        ExposedField("duration_seconds", filter=True, sort=True, card=True),
        ExposedField("credit"),
        ExposedField("transcript", search=True, translate=True),
        ExposedField("topics", filter=True, search=True),
    ]

    @classmethod
    def linked_data(cls, document: Mapping[str, Any], links: Links) -> dict[str, Any]:
        """A ``VideoObject``: by its file, or by the address where it is shown."""
        file, poster = document["video_file"], links.image(document["poster"])
        seconds = document["duration_seconds"]
        return {
            "@type": "VideoObject",
            "description": document["summary"] or document["title"],
            "uploadDate": document["published_at"],
            "duration": f"PT{seconds}S" if seconds else None,
            "contentUrl": links.media(file["url"]) if file else None,
            "embedUrl": document["video_url"],
            "thumbnail": poster,
            "thumbnailUrl": poster["url"] if poster else None,
            "transcript": document["transcript"],
            "keywords": links.names(document["topics"]),
        }

    page_description = _("A film, by its address or as a file, with captions and transcript.")

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    def clean(self) -> None:
        """A video has an address or a file."""
        super().clean()
        errors: dict[str, Any] = {}
        if not self.video_url and not self.video_file:
            errors["video_url"] = _("Give the video's address or its file.")
        if self.poster and not self.poster_alt:
            errors["poster_alt"] = _("Say what the poster shows.")
        if errors:
            raise ValidationError(errors)
