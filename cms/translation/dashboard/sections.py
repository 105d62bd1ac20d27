"""Sections: the children of every site's home page, in each language that pages are written in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, QuerySet, Value, When
from django.db.models.functions import Substr
from wagtail.models import Page, Site

__all__ = ["Section", "load_sections", "with_sections"]


@dataclass(frozen=True, slots=True)
class Section:
    """A row of the dashboard; ``page`` is None for pages outside of every site."""

    path: str
    page: Page | None

    @property
    def is_home(self) -> bool:
        """A home page stands for itself, without the sections below it."""
        return self.page is not None and self.page.depth == 2


def with_sections(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Adds ``section``: the path of the section that the source stands in. Two queries at once."""
    roots = Site.objects.values_list("root_page__translation_key", flat=True)
    homes = Page.objects.filter(translation_key__in=list(roots)).values_list("path", flat=True)
    # The deeper of two homes that stand in each other comes first.
    annotated: QuerySet[Any] = rows.annotate(
        section=Case(
            *(
                When(
                    source__path__startswith=path,
                    then=Substr("source__path", 1, len(path) + Page.steplen),
                )
                for path in sorted(homes, key=len, reverse=True)
            ),
            default=Value(""),
            output_field=CharField(),
        )
    )
    return annotated


def load_sections(paths: Collection[str]) -> dict[str, Section]:
    """The sections by path, in the order of the tree. One query."""
    pages = Page.objects.filter(path__in=paths).select_related("locale").order_by("path")
    found = {page.path: Section(page.path, page) for page in pages}
    return found | {path: Section(path, None) for path in paths if path not in found}
