"""Official documents: number, issuer, dates, provisions, references, validity."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField

from cms.plugins.api import (
    Build,
    ComputedField,
    ContentPage,
    DocumentBodyBlock,
    ExposedField,
    Json,
    Links,
    Organisation,
    Person,
    Topic,
    document_numbers,
    document_types,
    legal_notices,
)
from cms.plugins.official_document.children import (
    DocumentEvent,
    DocumentFile,
    DocumentRecipient,
    DocumentReference,
)
from cms.plugins.official_document.linked_data import describe_document
from cms.plugins.official_document.panels import DOCUMENT_PANELS
from cms.plugins.official_document.references import (
    CITED_BY_SCHEMA,
    REFERENCES_SCHEMA,
    number_key,
    number_tag,
    read_cited_by,
    read_references,
    reference_tags,
)
from cms.plugins.official_document.validity import Event, Validity, ValidityStatus, validity_on

__all__ = [
    "DocumentEvent",
    "DocumentFile",
    "DocumentRecipient",
    "DocumentReference",
    "OfficialDocumentPage",
]


class SigningAuthority(models.TextChoices):
    """In whose place a document is signed (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

    OWN = "", _("in one's own right")
    COLLECTIVE = "TM", _("TM. (for the collective)")
    ACTING_HEAD = "Q", _("Q. (acting head)")
    DEPUTY = "KT", _("KT. (for the head)")
    BY_ORDER = "TL", _("TL. (by order)")
    BY_MANDATE = "TUQ", _("TUQ. (by mandate)")


def _type_choices() -> list[tuple[str, str]]:
    return [(entry.code, entry.name) for entry in document_types.DOCUMENT_TYPES]


class OfficialDocumentPage(ContentPage):
    """A document as it was issued; its title is its type, number and subject in one line."""

    number = models.CharField(
        _("number and symbol"), max_length=60, help_text=_("As printed: 60/KH-LMHTX.")
    )
    number_key = models.CharField(max_length=60, editable=False, db_index=True, default="")
    document_type = models.CharField(_("type"), max_length=24, choices=_type_choices)
    issuer = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("issued by"),
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    issued_on = models.DateField(_("issued on"))
    effective_on = models.DateField(
        _("effective on"),
        null=True,
        blank=True,
        help_text=_("Leave empty when it is in force from signing."),
    )
    expires_on = models.DateField(
        _("out of force on"),
        null=True,
        blank=True,
        help_text=_("The first day on which it is no longer in force."),
    )
    abstract = models.TextField(_("abstract"), help_text=_("The subject as printed (trích yếu)."))
    signer = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("signer")
    )
    signer_position = models.CharField(_("position as signed"), max_length=255, blank=True)
    signing_authority = models.CharField(
        _("signed"),
        max_length=4,
        choices=SigningAuthority,
        blank=True,
        default=SigningAuthority.OWN,
    )
    topics = ParentalManyToManyField(Topic, blank=True, verbose_name=_("topics"))
    body = StreamField(DocumentBodyBlock(), blank=True, verbose_name=_("body"))

    dated_by = "issued_on"
    exposed_fields: ClassVar = [
        ExposedField("number", filter=True, sort=True, card=True, search=4.0),
        ExposedField("document_type", filter=True, sort=True, card=True),
        ExposedField("issuer", filter=True, card=True, search=True),
        ExposedField("place"),
        ExposedField("issued_on", filter=True, sort=True, card=True),
        ExposedField("effective_on", filter=True, sort=True),
        ExposedField("expires_on", filter=True, sort=True),
        ExposedField("abstract", search=3.0, translate=True, card=True),
        ExposedField("signer", filter=True, search=True),
        ExposedField("signer_position", translate=True),
        ExposedField("signing_authority"),
        ExposedField("recipients"),
        ExposedField("topics", filter=True, search=True),
        ExposedField("files", search=True),
        ExposedField("body", search=True, translate=True),
        ExposedField("references"),
        ComputedField(
            "resolved_references",
            read=lambda page, build: read_references(page, build),
            schema=REFERENCES_SCHEMA,
        ),
        ComputedField(
            "cited_by", read=lambda page, build: read_cited_by(page, build), schema=CITED_BY_SCHEMA
        ),
        ExposedField("events"),
        ComputedField(
            "validity",
            read=lambda page, build: page.read_validity(build),
            schema={
                "type": "object",
                "properties": {
                    "status": {"type": "string", "enum": list(ValidityStatus.values)},
                    "since": {"type": ["string", "null"], "format": "date"},
                    "until": {"type": ["string", "null"], "format": "date"},
                },
                "required": ["status", "since", "until"],
            },
        ),
        ComputedField(
            "unofficial_notice",
            read=lambda page, build: legal_notices.unofficial_notice(build.locale),
            schema={"type": ["string", "null"]},
        ),
    ]

    content_panels: ClassVar = [*ContentPage.content_panels, *DOCUMENT_PANELS]
    page_description = _("A plan, decision, notice or letter with its number and provisions.")

    class Meta:
        verbose_name = _("official document")
        verbose_name_plural = _("official documents")
        # A register is read by its newest entries. With the order in the index, a list takes as
        # long at 10,000 documents as at 100; without it, every document that fits is fetched.
        indexes: ClassVar = [
            models.Index(fields=["-issued_on"], name="official_document_newest"),
            models.Index(fields=["document_type", "-issued_on"], name="official_document_by_type"),
            models.Index(fields=["issuer", "-issued_on"], name="official_document_by_issuer"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.number_key = number_key(self.number)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Dates in order, a number that is one, and no second document with the same number."""
        super().clean()
        errors: dict[str, Any] = {}
        if not self.number:
            pass  # a draft may wait for it; to publish, the field itself asks for one
        elif document_numbers.parse_document_number(self.number) is None:
            errors["number"] = _("This is no document number. It is written like 60/KH-LMHTX.")
        elif self._has_double():
            errors["number"] = _("This body has issued a document with this number that day.")
        issued: datetime.date | None = self.issued_on  # empty in a form that is not filled in
        if self.effective_on and issued and self.effective_on < issued:
            errors["effective_on"] = _("A document can't take effect before it is issued.")
        starts = self.effective_on or issued
        if self.expires_on and starts and self.expires_on <= starts:
            errors["expires_on"] = _("The end must be after the beginning.")
        if errors:
            raise ValidationError(errors)

    def _has_double(self) -> bool:
        """Identity is issuer, number, symbol and date: numbers begin again each year."""
        same = OfficialDocumentPage.objects.filter(
            number_key=number_key(self.number),
            issuer=self.issuer,
            issued_on=self.issued_on,
            locale=self.locale_id,
        )
        return bool(same.exclude(pk=self.pk).exists())

    @classmethod
    def linked_data(cls, document: Mapping[str, Any], links: Links) -> dict[str, Any]:
        """``Legislation`` with its identifier, dates, legal force and relations."""
        return describe_document(document, links)

    @classmethod
    def is_current(cls, document: Mapping[str, Any]) -> bool:
        """A document that is out of force, or suspended, doesn't hold any more."""
        gone = (ValidityStatus.EXPIRED, ValidityStatus.SUSPENDED)
        return document["validity"]["status"] not in gone

    def change_tags(self) -> Iterable[str]:
        """Whoever cites this number, and whoever is cited here, reads differently now."""
        return [number_tag(self.number), *reference_tags(self)]

    def validity_on(self, day: datetime.date) -> Validity:
        """The document's state on a day."""
        return validity_on(
            day,
            effective_on=self.effective_on,
            expires_on=self.expires_on,
            events=[Event(event.on, event.action) for event in self.events.all()],
        )

    def read_validity(self, build: Build) -> Json:
        """The state at the build; the document is rebuilt on the day on which it changes."""
        validity = self.validity_on(timezone.localdate(build.now))
        if validity.until:
            midnight = datetime.datetime.combine(validity.until, datetime.time())
            build.note_moment(timezone.make_aware(midnight))
        return validity_json(validity)


def validity_json(validity: Validity) -> dict[str, Json]:
    """A state as it is delivered."""
    return {
        "status": str(validity.status),
        "since": validity.since.isoformat() if validity.since else None,
        "until": validity.until.isoformat() if validity.until else None,
    }
