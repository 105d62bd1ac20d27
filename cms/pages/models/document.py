"""The published document: what every public reader reads."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["DocumentTag", "KnownType", "PublishedDocument"]


class PublishedDocument(models.Model):
    """The finished JSON of one public page in one locale.

    A page that the public may not see has no row here: withdrawing is deleting the row, in the
    transaction that withdraws (ADR 2). ``body`` and ``card`` are compact UTF-8 JSON. A row whose
    ``stale`` is set, whose ``rebuild_at`` has come or whose ``fingerprint`` is not the running
    code's is rebuilt before it is served. ``tags`` is what it was built from, ``provides`` what its
    page's ``change_tags`` offered to others. Only ``cms.pages.visibility`` hands rows to readers.
    """

    page = models.OneToOneField(
        "wagtailcore.Page",
        on_delete=models.DO_NOTHING,  # removed, with its tombstone, by cms.pages.publishing
        db_constraint=False,
        primary_key=True,
        related_name="document",
    )
    type = models.CharField(max_length=64)
    locale = models.CharField(max_length=20)
    path = models.TextField()
    slug = models.CharField(max_length=255)
    title = models.CharField(max_length=255)
    title_key = models.TextField()
    parent_id = models.BigIntegerField(null=True)
    translation_key = models.UUIDField()
    published_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    body = models.BinaryField(default=b"")
    card = models.BinaryField(default=b"")
    card_tags: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    tags: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    provides: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    etag = models.CharField(max_length=40, blank=True)

    stale = models.BooleanField(default=False)
    rebuild_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=16, blank=True)
    built_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("published document")
        verbose_name_plural = _("published documents")
        indexes: ClassVar = [
            models.Index(fields=["path"], name="document_path"),
            models.Index(fields=["locale", "type", "path"], name="document_type_path"),
            models.Index(
                fields=["type", "locale", "-published_at", "page"], name="document_newest"
            ),
            models.Index(fields=["type", "locale", "title_key", "page"], name="document_title"),
            models.Index(fields=["parent_id"], name="document_parent"),
            models.Index(fields=["translation_key"], name="document_translations"),
            models.Index(fields=["page"], condition=models.Q(stale=True), name="document_stale"),
        ]

    def __str__(self) -> str:
        return f"{self.type}:{self.pk} {self.path}"


class DocumentTag(models.Model):
    """One thing that a document was built from: when it changes, the document is stale."""

    document = models.ForeignKey(
        PublishedDocument,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="tag_rows",
        db_index=False,
    )
    tag = models.CharField(max_length=255)

    class Meta:
        verbose_name = _("document tag")
        verbose_name_plural = _("document tags")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "tag"], name="document_tag_once")
        ]
        indexes: ClassVar = [models.Index(fields=["tag", "document"], name="document_by_tag")]

    def __str__(self) -> str:
        return self.tag


class KnownType(models.Model):
    """A content type as the change feed knows it (``cms.pages.types_in_use``)."""

    name = models.CharField(max_length=64, primary_key=True)
    in_use = models.BooleanField()
    told_to = models.BigIntegerField(null=True)
    """While entries are written: the last page that has one; else empty."""

    class Meta:
        verbose_name = _("known content type")
        verbose_name_plural = _("known content types")

    def __str__(self) -> str:
        return self.name
