"""Webhooks in the admin's settings: listing, making, changing, and what is done with one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.generic import CreateView, IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from cms.changes.models import WebhookDelivery, WebhookEndpoint
from cms.changes.webhooks.messages import queue_test, send_again
from cms.changes.webhooks.models import ROTATION, State
from cms.changes.webhooks.secrets import decrypt
from cms.editor.webhooks.forms import WebhookForm, type_choices

__all__ = ["WebhookViewSet"]

LATEST = 10
"""Messages that the page of a webhook shows."""


def show_secret(request: HttpRequest, endpoint: WebhookEndpoint, secret: str) -> HttpResponse:
    """The one page that ever shows the secret; `no-store`, as every page of the admin."""
    context = {
        "endpoint": endpoint,
        "secret": secret,
        "next_url": reverse("webhooks:inspect", args=[endpoint.pk]),
        "hours": ROTATION.total_seconds() // 3600 if endpoint.previous_secret else 0,
    }
    return render(request, "editor/webhooks/secret.html", context)


class WebhookIndexView(IndexView):
    """The list, with what waits and what was given up."""

    def get_base_queryset(self) -> QuerySet[WebhookEndpoint]:
        return WebhookEndpoint.objects.annotate(
            waiting=Count("deliveries", filter=Q(deliveries__state=State.PENDING)),
            given_up=Count("deliveries", filter=Q(deliveries__state=State.FAILED)),
        )


class WebhookCreateView(CreateView):
    """Saves, and shows the new secret in the answer to the form."""

    def save_instance(self) -> WebhookEndpoint:
        self.form.instance.created_by = self.request.user
        return super().save_instance()  # type: ignore[no-any-return]

    def save_action(self) -> HttpResponse:
        """The page with the secret."""
        return show_secret(self.request, self.object, decrypt(self.object.secret))


class WebhookView(InspectView):
    """One webhook: its state, its latest messages, and buttons for a test and the like."""

    template_name = "editor/webhooks/webhook.html"
    page_title = _("Webhook")
    any_permission_required = ("change",)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        endpoint: WebhookEndpoint = self.object
        latest = endpoint.deliveries.order_by("-pk")
        labels = dict(type_choices())
        return super().get_context_data(  # type: ignore[no-any-return]
            endpoint=endpoint,
            latest=latest[:LATEST],
            types=[labels.get(name, name) for name in endpoint.types],
            failed=endpoint.deliveries.filter(state=State.FAILED).count(),
            log_url=f"{reverse('webhook_messages:index')}?endpoint={endpoint.pk}",
            hours=int(ROTATION.total_seconds() // 3600),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Does what the button says; raises PermissionDenied for any other word."""
        actions = {"test": self._test, "rotate": self._rotate, "again": self._send_again}
        action = actions.get(request.POST.get("action", ""))
        if action is None:
            raise PermissionDenied
        return action(request, self.object)

    def _test(self, request: HttpRequest, endpoint: WebhookEndpoint) -> HttpResponse:
        if not endpoint.is_active:
            messages.error(request, gettext("The webhook is out of use: nothing is sent."))
            return redirect("webhooks:inspect", endpoint.pk)
        message = queue_test(endpoint)
        messages.success(
            request,
            gettext("A test message is on its way. Reload to see how it went."),
        )
        return redirect("webhook_messages:inspect", message.pk)

    def _rotate(self, request: HttpRequest, endpoint: WebhookEndpoint) -> HttpResponse:
        return show_secret(request, endpoint, endpoint.rotate())

    def _send_again(self, request: HttpRequest, endpoint: WebhookEndpoint) -> HttpResponse:
        failed = WebhookDelivery.objects.filter(endpoint=endpoint, state=State.FAILED)
        count = send_again(failed)
        text = ngettext(
            "%(count)s message is sent again.", "%(count)s messages are sent again.", count
        )
        messages.success(request, text % {"count": count})
        return redirect("webhooks:inspect", endpoint.pk)


class WebhookViewSet(ModelViewSet):
    """Webhooks, below the settings."""

    model = WebhookEndpoint
    name = "webhooks"
    url_prefix = "webhooks"
    icon = "link"
    menu_label = capfirst("webhook")
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = WebhookIndexView
    add_view_class = WebhookCreateView
    inspect_view_class = WebhookView
    search_fields = ("name", "url")
    list_filter = ("is_active",)
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("url"),
            FieldPanel("is_active"),
            MultiFieldPanel(
                [FieldPanel("types"), FieldPanel("within"), FieldPanel("locales")],
                heading=_("What it is told of"),
            ),
        ],
        base_form_class=WebhookForm,
    )

    @property
    def list_display(self) -> list[Any]:
        """The columns; a new list each time, since Wagtail changes them for a request.

        A name leads to the webhook's own page, where its log is.
        """
        return [
            TitleColumn("name", label=_("Name"), url_name="webhooks:inspect", sort_key="name"),
            Column("url", label=_("Address")),
            BooleanColumn("is_active", label=_("In use"), sort_key="is_active"),
            Column("waiting", label=_("To be sent")),
            Column("given_up", label=_("Given up")),
            Column("retry_at", label=_("Paused until"), sort_key="retry_at"),
        ]
