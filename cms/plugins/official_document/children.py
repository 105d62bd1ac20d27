"""What a document has several of: recipients, files, references, events."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from cms.plugins.api import ExposedField, PortalDocument
from cms.plugins.official_document.references import number_key
from cms.plugins.official_document.validity import EventAction

__all__ = ["DocumentEvent", "DocumentFile", "DocumentRecipient", "DocumentReference", "Relation"]

_PAGE = "official_document.OfficialDocumentPage"


class Relation(models.TextChoices):
    """How one document stands to another; the inverse is derived, never entered."""

    BASED_ON = "based_on", _("is based on")
    IMPLEMENTS = "implements", _("implements")
    GUIDES = "guides", _("guides")
    CITES = "cites", _("cites")
    AMENDS = "amends", _("amends")
    SUPPLEMENTS = "supplements", _("supplements")
    REPLACES = "replaces", _("replaces")
    REPEALS = "repeals", _("repeals")
    SUSPENDS = "suspends", _("suspends")
    CORRECTS = "corrects", _("corrects")
    CONSOLIDATES = "consolidates", _("consolidates")
    RECALLS = "recalls", _("recalls")
    EXTENDS = "extends", _("extends")
    ATTACHES = "attaches", _("is issued with")
    ANSWERS = "answers", _("answers")
    DRAFT_OF = "draft_of", _("is a draft of")
    TRANSLATION_OF = "translation_of", _("is a translation of")
    RELATED = "related", _("is related to")


class DocumentRecipient(Orderable):
    """One line of "Kính gửi" or "Nơi nhận"."""

    class Role(models.TextChoices):
        """Why a body receives the document."""

        ADDRESSEE = "addressee", _("addressee (Kính gửi)")
        ACTION = "action", _("for action")
        REPORT = "report", _("for information of superiors")
        COPY = "copy", _("copy")
        FILE = "file", _("file (Lưu)")

    page = ParentalKey(_PAGE, on_delete=models.CASCADE, related_name="recipients")
    name = models.CharField(_("recipient"), max_length=255)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.COPY)

    exposed_fields: ClassVar = [ExposedField("name", translate=True), ExposedField("role")]

    class Meta(Orderable.Meta):
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")


class DocumentFile(Orderable):
    """A file of the document: the signed original first."""

    page = ParentalKey(_PAGE, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(
        PortalDocument, models.CASCADE, related_name="+", verbose_name=_("file")
    )
    is_signed = models.BooleanField(_("digitally signed"), default=False)

    exposed_fields: ClassVar = [ExposedField("file"), ExposedField("is_signed")]

    class Meta(Orderable.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")


class DocumentReference(Orderable):
    """A document that this one names: chosen where it is here, else open by its number."""

    page = ParentalKey(_PAGE, on_delete=models.CASCADE, related_name="references")
    relation = models.CharField(
        _("relation"), max_length=16, choices=Relation, default=Relation.CITES
    )
    target = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("official document", "document"),
        help_text=_("Not needed: a document with the number below is found by itself."),
    )
    number = models.CharField(_("number and symbol"), max_length=60, blank=True)
    number_key = models.CharField(max_length=60, editable=False, db_index=True, default="")
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    issuer = models.CharField(_("issued by"), max_length=255, blank=True)
    subject = models.CharField(_("subject"), max_length=500, blank=True)
    provision = models.CharField(
        _("provision"), max_length=255, blank=True, help_text=_("Clause 2 Article 8")
    )
    evidence = models.CharField(
        _("words"), max_length=500, blank=True, help_text=_("The words that name it, as printed.")
    )

    exposed_fields: ClassVar = [
        ExposedField("relation"),
        ExposedField("target"),
        ExposedField("number"),
        ExposedField("issued_on"),
        ExposedField("issuer"),
        ExposedField("subject", translate=True),
        ExposedField("provision"),
        ExposedField("evidence"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("reference")
        verbose_name_plural = _("references")

    def clean(self) -> None:
        """A reference names something."""
        super().clean()
        if not (self.target_id or self.number or self.subject):
            raise ValidationError({"number": _("Choose a document or give its number.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.number_key = number_key(self.number)
        super().save(*args, **kwargs)


class DocumentEvent(Orderable):
    """Something that happened to the document, or will, on a day."""

    page = ParentalKey(_PAGE, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(_("what"), max_length=20, choices=EventAction)
    on = models.DateField(_("on"))
    scope = models.CharField(
        _("scope"), max_length=255, blank=True, help_text=_("Point c clause 2 Article 8")
    )
    source = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by which document"),
    )
    source_number = models.CharField(_("its number"), max_length=60, blank=True)

    exposed_fields: ClassVar = [
        ExposedField("action"),
        ExposedField("on"),
        ExposedField("scope"),
        ExposedField("source"),
        ExposedField("source_number"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
