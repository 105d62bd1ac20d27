"""The tables of webhooks: who is told, and what became of each message."""

from __future__ import annotations

from datetime import timedelta
from secrets import token_hex
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.changes.webhooks.secrets import decrypt, encrypt, new_secret
from cms.changes.webhooks.targets import validate_target

__all__ = ["ROTATION", "State", "WebhookDelivery", "WebhookEndpoint"]

ROTATION = timedelta(hours=24)
"""How long after a rotation messages are signed with the secret before it, too."""


def _new_key() -> str:
    return token_hex(8)


class WebhookEndpoint(models.Model):
    """A server that wants to know of changes, and which of them.

    ``key`` is what message ids are derived from, so that they differ between two installations
    and two endpoints. Secrets are kept encrypted: signing needs them back.
    """

    name = models.CharField(_("name"), max_length=120)
    url = models.CharField(
        _("address"), max_length=500, validators=[validate_target],
        help_text=_("Messages are sent here by POST. It must begin with https://."),
    )  # fmt: skip
    types: models.JSONField[list[str], list[str]] = models.JSONField(
        _("content types"), default=list, blank=True, help_text=_("None chosen: all.")
    )
    within = models.CharField(
        _("section"), max_length=500, blank=True,
        help_text=_("The path of a section, such as /tin-tuc/; left empty: the whole site."),
    )  # fmt: skip
    locales: models.JSONField[list[str], list[str]] = models.JSONField(
        _("languages"), default=list, blank=True, help_text=_("None chosen: all.")
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("While off, nothing is sent and nothing is kept.")
    )
    key = models.CharField(max_length=16, default=_new_key, editable=False)
    secret = models.TextField(editable=False)
    previous_secret = models.TextField(blank=True, editable=False)
    rotated_at = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    retry_at = models.DateTimeField(_("paused until"), null=True, editable=False)
    gone_at = models.DateTimeField(_("answered “gone”"), null=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("created by"),
    )  # fmt: skip

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves; a new endpoint gets its first secret."""
        if not self.secret:
            self.secret = encrypt(new_secret())
        super().save(*args, **kwargs)

    def secrets(self) -> list[str]:
        """The secrets to sign with now, the newest first: two for a day after a rotation.

        Raises SecretError where the installation's key is no longer the one that encrypted them.
        """
        found = [decrypt(self.secret)]
        if self.previous_secret and self.rotated_at and timezone.now() < self.rotated_at + ROTATION:
            found.append(decrypt(self.previous_secret))
        return found

    def rotate(self) -> str:
        """Gives the endpoint a new secret and returns it; the one before holds for a day."""
        secret = new_secret()
        self.previous_secret, self.secret = self.secret, encrypt(secret)
        self.rotated_at = timezone.now()
        self.save(update_fields=["secret", "previous_secret", "rotated_at"])
        return secret


class State(models.TextChoices):
    """What became of a message."""

    PENDING = "pending", _("to be sent")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("given up")


class WebhookDelivery(models.Model):
    """One message for one endpoint: what is sent, and the last answer.

    ``payload`` is the body, written once, so that every attempt sends the same bytes under the
    same ``message_id``. ``seq`` is empty for a test. ``next_attempt_at`` of a message that is
    being sent lies ahead: ``holder`` has it until then.
    """

    endpoint = models.ForeignKey(
        WebhookEndpoint, models.CASCADE, related_name="deliveries", verbose_name=_("webhook")
    )
    message_id = models.CharField(_("message"), max_length=40, unique=True)
    seq = models.BigIntegerField(_("change"), null=True)
    event = models.CharField(_("event"), max_length=80)
    payload = models.TextField()
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PENDING
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    queued_at = models.DateTimeField(_("queued"), default=timezone.now)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    holder = models.CharField(max_length=64, blank=True)
    attempted_at = models.DateTimeField(_("last attempt"), null=True)
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    milliseconds = models.PositiveIntegerField(_("time in ms"), null=True)
    answer = models.TextField(_("beginning of the answer"), blank=True)
    error = models.TextField(_("error"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("webhook message")
        verbose_name_plural = _("webhook messages")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["endpoint", "seq"], name="webhook_once_a_change")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["endpoint", "next_attempt_at"],
                condition=models.Q(state="pending"),
                name="webhook_due",
            ),
            models.Index(fields=["attempted_at"], name="webhook_attempted"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.message_id}"
