"""The log of webhook messages: a report with filters, and another try for what was given up."""

from __future__ import annotations

from typing import Any

import orjson
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from cms.changes.models import WebhookDelivery, WebhookEndpoint
from cms.changes.webhooks.messages import send_again

__all__ = ["WebhookMessageViewSet", "webhook_messages_menu_item", "webhook_permissions"]


class MessageIndexView(IndexView):
    """The log, the latest first."""

    model = WebhookDelivery
    permission_policy = policy_registry.get_by_type(WebhookEndpoint)
    any_permission_required = ("change",)
    default_ordering = ("-id",)
    list_filter = ("endpoint", "state", "event")
    search_fields = ("message_id", "event", "error")
    page_title = _("Webhook messages")
    header_icon = "link"

    @property
    def list_display(self) -> list[Any]:
        """The columns; a new list each time, since Wagtail changes them for a request."""
        return [
            "event",
            "endpoint",
            Column("get_state_display", label=_("State"), sort_key="state"),
            Column("status", label=_("Answer")),
            "attempts",
            DateColumn("queued_at", label=_("Queued"), sort_key="queued_at"),
            DateColumn("attempted_at", label=_("Last attempt"), sort_key="attempted_at"),
        ]

    def get_base_queryset(self) -> QuerySet[WebhookDelivery]:
        return WebhookDelivery.objects.select_related("endpoint").defer("payload", "answer")


class MessageView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One message: what was sent, what was answered; a POST sends it again."""

    template_name = "editor/webhooks/message.html"
    permission_policy = policy_registry.get_by_type(WebhookEndpoint)
    permission_required = "change"
    header_icon = "link"
    index_url_name = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        messages_ = WebhookDelivery.objects.select_related("endpoint")
        self.message: WebhookDelivery = get_object_or_404(messages_, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return gettext("Webhook message")

    def get_page_subtitle(self) -> str:
        return self.message.event

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        endpoint = self.message.endpoint
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("webhooks:inspect", args=[endpoint.pk]), "label": endpoint.name},
            {"url": reverse(self.index_url_name), "label": gettext("Webhook messages")},
            {"url": "", "label": self.message.event},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        payload = orjson.loads(self.message.payload)
        return super().get_context_data(
            message=self.message,
            payload=orjson.dumps(payload, option=orjson.OPT_INDENT_2).decode(),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Has the worker send it anew, under its id."""
        if send_again(WebhookDelivery.objects.filter(pk=self.message.pk)):
            messages.success(request, gettext("The worker will send this again at once."))
        return redirect("webhook_messages:inspect", self.message.pk)


class WebhookMessageViewSet(ViewSet):
    """The log and the page of one message; nothing is added, edited or deleted by hand."""

    name = "webhook_messages"
    url_prefix = "webhook-messages"
    icon = "link"

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(  # type: ignore[no-any-return]
            index_url_name=self.get_url_name("index"),
            **kwargs,
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        index, names = MessageIndexView, {
            "index_results_url_name": self.get_url_name("index_results"),
            "inspect_url_name": self.get_url_name("inspect"),
        }  # fmt: skip
        results = self.construct_view(index, results_only=True, **names)
        return [
            path("", self.construct_view(index, **names), name="index"),
            path("results/", results, name="index_results"),
            path("<int:pk>/", self.construct_view(MessageView), name="inspect"),
        ]


class _MessagesMenuItem(MenuItem):
    """The entry under reports, for those who may change webhooks."""

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(WebhookEndpoint)
        return bool(policy.user_has_permission(request.user, "change"))


def webhook_messages_menu_item() -> MenuItem:
    """The entry under reports."""
    return _MessagesMenuItem(
        _("Webhook messages"),
        reverse("webhook_messages:index"),
        name="webhook-messages",
        icon_name="link",
        order=1110,
    )


def webhook_permissions() -> QuerySet[Permission]:
    """The rights to see to webhooks, for the form of a group."""
    return Permission.objects.filter(
        content_type__app_label="changes", content_type__model="webhookendpoint"
    )
