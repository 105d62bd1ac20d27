"""What this app hooks into the admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms.translation.dashboard.panels import add_translation_panel, translation_menu_item
from cms.translation.dashboard.views import DashboardViewSet
from cms.translation.exchange.views import report, tools, tools_button_url, upload
from cms.translation.machine.applying import machine_translate_page
from cms.translation.policies import SectionPolicyViewSet
from cms.translation.records.views import (
    RecordTranslationsViewSet,
    record_translations_button,
    record_translations_item,
    tell_of_stale_texts,
)
from cms.translation.reviewing.views import ReviewViewSet, tell_of_reviews
from cms.translation.roles.limits import refuse_bulk_deleting, refuse_deleting
from cms.translation.roles.localize_views import narrowed_urls
from cms.translation.roles.source import SourceView
from cms.translation.roles.viewsets import TranslatorRoleViewSet
from cms.translation.side_panel.views import check, look_up, marks
from cms.translation.terms.publishing import check_before_publishing
from cms.translation.terms.viewsets import GlossaryTermViewSet


def translation_urls() -> list[URLPattern]:
    """The pages and answers of the admin."""
    return [
        path("translation/source/<int:page_id>/", SourceView.as_view(), name="translation_source"),
        path("translation/memory/", look_up, name="translation_memory"),
        path("translation/check/", check, name="translation_check"),
        path("translation/marks/<int:translation_id>/", marks, name="translation_marks"),
        path("translation/tools/<int:page_id>/", tools, name="translation_tools"),
        path("translation/tools/<int:page_id>/file/", upload, name="translation_upload"),
        path("translation/tools/<int:page_id>/file/<int:pk>/", report, name="translation_report"),
        # Before wagtail-localize's own address of the same form.
        path("localize/translate/<int:translation_id>/machine_translate/", machine_translate_page),
        *narrowed_urls(),
    ]


def tools_button(page: Page, user: Any, view_name: str = "", **kwargs: Any) -> Iterator[Button]:
    """The way to a page's translation tools."""
    if not page.is_root() and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Translation tools"),
            tools_button_url(page),
            icon_name="wagtail-localize-language",
            priority=65,
        )


hooks.register("register_admin_urls", translation_urls, order=-10)
hooks.register("register_page_header_buttons", tools_button)
hooks.register("register_page_listing_more_buttons", tools_button)
register_snippet(GlossaryTermViewSet)
register_snippet(SectionPolicyViewSet)
hooks.register("register_admin_viewset", ReviewViewSet)
hooks.register("register_admin_viewset", RecordTranslationsViewSet)
hooks.register("register_snippet_listing_buttons", record_translations_button)
hooks.register("register_snippet_action_menu_item", record_translations_item)
hooks.register("before_edit_snippet", tell_of_stale_texts)
# Before wagtail-localize's own, which answers with its editor.
hooks.register("before_edit_page", tell_of_reviews, order=-1)
hooks.register("before_edit_page", check_before_publishing, order=-1)
hooks.register("before_edit_snippet", check_before_publishing, order=-1)
hooks.register("register_admin_viewset", DashboardViewSet)
hooks.register("register_admin_menu_item", translation_menu_item)
hooks.register("construct_homepage_panels", add_translation_panel)
hooks.register("register_admin_viewset", TranslatorRoleViewSet)
hooks.register("before_delete_page", refuse_deleting)
hooks.register("before_bulk_action", refuse_bulk_deleting)
