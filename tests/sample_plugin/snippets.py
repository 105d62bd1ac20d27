"""Shared records of the plugin."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.plugins.api import ContentSnippet, ExposedField

__all__ = ["Trainer"]


class Trainer(ContentSnippet):
    """Someone who teaches."""

    code = models.SlugField(_("trainer's code"), max_length=60, unique=True)
    full_name = models.CharField(_("trainer's full name"), max_length=120)
    biography = models.TextField(_("biography"), blank=True)

    natural_key_field = "code"
    exposed_fields: ClassVar = [
        ExposedField("code"),
        ExposedField("full_name"),
        ExposedField("biography", translate=True),
    ]

    class Meta:
        app_label = "course"
        verbose_name = _("trainer")
        verbose_name_plural = _("trainers")

    def __str__(self) -> str:
        return self.full_name
