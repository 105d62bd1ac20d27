"""What else changes the rights that a role gives: a section's translation comes, or goes."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page

from cms.plugins.registry import registry
from cms.translation.roles.granting import bring_in_step, groups_of
from cms.translation.roles.models import TranslatorRole

__all__ = ["connect"]

# What saving only these of a page's columns can change about whose translation it is.
_DECISIVE = frozenset({"locale", "translation_key"})


def connect() -> None:
    """Connects the receivers."""
    models = [Page, *(content_type.model for content_type in registry.pages(include_disabled=True))]
    for model in models:
        post_save.connect(on_page_saved, sender=model, dispatch_uid="cms.translation.roles")
    post_delete.connect(on_role_deleted, sender=TranslatorRole, dispatch_uid="cms.translation")


def on_page_saved(instance: Page, update_fields: frozenset[str] | None, **kwargs: Any) -> None:
    """A section may have a translation now, or be linked with another one."""
    if kwargs.get("raw") or (update_fields is not None and not _DECISIVE & set(update_fields)):
        return
    if groups := groups_of(instance):
        bring_in_step(groups)


def on_role_deleted(instance: TranslatorRole, **kwargs: Any) -> None:
    """A role was taken away, or its section or locale has gone."""
    bring_in_step([instance.group_id])
