"""Reads the states of translations: one query for any number of pages."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from cms.changes.entries import format_time
from cms.changes.feed import append
from cms.changes.models import Reason
from cms.pages.entries import change_of
from cms.pages.exposed import Json
from cms.pages.models import PublishedDocument, TranslationState
from cms.pages.visibility import visible_documents

if TYPE_CHECKING:
    from cms.pages.build import Build

__all__ = ["describe_state", "load_states", "states_of_translations", "touch_translations"]


def load_states(
    source_ids: Collection[int], locales: Collection[str] = ()
) -> dict[tuple[int, str], TranslationState]:
    """States by source page and locale; no locales: all of them. One query."""
    rows = TranslationState.objects.filter(source_id__in=source_ids)
    if locales:
        rows = rows.filter(locale__in=locales)
    return {(row.source_id, row.locale): row for row in rows}


def states_of_translations(page_ids: Collection[int]) -> dict[int, TranslationState]:
    """States by translated page; a page that is nobody's translation has none. One query."""
    rows = TranslationState.objects.filter(translation_id__in=page_ids)
    return {row.translation_id: row for row in rows if row.translation_id is not None}


def describe_state(state: TranslationState | None, build: Build) -> Json:
    """What a page's document says of the page as a translation; it has no state if it is none.

    None also where the reader may not see the source: it would tell that there is one. The
    source's coming and going is felt by ``translations:…``.
    """
    if state is None:
        return None
    source = visible_documents(now=build.now).filter(pk=state.source_id)
    times = source.values_list("expires_at", flat=True)[:1]
    if not times:
        return None
    build.note_moment(times[0])
    return {
        "status": state.status,
        "percent": state.percent,
        "source_revision": state.source_revision,
        "outdated_since": format_time(state.outdated_since),
        "machine": state.machine,
    }


def touch_translations(page_ids: Collection[int]) -> None:
    """Makes the documents of translated pages stale, whose state is told with them.

    Nobody can know what changed from the page itself, so the feed tells of each that is public.
    Needs a transaction.
    """
    rows = list(PublishedDocument.objects.filter(pk__in=page_ids).defer("body", "card"))
    if rows:
        PublishedDocument.objects.filter(pk__in=[row.pk for row in rows]).update(stale=True)
        append([change_of(row, Reason.UPDATE) for row in rows])
