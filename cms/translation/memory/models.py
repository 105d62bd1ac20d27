"""The tables of the memory."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from wagtail_localize.models import String, StringTranslation

__all__ = ["MemoryEntry", "MemoryKey", "MemorySource"]


class MemorySource(models.Model):
    """A source text that was translated, as it is compared with others."""

    string = models.OneToOneField(String, models.CASCADE, primary_key=True, related_name="memory")
    text = models.TextField()  # without tags, in lower case

    def __str__(self) -> str:
        return self.text


class MemoryKey(models.Model):
    """A pair of neighbouring words of a source text: the index by which like texts are found."""

    source = models.ForeignKey(MemorySource, models.CASCADE, db_index=False, related_name="keys")
    key = models.BigIntegerField()  # a hash of the locale and the pair
    length = models.IntegerField()  # of the text, in characters

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key", "length", "source"], name="memory_key_length_source"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["source"], name="memory_key_source")]

    def __str__(self) -> str:
        return f"{self.key}: {self.source_id}"


class MemoryEntry(models.Model):
    """A wording that a source text has, or had, on one page (or snippet).

    Never overwritten: when a segment gets another wording, that is another entry, and the former is
    no longer ``current``. It outlives the page and the segment.
    """

    string = models.ForeignKey(String, models.CASCADE, related_name="+", db_index=False)
    locale = models.ForeignKey("wagtailcore.Locale", models.CASCADE, related_name="+")
    object_key = models.UUIDField()  # the translation key of the page
    path = models.TextField()  # of the segment
    wording = models.TextField()
    digest = models.CharField(max_length=32)  # of the wording
    kind = models.CharField(max_length=20, choices=StringTranslation.TRANSLATION_TYPE_CHOICES)
    tool = models.CharField(max_length=255, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    used_at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["string", "locale", "object_key", "digest"], name="memory_entry_wording"
            )
        ]

    def __str__(self) -> str:
        return self.wording
