"""Announcements: what holds for a time and for some."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import Orderable

from cms.plugins.api import (
    BodyBlock,
    Build,
    ComputedField,
    ContentPage,
    ExposedField,
    Json,
    Links,
    PortalDocument,
)

__all__ = ["AnnouncementAttachment", "AnnouncementPage"]


class Priority(models.TextChoices):
    """How far up an announcement stands."""

    NORMAL = "normal", _("Normal")
    HIGH = "high", _("High")
    URGENT = "urgent", _("Urgent")


class Audience(models.TextChoices):
    """Whom an announcement is for."""

    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("Member cooperatives")
    STAFF = "staff", _("Staff of the alliance")


class AnnouncementPage(ContentPage):
    """An announcement; ``state`` follows from its period and the clock."""

    priority = models.CharField(
        _("priority"), max_length=10, choices=Priority, default=Priority.NORMAL
    )
    audience = models.CharField(
        _("audience"), max_length=10, choices=Audience, default=Audience.PUBLIC
    )
    valid_from = models.DateTimeField(_("valid from"), null=True, blank=True)
    valid_to = models.DateTimeField(_("valid to"), null=True, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    exposed_fields: ClassVar = [
        ExposedField("priority", filter=True, sort=True, card=True),
        ExposedField("audience", filter=True, card=True),
        ExposedField("valid_from", filter=True, sort=True, card=True),
        ExposedField("valid_to", filter=True, sort=True, card=True),
        ComputedField(
            "state",
            card=True,
            read=lambda page, build: page.read_state(build),
            schema={"type": "string", "enum": ["upcoming", "current", "over"]},
        ),
        ExposedField("summary", search=2.0, translate=True, card=True),
        ExposedField("body", search=True, translate=True),
        ExposedField("attachments", search=True),
    ]

    page_description = _("What holds for a time: an invitation, a closing date, a call.")

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")

    @classmethod
    def linked_data(cls, document: Mapping[str, Any], links: Links) -> dict[str, Any]:
        """A ``SpecialAnnouncement`` for as long as it holds."""
        return {
            "@type": "SpecialAnnouncement",
            "description": document["summary"],
            "text": links.text(document["body"]) or document["summary"],
            "datePosted": document["valid_from"] or document["published_at"],
            "expires": document["valid_to"],
            "associatedMedia": [links.file(one["file"]) for one in document["attachments"]],
        }

    def read_state(self, build: Build) -> Json:
        """``upcoming``, ``current`` or ``over`` at the time of the build."""
        build.note_moment(self.valid_from)
        build.note_moment(self.valid_to)
        if self.valid_from and build.now < self.valid_from:
            return "upcoming"
        return "over" if self.valid_to and self.valid_to <= build.now else "current"

    def clean(self) -> None:
        """The period ends after it begins."""
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            raise ValidationError({"valid_to": _("The end must be after the beginning.")})


class AnnouncementAttachment(Orderable):
    """A file that belongs to the announcement."""

    page = ParentalKey(AnnouncementPage, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(
        PortalDocument, models.CASCADE, related_name="+", verbose_name=_("file")
    )

    exposed_fields: ClassVar = [ExposedField("file")]

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
