"""Wagtail's own lists and choosers in the order of a Vietnamese dictionary."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.documents.views.documents import IndexView as DocumentIndexView
from wagtail.images.views.images import IndexView as ImageIndexView
from wagtail.models import Page
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from cms.pages.order import VietnameseOrder, in_vietnamese_order

__all__ = ["PagesViewSet", "VietnameseChooserViewSet", "library_urls", "order_explorer"]


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


class _PageSearch(SearchView):
    # Wagtail's says "1-20 of 132 None".
    verbose_name_plural = Page._meta.verbose_name_plural

    def annotate_queryset(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        """In Vietnamese order where a column was chosen and nothing is looked for."""
        found: QuerySet[Page] = super().annotate_queryset(pages)
        return in_vietnamese_order(found) if self.ordering and not self.search_query else found


class PagesViewSet(PageViewSet):
    """Wagtail's views of pages, with this project's list of all of them."""

    search_view_class = _PageSearch


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
