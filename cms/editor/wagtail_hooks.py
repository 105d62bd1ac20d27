"""What this app hooks into the admin."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cms.editor.failures import FailuresPanel, FailureViewSet, failures_menu_item, may_see_failures
from cms.editor.moves import explain_refused_move
from cms.editor.order import PagesViewSet, library_urls, order_explorer
from cms.editor.serving import refuse_withdrawn
from cms.editor.snippets import SharedRecordsGroup
from cms.editor.webhooks import (
    WebhookMessageViewSet,
    WebhookViewSet,
    webhook_messages_menu_item,
    webhook_permissions,
)


def failures_permission() -> QuerySet[Permission]:
    """The right to see failed work and have it tried again, for the form of a group."""
    return Permission.objects.filter(content_type__app_label="changes", codename="change_failure")


def add_failures_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Says on the admin's home page that something was set aside."""
    if may_see_failures(request.user) and (panel := FailuresPanel()).count:
        panels.append(panel)


def style_sheet() -> str:
    """The numbers of provisions in the editor, and small mends."""
    return format_html('<link rel="stylesheet" href="{}">', static("editor/editor.css"))


def date_script() -> str:
    """Keeps what is typed into a date's field."""
    return format_html('<script src="{}"></script>', static("editor/dates.js"))


register_snippet(SharedRecordsGroup)
hooks.register("register_admin_viewset", FailureViewSet)
hooks.register("register_reports_menu_item", failures_menu_item)
hooks.register("register_permissions", failures_permission)
hooks.register("register_admin_viewset", WebhookViewSet)
hooks.register("register_admin_viewset", WebhookMessageViewSet)
hooks.register("register_reports_menu_item", webhook_messages_menu_item)
hooks.register("register_permissions", webhook_permissions)
hooks.register("construct_homepage_panels", add_failures_panel)
hooks.register("insert_global_admin_css", style_sheet)
hooks.register("insert_global_admin_js", date_script)
hooks.register("before_move_page", explain_refused_move)
hooks.register("before_serve_page", refuse_withdrawn)
hooks.register("construct_explorer_page_queryset", order_explorer)
hooks.register("register_admin_viewset", PagesViewSet)
# Before Wagtail's own, whose names stay good for reverse().
hooks.register("register_admin_urls", library_urls, order=-1)
