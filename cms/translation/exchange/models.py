"""The table of uploads that wait for somebody's word."""

from __future__ import annotations

from django.conf import settings
from django.db import models

__all__ = ["PendingImport"]


class PendingImport(models.Model):
    """A file that was read and reported on, and isn't taken in yet; gone once it is."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    content = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
