"""The form fields that this project puts in place of Wagtail's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.forms.pages import CopyForm

from cms.editor.slugs import VietnameseSlugInput
from cms.editor.topics import TopicTreeField
from cms.pages.models import ContentPage, ContentSnippet, Topic

__all__ = ["register_form_fields"]


def register_form_fields() -> None:
    """Registers them with Wagtail: every form of the admin takes them from then on."""
    register_form_field_override(models.SlugField, override={"widget": VietnameseSlugInput})
    register_form_field_override(models.ManyToManyField, override=_several_records)
    ContentPage.copy_form_class = PageCopyForm


class PageCopyForm(CopyForm):
    """Wagtail's form with this project's slug field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_slug"].widget = VietnameseSlugInput(locale=self.page.locale)


def _several_records(field: models.ManyToManyField[Any, Any]) -> dict[str, Any] | None:
    """Shared records are ticked off: Django's list box needs a held key to choose a second."""
    target = field.related_model
    if issubclass(target, Topic):
        return {"form_class": TopicTreeField}
    if issubclass(target, ContentSnippet):
        return {"widget": forms.CheckboxSelectMultiple}
    return None
