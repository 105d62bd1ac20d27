"""Organisations with their history: names by period, predecessors and successors."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable
from wagtail.search import index

from cms.pages.exposed import ComputedField, ExposedField
from cms.pages.models.snippets import ContentSnippet
from cms.vietnamese.collation import sort_key

__all__ = ["Organisation", "OrganisationName"]


class Organisation(ContentSnippet):
    """A body that issues documents or writes; it keeps its identity through its names."""

    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        help_text=_("As in document numbers: LMHTX, UBND. It names the body in imports."),
    )
    name = models.CharField(_("present name"), max_length=255)
    short_name = models.CharField(_("short name"), max_length=120, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        verbose_name=_("superior body"),
    )
    predecessors = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="successors",
        verbose_name=_("predecessors"),
        help_text=_("The bodies that this one took over from."),
    )
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)

    natural_key_field = "code"
    exposed_fields: ClassVar = [
        ExposedField("code"),
        ExposedField("name", search=True, translate=True),
        ExposedField("short_name", search=True, translate=True),
        ExposedField("founded_on"),
        ExposedField("dissolved_on"),
        ExposedField("names"),
        ComputedField(
            "predecessors",
            read=lambda body, build: _names(body.predecessors, build),
            schema={"type": "array", "items": {"type": "string"}},
        ),
        ComputedField(
            "successors",
            read=lambda body, build: _names(body.successors, build),
            schema={"type": "array", "items": {"type": "string"}},
        ),
    ]
    search_fields: ClassVar = [
        index.SearchField("name", boost=10),
        index.AutocompleteField("name"),
        index.SearchField("short_name", boost=10),
        index.SearchField("code", boost=10),
        index.RelatedFields("names", [index.SearchField("name")]),
    ]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def name_on(self, day: datetime.date) -> str:
        """What the body was called on a day; its present name where no period fits."""
        for period in self.names.all():
            started = period.valid_from is None or period.valid_from <= day
            if started and (period.valid_to is None or day <= period.valid_to):
                return str(period.name)
        return self.name


class OrganisationName(Orderable):
    """What an organisation was called in a period; both days belong to it, empty is open."""

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=255)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)

    exposed_fields: ClassVar = [
        ExposedField("name"),
        ExposedField("valid_from"),
        ExposedField("valid_to"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_from=None)
                | Q(valid_to=None)
                | Q(valid_to__gte=models.F("valid_from")),
                name="organisation_name_period",
            )
        ]

    def __str__(self) -> str:
        return self.name


def _names(bodies: Any, build: Any) -> Any:
    """The bodies' names in order, each body noted."""
    found = list(bodies.all())
    build.note(*(body.tag for body in found))
    return sorted((build.text(body, "name") for body in found), key=sort_key)
