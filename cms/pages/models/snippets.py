"""Shared records: topics, organisations with their history, persons."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable
from wagtail.search import index

from cms.changes.models import Reason
from cms.pages.exposed import ComputedField, ExposedField
from cms.vietnamese.collation import person_sort_key, sort_key

__all__ = ["ContentSnippet", "Organisation", "OrganisationName", "Person", "Topic"]


class ContentSnippet(index.Indexed, ClusterableModel):
    """A record that pages share. Its change makes every document that shows it stale.

    ``natural_key_field`` names it in filters, imports and exports, in place of an id.
    """

    exposed_fields: ClassVar[list[ExposedField]] = []
    natural_key_field: ClassVar[str]

    class Meta:
        abstract = True

    @property
    def natural_key_value(self) -> str:
        """The value of the natural key: ``lmhtx`` of an organisation's code."""
        return str(getattr(self, self.natural_key_field))

    @property
    def tag(self) -> str:
        """``organisation:3``: what documents built with it are tagged with."""
        return f"{self._meta.model_name}:{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        from cms.pages.stale import touch

        with transaction.atomic():
            super().save(*args, **kwargs)
            touch(str(self._meta.model_name), self.pk, [self.tag], Reason.UPDATE)


class Topic(ContentSnippet):
    """A subject; topics form a tree."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("broader topic"),
    )

    natural_key_field = "slug"
    exposed_fields: ClassVar = [
        ExposedField("name", translate=True),
        ExposedField("slug"),
        ComputedField(
            "path",
            read=lambda topic, build: topic.read_path(build),
            schema={"type": "array", "items": {"type": "string"}},
        ),
    ]
    search_fields: ClassVar = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def ancestors(self) -> list[Topic]:
        """From the broadest topic down to this one; a loop ends where it closes."""
        chain: list[Topic] = []
        topic: Topic | None = self
        while topic is not None and topic not in chain:
            chain.insert(0, topic)
            topic = topic.parent
        return chain

    def read_path(self, build: Any) -> Any:
        """The names from the broadest topic down."""
        chain = self.ancestors()
        build.note(*(topic.tag for topic in chain))
        return [topic.name for topic in chain]

    def clean(self) -> None:
        """Refuses a topic below itself."""
        super().clean()
        above = self.parent
        seen: set[int] = set()
        while above is not None and above.pk not in seen:
            if self.pk is not None and above.pk == self.pk:
                raise ValidationError({"parent": _("A topic can't stand below itself.")})
            seen.add(above.pk)
            above = above.parent


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
        ExposedField("name", translate=True),
        ExposedField("short_name", translate=True),
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
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("code"),
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


class Person(ContentSnippet):
    """Someone who signs, answers or writes."""

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    position = models.CharField(_("position"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("organisation"),
    )
    name_key = models.CharField(max_length=500, editable=False, db_index=True)

    natural_key_field = "slug"
    exposed_fields: ClassVar = [
        ExposedField("slug"),
        ExposedField("full_name"),
        ExposedField("position", translate=True),
    ]
    search_fields: ClassVar = [index.SearchField("full_name"), index.AutocompleteField("full_name")]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering: ClassVar = ["name_key"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = person_sort_key(self.full_name)[:500]
        super().save(*args, **kwargs)


def _names(bodies: Any, build: Any) -> Any:
    """The codes' owners by name, each noted."""
    found = sorted(bodies.all(), key=lambda body: sort_key(body.name))
    build.note(*(body.tag for body in found))
    return [body.name for body in found]
