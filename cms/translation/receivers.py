"""Signals that change the state of a translation: one line each."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.pages.models import TranslationState, page_saving
from cms.plugins.registry import registry
from cms.translation.policies import on_alias_replaced
from cms.translation.slugs import on_page_saving
from cms.translation.syncing.merging import merge
from cms.translation.syncing.models import SegmentReview
from cms.translation.syncing.state import refresh_all, refresh_groups

__all__ = ["connect"]

# What saving only these of a page's columns can change about its translations.
_DECISIVE = frozenset(
    {
        "live",
        "live_revision",
        "last_published_at",
        "alias_of",
        "alias_of_id",
        "locale",
        "translation_key",
    }
)


def connect() -> None:
    """Connects the receivers."""
    models = [Page, *(content_type.model for content_type in registry.pages(include_disabled=True))]
    for model in models:
        if model is not Page:
            page_saving.connect(on_page_saving, sender=model, dispatch_uid="cms.translation")
            pre_save.connect(on_alias_replaced, sender=model, dispatch_uid="cms.translation.alias")
        post_save.connect(on_page_saved, sender=model, dispatch_uid="cms.translation")
        post_delete.connect(on_page_deleted, sender=model, dispatch_uid="cms.translation")
    pre_save.connect(on_translation_saving, sender=Translation, dispatch_uid="cms.translation")
    for model in (Translation, TranslationSource, StringTranslation, Locale):
        receiver = _RECEIVERS[model]
        for signal in (post_save, post_delete):
            signal.connect(receiver, sender=model, dispatch_uid="cms.translation")


def on_page_saved(instance: Page, update_fields: frozenset[str] | None, **kwargs: Any) -> None:
    """A page was made, published, unpublished, linked with others or cut off from them."""
    if not kwargs.get("raw") and (update_fields is None or _DECISIVE & set(update_fields)):
        refresh_groups([instance.translation_key])


def on_page_deleted(instance: Page, **kwargs: Any) -> None:
    """A source or a translation is gone."""
    TranslationState.objects.filter(source_id=instance.pk).delete()
    refresh_groups([instance.translation_key])


def on_translation_saving(instance: Translation, **kwargs: Any) -> None:
    """A translation that had left sync mode is about to come back, whichever way."""
    stopped = Translation.objects.filter(pk=instance.pk, enabled=False)
    if not kwargs.get("raw") and instance.enabled and instance.pk and stopped.exists():
        merge(instance)


def on_translation_changed(instance: Translation, **kwargs: Any) -> None:
    """A page was submitted, its translation stopped or begun again."""
    refresh_groups([instance.source.object_id])


def on_source_changed(instance: TranslationSource, **kwargs: Any) -> None:
    """Segments are being taken from a page anew."""
    refresh_groups([instance.object_id])


def on_segment_translated(
    instance: StringTranslation, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """A segment was translated, which settles its review, or its translation taken away."""
    if update_fields is None or "data" in update_fields:
        SegmentReview.objects.filter(translation_id=instance.pk).delete()
    if instance.context is not None:
        refresh_groups([instance.context.object_id])


def on_locale_changed(created: bool = True, **kwargs: Any) -> None:
    """A locale has come or gone, or has another code."""
    refresh_all()


_RECEIVERS: dict[Any, Any] = {
    Translation: on_translation_changed,
    TranslationSource: on_source_changed,
    StringTranslation: on_segment_translated,
    Locale: on_locale_changed,
}
