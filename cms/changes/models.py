"""The change feed's tables."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.changes.webhooks.models import WebhookDelivery, WebhookEndpoint

__all__ = [
    "Change",
    "Failure",
    "FollowerCursor",
    "Reason",
    "WebhookDelivery",
    "WebhookEndpoint",
]


class Reason(models.TextChoices):
    """Why an entry was written. The four withdrawals are tombstones for whoever keeps a copy."""

    PUBLISH = "publish", _("published")
    UPDATE = "update", _("updated")
    MOVE = "move", _("moved")
    SLUG = "slug", _("address changed")
    UNPUBLISH = "unpublish", _("unpublished")
    EXPIRE = "expire", _("expired")
    RESTRICT = "restrict", _("made private")
    DELETE = "delete", _("deleted")


WITHDRAWALS: frozenset[str] = frozenset(
    {Reason.UNPUBLISH, Reason.EXPIRE, Reason.RESTRICT, Reason.DELETE}
)


class Change(models.Model):
    """One change of public content, written in the transaction that made it.

    ``seq`` is empty until the transaction has committed and the entry is numbered
    (:func:`cms.changes.feed.number_changes`): that is what makes the feed gapless.
    """

    seq = models.BigIntegerField(unique=True, null=True, editable=False)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    type = models.CharField(max_length=64)
    object_id = models.BigIntegerField(null=True)
    locale = models.CharField(max_length=20, blank=True)
    path = models.TextField(blank=True)
    previous_path = models.TextField(blank=True)
    tags: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    at = models.DateTimeField(auto_now_add=True)
    numbered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        indexes: ClassVar = [
            models.Index(
                fields=["id"], condition=models.Q(seq__isnull=True), name="change_unnumbered"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.seq} {self.reason} {self.type}:{self.object_id}"

    @property
    def withdrawn(self) -> bool:
        """Whether the object is gone for the public after this entry."""
        return self.reason in WITHDRAWALS


class FollowerCursor(models.Model):
    """How far one follower has read, and who is at work for it now."""

    name = models.CharField(max_length=100, primary_key=True)
    seq = models.BigIntegerField(default=0)
    holder = models.CharField(max_length=64, blank=True)
    held_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")

    def __str__(self) -> str:
        return f"{self.name} @ {self.seq}"


class Failure(models.Model):
    """One piece of background work that failed: kept until it succeeds or a person settles it.

    ``owner`` is a follower or a kind of due work, ``key`` what it was about (``change:812``,
    ``revision:40``). ``set_aside`` is true once the retries are used up.
    """

    owner = models.CharField(_("work"), max_length=100)
    key = models.CharField(_("item"), max_length=100)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    error = models.TextField(_("error"))
    first_at = models.DateTimeField(_("first failed"), auto_now_add=True)
    last_at = models.DateTimeField(_("last failed"), auto_now=True)
    retry_at = models.DateTimeField(_("next attempt"), null=True)
    set_aside = models.BooleanField(_("set aside"), default=False)

    class Meta:
        verbose_name = _("failed work")
        verbose_name_plural = _("failed work")
        ordering: ClassVar = ["-last_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "key"], name="failure_owner_key")
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.key}"
