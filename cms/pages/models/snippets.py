"""Shared records: what they have in common, topics, persons."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.search import index

from cms.changes.models import Reason
from cms.pages.exposed import ComputedField, ExposedField
from cms.vietnamese.collation import person_sort_key

__all__ = ["ContentSnippet", "Person", "Topic"]


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
        ExposedField("name", search=True, translate=True),
        ExposedField("slug"),
        ComputedField(
            "path",
            read=lambda topic, build: topic.read_path(build),
            schema={"type": "array", "items": {"type": "string"}},
        ),
    ]
    search_fields: ClassVar = [
        index.SearchField("name", boost=10),
        index.AutocompleteField("name"),
    ]

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
        return [build.text(topic, "name") for topic in chain]

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


class Person(ContentSnippet):
    """Someone who signs, answers or writes."""

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    position = models.CharField(_("position"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        "pages.Organisation",
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
        ExposedField("full_name", search=True),
        ExposedField("position", translate=True),
    ]
    search_fields: ClassVar = [
        index.SearchField("full_name", boost=10),
        index.AutocompleteField("full_name"),
        index.SearchField("position"),
    ]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering: ClassVar = ["name_key"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = person_sort_key(self.full_name)[:500]
        super().save(*args, **kwargs)
