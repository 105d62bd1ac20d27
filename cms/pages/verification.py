"""Compares every stored document with a fresh build of its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from wagtail.models import Page

from cms.pages.build import Build
from cms.pages.builder import build_document
from cms.pages.fingerprint import is_fresh
from cms.pages.models import PublishedDocument
from cms.pages.publishing import load_public_page

__all__ = ["Difference", "verify_documents"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as a fresh build says; ``problem`` is a stable word."""

    page_id: int
    problem: str

    def __str__(self) -> str:
        return f"page {self.page_id}: {self.problem}"


def verify_documents() -> Iterator[Difference]:
    """Every difference: ``missing``, ``superfluous``, ``path``, ``tags``, ``body``.

    A stale row's body is not compared: no reader gets it.
    """
    live = set(Page.objects.filter(live=True).values_list("pk", flat=True))
    stored = set(PublishedDocument.objects.values_list("pk", flat=True))
    for page_id in sorted(live | stored):
        yield from _verify(page_id)


def _verify(page_id: int) -> Iterator[Difference]:
    row = PublishedDocument.objects.filter(pk=page_id).first()
    page = load_public_page(page_id)
    if page is None:
        if row is not None:
            yield Difference(page_id, "superfluous")
        return
    if row is None:
        yield Difference(page_id, "missing")
        return
    built = build_document(page, Build(now=timezone.now()))
    if row.path != built.path:
        yield Difference(page_id, "path")
    if not is_fresh(row):
        return
    if bytes(row.body) != built.body or bytes(row.card) != built.card:
        yield Difference(page_id, "body")
    rows = set(row.tag_rows.values_list("tag", flat=True))
    if set(row.tags) != built.tags or rows != built.tags:
        yield Difference(page_id, "tags")
