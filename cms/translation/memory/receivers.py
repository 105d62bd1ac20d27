"""Signals that feed the memory."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail_localize.models import StringTranslation

from cms.translation.memory.remembering import forget_place, remember

__all__ = ["connect"]


def connect() -> None:
    """Connects the receivers."""
    post_save.connect(on_saved, sender=StringTranslation, dispatch_uid="cms.translation.memory")
    post_delete.connect(on_deleted, sender=StringTranslation, dispatch_uid="cms.translation.memory")


def on_saved(instance: StringTranslation, **kwargs: Any) -> None:
    """A segment was translated."""
    if not kwargs.get("raw"):
        remember([instance])


def on_deleted(instance: StringTranslation, **kwargs: Any) -> None:
    """A segment's translation was taken away."""
    forget_place(instance)
