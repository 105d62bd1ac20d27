"""Where a link to a page leads: to its translation into the reader's language, else to itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from wagtail.models import Page

from cms.pages.models import PublishedDocument
from cms.pages.visibility import visible_documents

__all__ = ["Target", "find_target"]


@dataclass(frozen=True, slots=True)
class Target:
    """The page that a link leads to."""

    page_id: int | None = None
    """None where the reader may see neither the chosen page nor its translation."""
    row: PublishedDocument | None = None
    """Its document, without the body; None for a page that is only being published."""
    translated_by: UUID | None = None
    """The translation key, where a translation's coming or going leads the link elsewhere."""


def find_target(page_id: int, locale: str, *, now: datetime, known: Collection[int] = ()) -> Target:
    """Where a link to the page leads in a document of that locale (a code; empty: to the page).

    ``known`` are pages that the reader sees although they have no document yet. One query, which
    asks for pages instead of documents: the key of a page that isn't public is needed as well.
    """
    keys = Page.objects.filter(pk=page_id).values("translation_key")
    siblings = Page.objects.filter(
        Q(pk=page_id) | Q(locale__language_code=locale), translation_key__in=keys
    )
    visible = visible_documents(now=now).filter(pk=OuterRef("pk"))
    found = {
        page.pk: page
        for page in siblings.annotate(visible=Exists(visible), code=F("locale__language_code"))
        .select_related("document")
        .defer("document__body")
    }
    chosen = found.pop(page_id, None)
    if chosen is None:  # deleted
        return Target()
    key = chosen.translation_key if locale not in ("", chosen.code) else None
    for page in (*found.values(), chosen):
        if page.visible:
            return Target(page.pk, page.document, key)
        if page.pk in known:
            return Target(page.pk, None, key)
    return Target(translated_by=key)
