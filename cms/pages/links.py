"""Where a link to a page leads: to its translation into the reader's language, else to itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from wagtail.models import Page

from cms.pages.models import PublishedDocument
from cms.pages.visibility import visible_documents

__all__ = ["Known", "Target", "find_target"]

type Known = Mapping[tuple[UUID, str], int]
"""Pages that a reader sees although they have no document yet: ids by key and locale."""


@dataclass(frozen=True, slots=True)
class Target:
    """The page that a link leads to."""

    page_id: int | None = None
    """None where the reader may see neither the chosen page nor its translation."""
    row: PublishedDocument | None = None
    """Its document, without the body; None for a page that is only being published."""
    translated_by: UUID | None = None
    """The translation key, where a translation's coming or going leads the link elsewhere."""


def find_target(page_id: int, locale: str, *, now: datetime, known: Known) -> Target:
    """Where a link to the page leads in a document of that locale (empty: to the page itself).

    One query whatever the locale; another one where the reader sees nothing of the page.
    """
    wanted = Q(pk=page_id)
    if locale:
        keys = Page.objects.filter(pk=page_id).values("translation_key")
        wanted |= Q(locale=locale, translation_key__in=keys)
    rows = list(visible_documents(now=now).filter(wanted).defer("body"))
    chosen = next((row for row in rows if row.pk == page_id), None)
    if chosen is None and not rows:
        return _find_hidden(page_id, locale, known)
    if chosen is not None and locale in ("", chosen.locale):
        return Target(page_id, chosen)
    key = rows[0].translation_key
    if translation := known.get((key, locale)):
        return Target(translation, None, key)
    row = next((row for row in rows if row is not chosen), chosen)
    return Target(row.pk if row else None, row, key)


def _find_hidden(page_id: int, locale: str, known: Known) -> Target:
    """The key of a page that isn't public is needed as well: its translation may become so."""
    pages = Page.objects.filter(pk=page_id).exclude(locale__language_code=locale)
    key = pages.values_list("translation_key", flat=True).first() if locale else None
    return Target(known.get((key, locale)), None, key) if key else Target()
