"""Background work that failed: a report for operators, and a second chance for each item.

Whoever may change `changes.failure` (superusers, and groups that were given the permission) reads
the list; `cms.changes.failures` decides what trying again means.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.admin.views.generic import IndexView, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from cms.changes import failures
from cms.changes.models import Failure

__all__ = ["FailureViewSet", "FailuresPanel", "failures_menu_item", "may_see_failures"]


def may_see_failures(user: Any) -> bool:
    """Whether the user may read the list and have items tried again."""
    return bool(policy_registry.get_by_type(Failure).user_has_permission(user, "change"))


class FailureIndexView(IndexView):
    """The list, what is set aside first."""

    model = Failure
    permission_policy = policy_registry.get_by_type(Failure)
    any_permission_required = ("change",)
    default_ordering = ("-set_aside", "-last_at")
    list_filter = ("set_aside", "owner")
    search_fields = ("owner", "key", "error")
    page_title = _("Failed background work")
    header_icon = "warning"

    @property
    def list_display(self) -> list[Any]:
        """The columns; a new list each time, since Wagtail changes them for a request."""
        return [
            "key",
            "owner",
            "attempts",
            DateColumn("last_at", label=_("Last failed"), sort_key="last_at"),
            DateColumn("retry_at", label=_("Next attempt"), sort_key="retry_at"),
            BooleanColumn("set_aside", label=_("Set aside"), sort_key="set_aside"),
        ]


class FailureView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One failure with its traceback; a POST lets the worker try again at once."""

    template_name = "editor/failure.html"
    permission_policy = policy_registry.get_by_type(Failure)
    permission_required = "change"
    header_icon = "warning"
    index_url_name = ""
    inspect_url_name = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.failure = get_object_or_404(Failure, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return gettext("Failed background work")

    def get_page_subtitle(self) -> str:
        return str(self.failure)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse(self.index_url_name), "label": gettext("Failed background work")},
            {"url": "", "label": str(self.failure)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            failure=self.failure, index_url=reverse(self.index_url_name), **kwargs
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Hands the item back to the worker."""
        failures.retry_now(self.failure)
        messages.success(request, gettext("The worker will try this again at once."))
        return redirect(self.index_url_name)


class FailureViewSet(ViewSet):
    """The list and the page of one failure; nothing is added, edited or deleted by hand."""

    name = "failures"
    icon = "warning"

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(  # type: ignore[no-any-return]
            index_url_name=self.get_url_name("index"),
            index_results_url_name=self.get_url_name("index_results"),
            inspect_url_name=self.get_url_name("inspect"),
            **kwargs,
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        index = FailureIndexView
        return [
            path("", self.construct_view(index), name="index"),
            path("results/", self.construct_view(index, results_only=True), name="index_results"),
            path("<int:pk>/", self.construct_view(FailureView), name="inspect"),
        ]


class _FailuresMenuItem(MenuItem):
    """The entry under reports, for those who may see the list."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_failures(request.user)


def failures_menu_item() -> MenuItem:
    """The entry under reports."""
    return _FailuresMenuItem(
        _("Failed background work"),
        reverse("failures:index"),
        name="failures",
        icon_name="warning",
        order=1100,
    )


class FailuresPanel(Component):
    """What the home page says while work is set aside; nothing otherwise."""

    name = "failures"
    order = 50
    template_name = "editor/failures_panel.html"

    def __init__(self) -> None:
        self.count = Failure.objects.filter(set_aside=True).count()

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        message = ngettext(
            "%(count)s piece of background work has failed too often and was set aside.",
            "%(count)s pieces of background work have failed too often and were set aside.",
            self.count,
        )
        return {"message": message % {"count": self.count}, "url": reverse("failures:index")}
