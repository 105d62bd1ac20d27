"""The form of an official document: what is printed at its head first, then its text."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel

__all__ = ["DOCUMENT_PANELS"]

DOCUMENT_PANELS: list[Panel] = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("number"), FieldPanel("document_type")]),
            FieldPanel("abstract"),
            FieldPanel("issuer"),
            FieldRowPanel([FieldPanel("issued_on"), FieldPanel("place")]),
            FieldRowPanel([FieldPanel("effective_on"), FieldPanel("expires_on")]),
        ],
        heading=_("Head of the document"),
    ),
    FieldPanel("body"),
    MultiFieldPanel(
        [
            FieldPanel("signer"),
            FieldRowPanel([FieldPanel("signing_authority"), FieldPanel("signer_position")]),
        ],
        heading=_("Signature"),
    ),
    InlinePanel("recipients", heading=_("Recipients"), label=_("recipient")),
    InlinePanel("files", heading=_("Files"), label=_("file")),
    MultiFieldPanel([FieldPanel("topics")], heading=_("Topics"), classname="collapsed"),
    InlinePanel(
        "references",
        heading=_("References to other documents"),
        label=_("reference"),
        classname="collapsed",
    ),
    InlinePanel(
        "events",
        heading=_("What happened to the document"),
        label=_("event"),
        classname="collapsed",
    ),
]
