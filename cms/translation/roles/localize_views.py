"""wagtail-localize's views that ask for one right to all pages, narrowed to a user's own places.

Each stands at wagtail-localize's address, before it: its names stay good for ``reverse()``. Its
other views ask whether the user may edit the translated page, which a role's page permissions
answer.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation
from wagtail_localize.views.convert import convert_to_alias
from wagtail_localize.views.edit_translation import user_can_edit_instance
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
)
from wagtail_localize.views.update_translations import UpdateTranslationsView

from cms.pages.models import TranslationState
from cms.translation.access import translatable
from cms.translation.roles.reach import Reach, reach_of

__all__ = ["narrowed_urls"]


class SubmitPage(SubmitPageTranslationView):
    """Submits a page into those languages that the user may have it translated into."""

    @cached_property
    def reach(self) -> Reach:
        """What the user may do."""
        return reach_of(self.request.user)

    def get_object(self) -> Any:
        page = super().get_object()
        if not self._locales(page):
            raise PermissionDenied
        return page

    def get_form(self) -> Any:
        form = super().get_form()
        field = form.fields["locales"]
        field.queryset = field.queryset.filter(pk__in=self._locales(self.object))
        return form

    def _locales(self, page: Page) -> list[int]:
        others = Locale.objects.exclude(pk=page.locale_id)
        return [one.pk for one in others if self.reach.submits_page(page, one)]


class SubmitSnippet(SubmitSnippetTranslationView):
    """Submits a shared record: for who may edit records of its type."""

    def get_object(self) -> Any:
        record = super().get_object()
        if not user_can_edit_instance(self.request.user, record):
            raise PermissionDenied
        return record


class UpdateTranslations(UpdateTranslationsView):
    """Syncs the translations of a source: for who may edit it, or translates it.

    Publishing and machine translation go for all its languages at once, so they are offered to
    those alone who may publish and translate in all of them.
    """

    def get_object(self) -> Any:
        source = super().get_object()
        instance = source.get_source_instance()
        if isinstance(instance, Page):
            reach = reach_of(self.request.user)
            locales = Locale.objects.exclude(pk=instance.locale_id)
            allowed = any(reach.submits_page(instance, one) for one in locales)
        else:
            allowed = user_can_edit_instance(self.request.user, instance)
        if not allowed:
            raise PermissionDenied
        return source

    def get_form(self) -> Any:
        form = super().get_form()
        translations = list(self.object.translations.filter(enabled=True))
        user = self.request.user
        if len(translatable(user, translations)) < len(translations):
            form.fields.pop("use_machine_translation", None)
        if not self._publishes_all():
            del form.fields["publish_translations"]
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        form.cleaned_data.setdefault("publish_translations", False)
        response: HttpResponse = super().form_valid(form)
        return response

    def _publishes_all(self) -> bool:
        model = self.object.specific_content_type.model_class()
        if not issubclass(model, Page):
            return True  # as wagtail-localize has it: who edits a record publishes it
        pages = Page.objects.filter(
            translation_key=self.object.object_id,
            locale__in=self.object.translations.filter(enabled=True).values("target_locale"),
        )
        policy = policy_registry.get_by_type(Page)
        own = policy.instances_user_has_permission_for(self.request.user, "publish")
        return not pages.exclude(pk__in=own.values("pk")).exists()


class Report(TranslationsReportView):
    """The list of all translations, of which each user sees the same as in the dashboard."""

    def get_queryset(self) -> QuerySet[Translation]:
        rows: QuerySet[Translation] = super().get_queryset().order_by("pk")
        reach = reach_of(self.request.user)
        if reach.everything:
            return rows
        known = TranslationState.objects.filter(
            reach.states(),
            Q(source__translation_key=OuterRef("source__object_id")),
            locale=OuterRef("target_locale__language_code"),
        )
        return rows.filter(Exists(known))


def convert(request: HttpRequest, page_id: int) -> HttpResponse:
    """Puts the source's text in place of a translation, live: for who may publish there."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    response: HttpResponse = convert_to_alias(request, page_id)
    return response


def narrowed_urls() -> list[URLPattern]:
    """In place of wagtail-localize's own."""
    snippet = "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/"
    report = "localize/reports/translations/"
    return [
        path("localize/submit/page/<int:page_id>/", SubmitPage.as_view()),
        path(snippet, SubmitSnippet.as_view()),
        path("localize/update/<int:translation_source_id>/", UpdateTranslations.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", convert),
        path(report, Report.as_view()),
        path(f"{report}results/", Report.as_view(results_only=True)),
    ]
