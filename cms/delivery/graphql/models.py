"""The table of persisted queries."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["PersistedQuery"]


class PersistedQuery(models.Model):
    """A GraphQL document that a client has registered under its SHA-256, for all processes."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()
    used_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("persisted query")
        verbose_name_plural = _("persisted queries")
        default_permissions: ClassVar = ()

    def __str__(self) -> str:
        return self.sha256
