"""The filters of the list of pages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import ChoiceFilter, MultipleChoiceFilter
from wagtail.admin.filters import WagtailFilterSet

from cms.pages.models import TranslationState
from cms.translation.dashboard.matrix import STATES, Matrix
from cms.translation.dashboard.steps import Step

__all__ = ["STATE_LABELS", "StateFilterSet"]

STATE_LABELS = {
    "missing": pgettext_lazy("translation", "Missing"),
    "partial": pgettext_lazy("translation", "Partial"),
    "complete": pgettext_lazy("translation", "Complete"),
    "review": pgettext_lazy("translation", "To be reviewed"),
    "machine": pgettext_lazy("translation", "Machine-made"),
    "outdated": pgettext_lazy("translation", "Source edited after the last sync"),
    "unpublished": pgettext_lazy("translation", "Not published"),
}


class StateFilterSet(WagtailFilterSet):
    """By section, language, state and next step; the choices are what the matrix has."""

    section = ChoiceFilter(
        label=pgettext_lazy("translation", "Section"), method="by_section", widget=RadioSelect
    )
    locale = ChoiceFilter(label=_("Translation into"), widget=RadioSelect)
    state = MultipleChoiceFilter(
        label=_("State"),
        method="by_state",
        choices=list(STATE_LABELS.items()),
        widget=CheckboxSelectMultiple,
    )
    step = MultipleChoiceFilter(
        label=_("Next step"),
        method="by_step",
        choices=[(one.value, one.label) for one in Step if one],
        widget=CheckboxSelectMultiple,
    )
    mine = ChoiceFilter(
        label=_("Who acts"),
        method="by_person",
        choices=[("yes", _("I can do the next step"))],
        widget=RadioSelect,
    )

    class Meta:
        model = TranslationState
        fields: Sequence[str] = ()

    def __init__(self, *args: Any, matrix: Matrix, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paths = {str(one.page.pk): one.path for one in matrix.sections if one.page}
        self.filters["section"].extra["choices"] = [
            (str(one.page.pk), one.page.get_admin_display_title())
            for one in matrix.sections
            if one.page
        ]
        self.filters["locale"].extra["choices"] = list(matrix.locales.items())

    def by_section(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(section=self.paths[value])

    def by_state(self, rows: QuerySet[Any], name: str, values: list[str]) -> QuerySet[Any]:
        return rows.filter(reduce(or_, (STATES[one] for one in values))) if values else rows

    def by_step(self, rows: QuerySet[Any], name: str, values: list[str]) -> QuerySet[Any]:
        return rows.filter(rank__in=[Step(one).rank for one in values]) if values else rows

    def by_person(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(mine=True)
