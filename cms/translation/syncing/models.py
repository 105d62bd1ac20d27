"""What syncing leaves for a person to look at."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail_localize.models import StringTranslation, Translation

__all__ = ["MergeLeftover", "SegmentReview"]


class SegmentReview(models.Model):
    """A translation that was carried over when its source text changed: is it still right?

    It is gone as soon as somebody saves the translation, changed or not.
    """

    translation = models.OneToOneField(
        StringTranslation,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="review",
        verbose_name=_("translation of a segment"),
    )
    previous = models.TextField(_("previous source text"))
    """What was translated last, as wagtail-localize's strings have it (inline HTML)."""
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("segment to be reviewed")
        verbose_name_plural = _("segments to be reviewed")

    def __str__(self) -> str:
        return self.previous[:80]


class MergeLeftover(models.Model):
    """A change by hand that a translation back in sync mode has no place for.

    Its structure is the source's, so a block that was added by hand can't stay; neither can a date
    that is taken from the source. It is kept here until a person has seen to it.
    """

    translation = models.ForeignKey(
        Translation,
        on_delete=models.CASCADE,
        related_name="leftovers",
        verbose_name=_("translation"),
    )
    path = models.TextField(pgettext_lazy("content path", "place"))
    """A content path: ``body.<block id>.text``."""
    before = models.TextField(_("before the change"), blank=True)
    after = models.TextField(_("after the change"), blank=True)
    """Empty where something was taken out by hand that the source still has."""
    at = models.DateTimeField(_("merged at"), auto_now_add=True)

    class Meta:
        verbose_name = _("change without a place")
        verbose_name_plural = _("changes without a place")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.path}: {self.after[:80]}"
