"""Questions and answers by field, with the documents that an answer rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import Orderable

from cms.plugins.api import (
    BodyBlock,
    ContentPage,
    ExposedField,
    Links,
    Organisation,
    Person,
    Topic,
)

__all__ = ["LegalBasis", "SupportPage"]


class SupportPage(ContentPage):
    """A question that was asked and its answer; the page's title is the question in short."""

    question = models.TextField(_("question"))
    field = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("field")
    )
    answer = StreamField(BodyBlock(), blank=True, verbose_name=_("answer"))
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    reviewed_by = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewed by"),
    )

    exposed_fields: ClassVar = [
        ExposedField("question", search=2.0, translate=True, card=True),
        ExposedField("field", filter=True, card=True),
        ExposedField("answer", search=True, translate=True),
        ExposedField("asked_on", filter=True, sort=True),
        ExposedField("answered_on", filter=True, sort=True, card=True),
        ExposedField("answered_by", filter=True),
        ExposedField("reviewed_by"),
        ExposedField("legal_basis", search=True),
    ]

    @classmethod
    def linked_data(cls, document: Mapping[str, Any], links: Links) -> dict[str, Any]:
        """A ``QAPage``: one question, with its answer where there is one."""
        text = links.text(document["answer"])
        answer = {
            "@type": "Answer",
            "text": text,
            "dateCreated": document["answered_on"],
            "author": links.organisation(document["answered_by"]),
        }
        return {
            "@type": "QAPage",
            "description": document["question"],
            "mainEntity": {
                "@type": "Question",
                "name": document["title"],
                "text": document["question"],
                "dateCreated": document["asked_on"],
                "answerCount": 1 if text else 0,
                "acceptedAnswer": answer if text else None,
            },
        }

    page_description = _("A question that was asked, its answer, and the documents it rests on.")

    class Meta:
        verbose_name = _("question and answer")
        verbose_name_plural = _("questions and answers")


class LegalBasis(Orderable):
    """A document that the answer rests on, and where in it."""

    page = ParentalKey(SupportPage, on_delete=models.CASCADE, related_name="legal_basis")
    document = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("official document", "document"),
    )
    citation = models.CharField(
        _("citation"),
        max_length=500,
        blank=True,
        help_text=_("Type, number, date and subject, where the document is not here."),
    )
    provision = models.CharField(
        _("provision"), max_length=255, blank=True, help_text=_("Clause 2 Article 8")
    )

    exposed_fields: ClassVar = [
        ExposedField("document"),
        ExposedField("citation"),
        ExposedField("provision"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal basis")
