"""The dashboard: the matrix, what to do next, and the list of pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSet

from cms.pages.collation import Vietnamese
from cms.pages.models import TranslationState
from cms.translation.dashboard.filters import STATE_LABELS, StateFilterSet
from cms.translation.dashboard.matrix import Matrix, load_matrix
from cms.translation.dashboard.running import SectionRunView
from cms.translation.dashboard.sections import with_sections
from cms.translation.dashboard.steps import Step, known_states, with_links, with_steps
from cms.translation.dashboard.todo import todo_items
from cms.translation.dashboard.work import Work
from cms.translation.roles.models import TranslatorRole
from cms.translation.roles.reach import reach_of

__all__ = ["DashboardViewSet"]


class _WorkColumn(Column):
    """A cell of the list, drawn from the row's :class:`Work`."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, accessor="work", **kwargs)
        self.cell_template_name = f"translation/dashboard/{name}_cell.html"


class DashboardView(IndexView):
    """Where every section stands in every language, for what the user may know of."""

    model = TranslationState
    template_name = "translation/dashboard/dashboard.html"
    results_template_name = "translation/dashboard/results.html"
    any_permission_required = None
    page_title = _("Translation progress")
    header_icon = "wagtail-localize-language"
    filterset_class = StateFilterSet
    search_fields = ("source__title", "source__draft_title")
    default_ordering = "next"
    paginate_by = 50
    list_export = ()
    columns = (
        _WorkColumn("page", label=_("Page"), sort_key="title"),
        _WorkColumn("languages", label=_("Languages"), width="13%"),
        _WorkColumn("state", label=_("State"), sort_key="percent", width="14%"),
        _WorkColumn("changes", label=_("What changed"), sort_key="changed", width="20%"),
        _WorkColumn("people", label=_("Who acts"), width="15%"),
        _WorkColumn("step", label=_("Next step"), sort_key="next", width="13%"),
    )
    _orders: ClassVar[dict[str, tuple[str | OrderBy, ...]]] = {
        "title": (Vietnamese("source__title").asc(),),
        "-title": (Vietnamese("source__title").desc(),),
        "percent": ("percent",),
        "-percent": ("-percent",),
        "changed": (F("outdated_since").asc(nulls_last=True),),
        "-changed": (F("outdated_since").desc(nulls_last=True),),
        "next": ("-mine", "rank"),
        "-next": ("-rank",),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.reach = reach_of(request.user)
        if not self.reach:
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def matrix(self) -> Matrix:
        """The counts, which the filters' choices come from as well."""
        return load_matrix(self.reach)

    def get_base_queryset(self) -> QuerySet[TranslationState]:
        rows = with_sections(with_links(with_steps(known_states(self.reach), self.reach)))
        return rows.select_related("source__locale")

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "matrix": self.matrix}

    def get_valid_orderings(self) -> list[str]:
        return list(self._orders)

    def order_queryset(self, queryset: QuerySet[TranslationState]) -> QuerySet[TranslationState]:
        order = self._orders[str(self.ordering)]
        return queryset.order_by(*order, "source__path", "locale")

    def get_table(self, object_list: Any) -> Any:
        roles = list(TranslatorRole.objects.select_related("group", "section", "target_locale"))
        here = f"{self.index_url}?{self.request.GET.urlencode()}"
        for row in object_list:
            row.work = Work(row, roles, here)
            row.work.locale_name = self.matrix.locales.get(row.locale, row.locale)
        return super().get_table(object_list)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(
            **kwargs,
            matrix=self.matrix,
            state_labels=STATE_LABELS,
            todo=todo_items(self.matrix.total, self.index_url),
        )
        return context


class DashboardViewSet(ViewSet):
    """Where the dashboard is found."""

    name = "translation_dashboard"
    url_prefix = "translation-dashboard"
    menu_label = _("Translation")
    icon = "wagtail-localize-language"

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        common: dict[str, Any] = super().get_common_view_kwargs(
            index_url_name=self.get_url_name("index"),
            index_results_url_name=self.get_url_name("index_results"),
            **kwargs,
        )
        return common

    def get_urlpatterns(self) -> list[URLPattern]:
        view, run = DashboardView, SectionRunView
        section = "<int:page_id>/<str:code>"
        return [
            path("", self.construct_view(view), name="index"),
            path("results/", self.construct_view(view, results_only=True), name="index_results"),
            path(f"{section}/submit/", run.as_view(step=Step.SUBMIT), name="submit"),
            path(f"{section}/sync/", run.as_view(step=Step.SYNC), name="sync"),
        ]
