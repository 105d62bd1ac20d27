"""Who may translate what, and whose texts may be shown to whom while translating."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail_localize.models import TranslatableObject, Translation
from wagtail_localize.views.edit_translation import user_can_edit_instance

from cms.pages.visibility import visible_documents

__all__ = ["may_translate", "readable_keys", "translatable"]


def may_translate(user: Any, translation: Translation) -> bool:
    """Whether the user may change this translation: whoever may edit the page that it makes."""
    model = translation.source.specific_content_type.model_class()
    try:
        instance = translation.get_target_instance()
    except model.DoesNotExist:
        return False
    return bool(user_can_edit_instance(user, instance))


def translatable(user: Any, translations: Collection[Translation]) -> list[Translation]:
    """Those of the translations that the user may change: two queries for any number of pages."""
    if user.is_superuser:
        return list(translations)
    keys = [one.source.object_id for one in translations]
    own = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    pages = own.filter(translation_key__in=keys)
    places = set(pages.values_list("translation_key", "locale_id"))
    return [
        one
        for one in translations
        if (one.source.object_id, one.target_locale_id) in places
        or (not _is_page(one) and may_translate(user, one))
    ]


def _is_page(translation: Translation) -> bool:
    model = translation.source.specific_content_type.model_class()
    return model is not None and issubclass(model, Page)


def readable_keys(user: Any, keys: Collection[UUID]) -> set[UUID]:
    """Those of the translation keys whose texts the user may read; at most 3 queries.

    What the public reads, what the user may edit, and shared records. A deleted page's texts are
    for superusers alone: nobody can say any more whether they were for all.
    """
    if user.is_superuser:
        return set(keys)
    pages = Page.objects.filter(translation_key__in=keys)
    policy = PagePermissionPolicy()
    own = policy.instances_user_has_any_permission_for(user, ["add", "change", "publish"])
    public = visible_documents().filter(page__translation_key__in=keys)
    records = TranslatableObject.objects.filter(pk__in=keys).exclude(
        content_type__app_label="wagtailcore", content_type__model="page"
    )
    return {
        *(own & pages).values_list("translation_key", flat=True),
        *public.values_list("page__translation_key", flat=True),
        *records.values_list("pk", flat=True),
    }
