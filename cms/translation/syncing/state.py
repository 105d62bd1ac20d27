"""Writes the states of translations: the one place that does.

It asks what the database says now, whatever led to the call, and writes the difference: so it may
be called once too often, and a state that was wrong is right after the next call.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from wagtail.models import Locale, Page

from cms.pages.copies import sync_pages
from cms.pages.models import TranslationState
from cms.pages.translation_states import touch_translations
from cms.translation.syncing.counts import Counts, count_segments
from cms.translation.syncing.groups import Group, Link, Member, load_groups

__all__ = ["refresh_all", "refresh_groups", "refresh_state", "together"]

_BATCH = 500

# What a document says of its own translation, or what decides whether it says anything.
_TOLD = ("status", "percent", "machine", "source_revision", "outdated_since", "translation_id")
_WRITTEN = [
    "translation_id", "status", "managed", "segments", "translated", "needs_review", "machine",
    "percent", "source_revision", "synced_at", "outdated_since", "published",
]  # fmt: skip

_Row = tuple[int, str]

_waiting: ContextVar[set[UUID] | None] = ContextVar("waiting", default=None)


def refresh_state(source_page_id: int, locale: str | None = None) -> TranslationState | None:
    """Brings the states of a page's translations in step; returns the one into ``locale``.

    None where the page is gone, is no content page or can't be translated into that locale.
    """
    key = Page.objects.filter(pk=source_page_id).values_list("translation_key", flat=True).first()
    if key is not None:
        refresh_groups([key])
    rows = TranslationState.objects.filter(source_id=source_page_id, locale=locale or "")
    return rows.first()


@contextmanager
def together() -> Iterator[None]:
    """Work on many segments or pages: their states are brought in step once, at its end.

    In the work's own transaction, which this opens.
    """
    with transaction.atomic():
        if _waiting.get() is not None:
            yield
            return
        token = _waiting.set(set())
        try:
            yield
            keys = _waiting.get() or set()
        finally:
            _waiting.reset(token)
        refresh_groups(keys)


def refresh_groups(keys: Collection[UUID]) -> None:
    """Brings in step the states of all pages with these translation keys.

    The number of queries does not grow with the number of pages, up to some hundreds of them.
    """
    waiting = _waiting.get()
    if waiting is not None:
        waiting.update(keys)
        return
    ordered = sorted(keys)
    for start in range(0, len(ordered), _BATCH):
        _refresh(ordered[start : start + _BATCH])


def refresh_all() -> None:
    """The same for every page: a locale has come or gone."""
    refresh_groups(set(Page.objects.filter(depth__gt=1).values_list("translation_key", flat=True)))
    TranslationState.objects.exclude(locale__in=_locales()).delete()


@transaction.atomic
def _refresh(keys: Collection[UUID]) -> None:
    # Locked before anything else is read: of two who come at once, the second sees what the
    # first has written.
    before = _stored(keys)
    groups = load_groups(keys)
    locales = _locales()
    counts = count_segments({link.source_id for group in groups for link in group.links.values()})
    found: dict[_Row, TranslationState] = {}
    for group in groups:
        for source, locale in group.pairs(locales):
            found[source.id, locale] = _state(
                group, source, locale, counts, before.get((source.id, locale))
            )
    _write(before, found)


def _locales() -> list[str]:
    return list(Locale.objects.values_list("language_code", flat=True))


def _stored(keys: Collection[UUID]) -> dict[_Row, TranslationState]:
    """The rows of these groups, locked."""
    pages = list(Page.objects.filter(translation_key__in=keys).values_list("pk", flat=True))
    rows = TranslationState.objects.select_for_update().filter(
        Q(source_id__in=pages) | Q(translation_id__in=pages)
    )
    return {(row.source_id, row.locale): row for row in rows.order_by("pk")}


def _state(
    group: Group,
    source: Member,
    locale: str,
    counts: dict[tuple[int, str], Counts],
    before: TranslationState | None,
) -> TranslationState:
    """The row as it should be, unsaved where there was none."""
    page = group.members.get(locale)
    link = group.link(locale)
    row = TranslationState(
        source_id=source.id,
        locale=locale,
        translation_id=page.id if page else None,
        published=page is not None and page.live and not page.is_alias,
        managed=page is not None and not page.is_alias and link is not None,
    )
    if before is not None:
        row.pk = before.pk
    if page is None or page.is_alias:
        return row
    if link is None:
        row.status, row.percent = TranslationState.Status.COMPLETE, 100
        row.outdated_since = _outdated_by_hand(source, page, before)
        return row
    untranslated = counts.get((link.source_id, ""), Counts())
    _count(row, counts.get((link.source_id, locale), untranslated))
    _compare(row, source, link, before)
    return row


def _count(row: TranslationState, counts: Counts) -> None:
    status = TranslationState.Status
    row.segments, row.translated = counts.segments, counts.translated
    row.needs_review, row.machine = counts.needs_review, counts.machine
    row.percent = 100 * row.translated // row.segments if row.segments else 100
    if row.translated < row.segments:
        row.status = status.PARTIAL if row.translated else status.MISSING
    else:
        row.status = status.REVIEW if row.needs_review else status.COMPLETE


def _compare(
    row: TranslationState, source: Member, link: Link, before: TranslationState | None
) -> None:
    """Which state of the source the segments show, and whether it has moved on since."""
    row.synced_at, row.source_revision = link.synced_at, link.revision
    if source.live and row.source_revision != source.live_revision:
        same_sync = before if before and before.synced_at == row.synced_at else None
        began = same_sync.outdated_since if same_sync else None
        row.outdated_since = began or source.last_published_at


def _outdated_by_hand(
    source: Member, page: Member, before: TranslationState | None
) -> datetime | None:
    """A page written by hand is behind where its source was published after it."""
    ours, theirs = page.last_published_at, source.last_published_at
    if not source.live or theirs is None or ours is None or theirs <= ours:
        return None
    return (before.outdated_since if before is not None else None) or theirs


def _write(before: dict[_Row, TranslationState], found: dict[_Row, TranslationState]) -> None:
    gone = [row.pk for place, row in before.items() if place not in found]
    new = [row for place, row in found.items() if place not in before]
    changed = [
        row
        for place, row in found.items()
        if place in before and _differ(row, before[place], _WRITTEN)
    ]
    told = {
        page_id
        for place, row in found.items()
        if place not in before or _differ(row, before[place], _TOLD)
        if (page_id := row.translation_id) is not None
    }
    if gone:
        TranslationState.objects.filter(pk__in=gone).delete()
    TranslationState.objects.bulk_create(
        new,
        batch_size=_BATCH,
        update_conflicts=True,  # somebody else may have come first
        unique_fields=["source", "locale"],
        update_fields=_WRITTEN,
    )
    if changed:
        TranslationState.objects.bulk_update(changed, _WRITTEN, batch_size=100)
    if bound := _copies(before) ^ _copies(found):
        sync_pages({page_id for page_id, _source_id in bound})
    if told:
        touch_translations(told)


def _copies(rows: dict[_Row, TranslationState]) -> set[tuple[int, int]]:
    """The translated pages that show their source's text, each with the source."""
    return {
        (row.translation_id, row.source_id)
        for row in rows.values()
        if row.managed and row.translation_id is not None
    }


def _differ(one: TranslationState, other: TranslationState, names: Collection[str]) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in names)
