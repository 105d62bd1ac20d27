"""Preview tokens: each shows one state of one page to one editor."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["PreviewToken"]


class PreviewToken(models.Model):
    """A state of a page that an editor looks at; of the secret there is a SHA-256 digest alone.

    The rows go with the page and with the user; old ones are removed by a duty, and each session
    keeps the newest few.
    """

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, db_index=True)
    type = models.CharField(max_length=64)
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="+"
    )
    parent = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    content = models.TextField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("preview token")
        verbose_name_plural = _("preview tokens")
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.type}:{self.page_id} {self.expires_at:%H:%M}"
