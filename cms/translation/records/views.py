"""The page where a shared record's texts are translated, and the ways to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import get_snippet_models

from cms.pages.models import ContentSnippet
from cms.pages.record_translations import translatable_fields
from cms.translation.records.forms import RecordTranslationsForm, stale_texts
from cms.translation.screens import TranslationScreen

__all__ = [
    "RecordTranslationsViewSet",
    "record_translations_button",
    "record_translations_item",
    "tell_of_stale_texts",
]


class RecordTranslationsView(TranslationScreen, FormView[RecordTranslationsForm]):
    """The texts of one record in all languages; for whoever may change the record."""

    template_name = "translation/record.html"
    form_class = RecordTranslationsForm
    page_title = _("Translations")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        model = _model(kwargs["app_label"], kwargs["model_name"])
        if not _may_change(request.user, model):
            raise PermissionDenied
        self.record = get_object_or_404(model, pk=unquote(kwargs["pk"]))
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.record)

    def get_parent_item(self) -> dict[str, str]:
        return {"url": _edit_url(self.record), "label": str(self.record)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "record": self.record}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "texts": list(context["form"].texts()),
            "edit_url": _edit_url(self.record),
        }

    def get_success_url(self) -> str:
        return _edit_url(self.record)

    def form_valid(self, form: RecordTranslationsForm) -> HttpResponse:
        with transaction.atomic():
            written = form.save()
        if written:
            text = ngettext("%(count)s text was saved.", "%(count)s texts were saved.", written)
            messages.success(self.request, text % {"count": written})
        return super().form_valid(form)

    def form_invalid(self, form: RecordTranslationsForm) -> HttpResponse:
        messages.error(self.request, gettext("Some texts could not be kept: see below."))
        return super().form_invalid(form)


class RecordTranslationsViewSet(ViewSet):
    """Where that page is found."""

    name = "translation_records"
    url_prefix = "translation-records"

    def get_urlpatterns(self) -> list[Any]:
        place = "<slug:app_label>/<slug:model_name>/<str:pk>/"
        return [path(place, RecordTranslationsView.as_view(), name="record")]


def record_translations_button(
    record: Any, user: Any, next_url: str | None = None
) -> Iterator[Button]:
    """Hook `register_snippet_listing_buttons`: the way there from the list of records."""
    if _is_translated(type(record)) and _may_change(user, type(record)):
        yield Button(
            _("Translations"),
            _url(record),
            icon_name="wagtail-localize-language",
            priority=30,
            attrs={"aria-label": gettext("Translations of “%(record)s”") % {"record": record}},
        )


class RecordTranslationsItem(ActionMenuItem):
    """The way there from the record's own page, among what can be done with it."""

    name = "action-record-translations"
    label = _("Translations")
    icon_name = "wagtail-localize-language"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context.get("instance") is not None

    def get_url(self, context: dict[str, Any]) -> str:
        return _url(context["instance"])


def record_translations_item(model: type[Any]) -> ActionMenuItem | None:
    """Hook `register_snippet_action_menu_item`; its page is for whoever may change the record."""
    return RecordTranslationsItem(order=40) if _is_translated(model) else None


def tell_of_stale_texts(request: HttpRequest, record: Any) -> None:
    """Hook `before_edit_snippet`: says at the top of the record what needs a look."""
    if request.method == "GET" and _is_translated(type(record)) and (count := stale_texts(record)):
        text = ngettext(
            "%(count)s text needs a review, because the record has changed.",
            "%(count)s texts need a review, because the record has changed.",
            count,
        )
        button = messages.button(_url(record), gettext("Review"))
        messages.warning(request, text % {"count": count}, buttons=[button])


def _is_translated(model: type[Any]) -> bool:
    return issubclass(model, ContentSnippet) and bool(translatable_fields(model))


def _model(app_label: str, model_name: str) -> Any:
    for model in get_snippet_models():
        place = (model._meta.app_label, model._meta.model_name)
        if place == (app_label, model_name) and _is_translated(model):
            return model
    raise Http404


def _may_change(user: Any, model: Any) -> bool:
    return bool(model.snippet_viewset.permission_policy.user_has_permission(user, "change"))


def _url(record: ContentSnippet) -> str:
    meta = record._meta
    return reverse(
        "translation_records:record", args=[meta.app_label, meta.model_name, quote(record.pk)]
    )


def _edit_url(record: Any) -> str:
    return reverse(type(record).snippet_viewset.get_url_name("edit"), args=[quote(record.pk)])
