"""Lists and choosers of the admin sort titles and names as a Vietnamese dictionary does.

Databases sort by code point, or by the collation that they were made with; Wagtail's views say only
which column to sort by. Searches keep their own order.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail.documents.views.documents import IndexView as DocumentIndexView
from wagtail.images.views.images import IndexView as ImageIndexView
from wagtail.models import Page
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)

from cms.pages.collation import vietnamese

__all__ = [
    "VietnameseChooserViewSet",
    "VietnameseOrder",
    "in_vietnamese_order",
    "library_urls",
    "order_explorer",
]

TEXTS = frozenset({"title", "name", "short_name"})
KEYS = {"full_name": "name_key"}  # people go by their given name


def _term(name: Any) -> Any:
    if not isinstance(name, str):
        return name
    sign, column = ("-", name[1:]) if name.startswith("-") else ("", name)
    if column in TEXTS:
        return OrderBy(vietnamese(column), descending=bool(sign))
    return sign + KEYS.get(column, column)


def in_vietnamese_order(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """The queryset by the same columns as before, with titles and names in Vietnamese order."""
    names = queryset.query.order_by or queryset.model._meta.ordering
    return queryset.order_by(*map(_term, names)) if names else queryset


class VietnameseOrder:
    """Mixed into a list of Wagtail's."""

    is_searching: bool

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """By the column that was chosen, in Vietnamese order."""
        ordered: QuerySet[Any] = super().order_queryset(queryset)  # type: ignore[misc]
        return ordered if self.is_searching else in_vietnamese_order(ordered)


class _VietnameseChoices:
    def apply_object_list_ordering(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        """In the model's own order, as Vietnamese sorts it."""
        return in_vietnamese_order(super().apply_object_list_ordering(objects))  # type: ignore[misc]


class _Choose(_VietnameseChoices, ChooseView):
    pass


class _ChooseResults(_VietnameseChoices, ChooseResultsView):
    pass


class VietnameseChooserViewSet(SnippetChooserViewSet):
    """The chooser of shared records."""

    choose_view_class = _Choose
    choose_results_view_class = _ChooseResults


class _Images(VietnameseOrder, ImageIndexView):
    pass


class _Documents(VietnameseOrder, DocumentIndexView):
    pass


def library_urls() -> list[URLPattern]:
    """The lists of images and files, in place of Wagtail's at the same addresses."""
    return [
        path("images/", _Images.as_view()),
        path("images/results/", _Images.as_view(results_only=True)),
        path("documents/", _Documents.as_view()),
        path("documents/results/", _Documents.as_view(results_only=True)),
    ]


def order_explorer(_parent: Page, pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """The pages of a section, as the explorer has ordered them."""
    return pages if request.GET.get("q") else in_vietnamese_order(pages)
