"""Courses: a page with a field of every kind, shared records, child rows and a computed value."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable

from cms.plugins.api import (
    Build,
    ComputedField,
    ContentPage,
    ExposedField,
    Json,
    Organisation,
    PortalDocument,
    PortalImage,
)
from tests.sample_plugin.blocks import CourseBody
from tests.sample_plugin.snippets import Trainer

__all__ = ["CoursePage", "CourseSession", "LecturePage"]


class Level(models.TextChoices):
    """How much a course asks for."""

    BASIC = "basic", _("For beginners")
    ADVANCED = "advanced", _("Advanced")


class CoursePage(ContentPage):
    """A course that one can register for."""

    summary = models.TextField(_("course summary"), blank=True)
    code = models.UUIDField(_("course code"), default=uuid.uuid4)
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.BASIC)
    starts_at = models.DateTimeField(_("starts at"), null=True, blank=True)
    register_by = models.DateField(_("register by"), null=True, blank=True)
    length = models.DurationField(_("length"), null=True, blank=True)
    seats = models.PositiveIntegerField(_("seats"), default=0)
    fee = models.DecimalField(_("fee"), max_digits=12, decimal_places=2, null=True, blank=True)
    rating = models.FloatField(_("rating"), null=True, blank=True)
    is_online = models.BooleanField(_("online"), default=False)
    conditions = RichTextField(_("conditions"), blank=True)
    image = models.ForeignKey(
        PortalImage, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("course image"),
    )  # fmt: skip
    flyer = models.ForeignKey(
        PortalDocument, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("flyer"),
    )  # fmt: skip
    organiser = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("organiser"),
    )  # fmt: skip
    follows = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("follows on"),
    )  # fmt: skip
    trainers = ParentalManyToManyField(Trainer, blank=True, verbose_name=_("trainers"))
    body = StreamField(CourseBody(), blank=True, verbose_name=_("programme"))

    child_types: ClassVar = ("lecture",)
    exposed_fields: ClassVar = [
        ExposedField("summary", search=2.0, translate=True, card=True),
        ExposedField("code", filter=True),
        ExposedField("level", filter=True, sort=True, card=True),
        ExposedField("starts_at", filter=True, sort=True, card=True),
        ExposedField("register_by", filter=True, sort=True),
        ExposedField("length", filter=True, sort=True),
        ExposedField("seats", filter=True, sort=True, card=True),
        ExposedField("fee", filter=True, sort=True),
        ExposedField("rating", filter=True, sort=True),
        ExposedField("is_online", filter=True),
        ComputedField(
            "is_open",
            card=True,
            read=lambda page, build: page.read_is_open(build),
            schema={"type": "boolean", "description": "Whether one may still register."},
        ),
        ExposedField("conditions", translate=True),
        ExposedField("image", card=True),
        ExposedField("flyer", search=True),
        ExposedField("organiser", filter=True, card=True),
        ExposedField("follows"),
        ExposedField("trainers", filter=True),
        ExposedField("body", search=True, translate=True),
        ExposedField("sessions"),
    ]

    class Meta:
        app_label = "course"
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def read_is_open(self, build: Build) -> Json:
        """Until the course begins; the document is rebuilt at that moment."""
        build.note_moment(self.starts_at)
        return self.starts_at is None or build.now < self.starts_at


class CourseSession(Orderable):
    """One meeting of a course."""

    page = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="sessions")
    place = models.CharField(_("meeting place"), max_length=255)
    starts_at = models.DateTimeField(_("starts at"))

    exposed_fields: ClassVar = [ExposedField("place"), ExposedField("starts_at")]

    class Meta(Orderable.Meta):
        app_label = "course"
        verbose_name = _("session")
        verbose_name_plural = _("sessions")


class LecturePage(ContentPage):
    """A lecture of a course: stands below its course alone."""

    recording = models.URLField(_("recording"), blank=True)

    parent_types: ClassVar = ("course",)
    exposed_fields: ClassVar = [ExposedField("recording")]

    class Meta:
        app_label = "course"
        verbose_name = _("lecture")
        verbose_name_plural = _("lectures")
