"""The address of a translated page: it follows the translated title until it is published.

wagtail-localize hands the slug to translators like any text, so that a machine changes addresses.
Here it is made of the title as every slug is, and stays from the first publication on. A translator
who wants another sets it in place of the source's, in the side-by-side editor.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, Translation

from cms.pages.models import ContentPage
from cms.vietnamese.slugs import slugify

__all__ = ["on_page_saving"]


def on_page_saving(
    instance: ContentPage, update_fields: Collection[str] | None, **kwargs: Any
) -> None:
    """Gives a translated page its address before it is saved."""
    if update_fields is not None or instance.pk is None:
        return
    key, locale = instance.translation_key, instance.locale_id
    synced = Translation.objects.filter(
        source__object_id=key, target_locale_id=locale, enabled=True
    )
    if not synced.exists() or _is_chosen(key, locale):
        return
    stored = Page.objects.filter(pk=instance.pk).values_list("slug", "first_published_at").first()
    if stored is None:
        return
    slug, published_at = stored
    instance.slug = slug if published_at else _from_title(instance) or slug
    # The address is that of the slug before, and Wagtail leaves it where the slug stays the same.
    instance.set_url_path(instance.get_parent())


def _is_chosen(key: Any, locale: int) -> bool:
    chosen: bool = SegmentOverride.objects.filter(
        context__object_id=key, context__path="slug", locale_id=locale, has_error=False
    ).exists()
    return chosen


def _from_title(page: ContentPage) -> str:
    return page.free_slug(slugify(page.title, max_length=200))
