"""The page model and the shared records, with the same fields as the official document's."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from rest_framework import serializers
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from benchmarks.plain_wagtail.blocks import PlanBlock

__all__ = ["Organisation", "Person", "PlanPage", "Recipient", "Reference", "Topic"]


@register_snippet
class Organisation(models.Model):
    """A body that issues documents."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=255)
    short_name = models.CharField(max_length=120, blank=True)
    founded_on = models.DateField(null=True, blank=True)
    dissolved_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


@register_snippet
class Person(models.Model):
    """Someone who signs."""

    slug = models.SlugField(max_length=120, unique=True)
    full_name = models.CharField(max_length=120)
    position = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.full_name


@register_snippet
class Topic(models.Model):
    """A subject."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class OrganisationSerializer(serializers.ModelSerializer[Organisation]):
    """A body with its names, as this project delivers it."""

    class Meta:
        model = Organisation
        fields = ("code", "name", "short_name", "founded_on", "dissolved_on")


class PersonSerializer(serializers.ModelSerializer[Person]):
    """A person."""

    class Meta:
        model = Person
        fields = ("slug", "full_name", "position")


class TopicSerializer(serializers.ModelSerializer[Topic]):
    """A topic."""

    class Meta:
        model = Topic
        fields = ("name", "slug")


class PlanPage(Page):
    """A plan or another official document."""

    number = models.CharField(max_length=60)
    document_type = models.CharField(max_length=24)
    issuer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(max_length=120, blank=True)
    issued_on = models.DateField()
    effective_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    abstract = models.TextField()
    signer = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    signer_position = models.CharField(max_length=255, blank=True)
    signing_authority = models.CharField(max_length=4, blank=True)
    topics = ParentalManyToManyField(Topic, blank=True)
    body = StreamField(PlanBlock(), blank=True)

    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("number"),
        index.RelatedFields("issuer", [index.SearchField("name")]),
        index.SearchField("abstract"),
        index.RelatedFields("signer", [index.SearchField("full_name")]),
        index.RelatedFields("topics", [index.SearchField("name")]),
        index.SearchField("body"),
        index.FilterField("document_type"),
        index.FilterField("issued_on"),
    ]

    api_fields: ClassVar = [
        APIField("number"),
        APIField("document_type"),
        APIField("issuer", serializer=OrganisationSerializer()),
        APIField("place"),
        APIField("issued_on"),
        APIField("effective_on"),
        APIField("expires_on"),
        APIField("abstract"),
        APIField("signer", serializer=PersonSerializer()),
        APIField("signer_position"),
        APIField("signing_authority"),
        APIField("recipients"),
        APIField("topics", serializer=TopicSerializer(many=True)),
        APIField("body"),
        APIField("references"),
    ]


class Recipient(Orderable):
    """One line of the recipients."""

    page = ParentalKey(PlanPage, on_delete=models.CASCADE, related_name="recipients")
    name = models.CharField(max_length=255)
    role = models.CharField(max_length=10)

    api_fields: ClassVar = [APIField("name"), APIField("role")]


class Reference(Orderable):
    """A document that the page names."""

    page = ParentalKey(PlanPage, on_delete=models.CASCADE, related_name="references")
    relation = models.CharField(max_length=16)
    target = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=255, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    provision = models.CharField(max_length=255, blank=True)
    evidence = models.CharField(max_length=500, blank=True)

    api_fields: ClassVar = [
        APIField("relation"),
        APIField("target"),
        APIField("number"),
        APIField("issued_on"),
        APIField("issuer"),
        APIField("subject"),
        APIField("provision"),
        APIField("evidence"),
    ]
