"""Where each translation stands: one row for each page and each language it is to have."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["RecordTranslation", "TranslationState"]


class TranslationState(models.Model):
    """How far one page is translated into one locale.

    Every content page has a row for each locale but its own: a page that nobody has begun to
    translate is ``missing``, not absent. Only ``cms.translation.syncing.state`` writes rows, in the
    transaction that changes what they tell of; the dashboard, delivery and filters read them.
    """

    class Status(models.TextChoices):
        """What a reader of the translation must know first."""

        MISSING = "missing", pgettext_lazy("translation", "Missing")
        PARTIAL = "partial", pgettext_lazy("translation", "Partial")
        COMPLETE = "complete", pgettext_lazy("translation", "Complete")
        REVIEW = "review", pgettext_lazy("translation", "To be reviewed")

    source = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="translation_states",
        verbose_name=_("source page"),
    )
    locale = models.CharField(_("locale"), max_length=20)
    """The code of the language that is translated into."""
    translation = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
        verbose_name=_("translated page"),
    )
    """The page that stands in the locale: a translation, an alias of the source, or nothing."""

    status = models.CharField(
        pgettext_lazy("translation", "status"),
        max_length=8,
        choices=Status.choices,
        default=Status.MISSING,
    )
    managed = models.BooleanField(_("translated segment by segment"), default=False)
    """False for an ordinary page that somebody writes in that language by hand."""
    segments = models.PositiveIntegerField(_("segments"), default=0)
    translated = models.PositiveIntegerField(_("translated segments"), default=0)
    """Those that need a review are among them: readers see them."""
    needs_review = models.PositiveIntegerField(_("segments to be reviewed"), default=0)
    machine = models.PositiveIntegerField(_("segments translated by machine"), default=0)
    percent = models.PositiveSmallIntegerField(_("percent"), default=0)
    """``translated`` of ``segments``, rounded down: 100 means that nothing is left."""

    source_revision = models.BigIntegerField(_("source revision"), null=True)
    """The id of the source's live revision that the segments were taken from."""
    synced_at = models.DateTimeField(_("synced at"), null=True)
    outdated_since = models.DateTimeField(_("outdated since"), null=True)
    """When the source was first published after the last sync; empty while it is up to date."""
    published = models.BooleanField(_("published"), default=False)

    class Meta:
        verbose_name = _("state of a translation")
        verbose_name_plural = _("states of translations")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "locale"], name="translation_state_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["locale", "status"], name="translation_state_status"),
            models.Index(fields=["translation"], name="translation_state_page"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.locale}: {self.status} {self.percent} %"


class RecordTranslation(models.Model):
    """One text of a shared record in another language (ADR 40).

    Records are one for all languages, with one natural key; what differs is these few texts. A
    document shows them in its own locale, else in the record's.
    """

    type = models.CharField(_("type of record"), max_length=64)
    """The record's model: ``organisation``, as in its tag."""
    object_id = models.BigIntegerField()
    locale = models.CharField(_("locale"), max_length=20)
    field = models.CharField(_("field"), max_length=64)
    text = models.TextField(_("text"))
    source = models.TextField(_("translated from"))
    """The record's text at that time: where that is another now, the translation needs a review."""

    class Meta:
        verbose_name = _("translation of a shared record")
        verbose_name_plural = _("translations of shared records")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["type", "locale", "object_id", "field"], name="record_translation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.type}:{self.object_id}.{self.field} → {self.locale}"
