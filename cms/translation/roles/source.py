"""The source of a translation, to be read and not to be edited."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.models import Locale, Page
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.pages.models import TranslationState
from cms.pages.translation_states import load_states
from cms.translation.labels import label_of
from cms.translation.roles.reach import reach_of
from cms.translation.screens import TranslationScreen

__all__ = ["SourceView"]


@dataclass(frozen=True, slots=True)
class Passage:
    """The texts of one field or block, as inline HTML of wagtail-localize's strings."""

    label: str
    texts: list[str]


class SourceView(TranslationScreen, TemplateView):
    """What a translator reads: every text of the page that is to be translated, in its order.

    It is what readers see, or the first draft of a page that was never published: the same as is
    submitted. For whom a role or a right to pages leads to the page, private or not.
    """

    template_name = "translation/source.html"
    page_title = _("Source page")
    header_icon = "doc-full-inverse"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        pages = Page.objects.filter(depth__gt=1).select_related("locale")
        self.source = get_object_or_404(pages, pk=kwargs["page_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.reach = reach_of(request.user)
        if not self.reach.reads(self.source):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.source.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.source.specific
        return super().get_context_data(
            **kwargs,
            source=page,
            passages=_passages(page),
            states=_states_of(page, self.reach.states()),
            is_private=page.get_view_restrictions().exists(),
        )


def _passages(page: Page) -> list[Passage]:
    values = [one for one in extract_segments(page) if isinstance(one, StringSegmentValue)]
    labelled = [(label_of(type(page), one.path), one.string.data) for one in values]
    return [
        Passage(label, [text for _, text in texts])
        for label, texts in groupby(labelled, key=lambda one: one[0])
    ]


def _states_of(page: Page, known: Any) -> list[tuple[str, TranslationState]]:
    """Each state with the name of its language."""
    names = {one.language_code: str(one.get_display_name()) for one in Locale.objects.all()}
    ids = [row.pk for row in load_states([page.pk]).values()]
    rows = TranslationState.objects.filter(known, pk__in=ids)
    return [(names.get(row.locale, row.locale), row) for row in rows.order_by("locale")]
