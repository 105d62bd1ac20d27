"""Pages that show another page's text: aliases, and translations kept in step with their source.

Such a copy is public only while its original is (ADR 43): a private, withdrawn or expired source
must not be read in its translation. Whether the original is public, its row of a published document
says; so whatever gives or takes rows away calls :func:`sync_copies` for their pages.
A page written by hand in another language, and a translation that has left sync mode, are
pages of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from wagtail.models import Page

from cms.pages.models import PublishedDocument, TranslationState
from cms.pages.section_policies import load_policies

__all__ = [
    "Original",
    "copies_of",
    "load_originals",
    "lock_original",
    "sync_copies",
    "sync_pages",
]


@dataclass(frozen=True, slots=True)
class Original:
    """What a copy owes to the page that it shows: whether it may be seen, and until when."""

    is_public: bool
    expires_at: datetime | None = None


def lock_original(page_id: int) -> None:
    """Waits for who is withdrawing the page's original, and keeps others from it until the commit.

    Called before the page's own row is locked: from an original to its copies is everybody's order.
    """
    alias_of = Page.objects.filter(pk=page_id).values("alias_of_id")
    sources = TranslationState.objects.filter(translation_id=page_id, managed=True)
    wanted = Q(pk__in=alias_of) | Q(pk__in=sources.values("source_id"))
    list(PublishedDocument.objects.select_for_update().filter(wanted).values_list("pk"))


def load_originals(pages: Collection[Page], *, lock: bool = False) -> dict[int, Original]:
    """The originals of those pages that are copies, by the copy's id.

    ``lock`` keeps them as they are until the end of the transaction.
    One query where there is no copy among them, three at most and one a language for aliases.
    """
    ids = {page.pk: page.alias_of_id for page in pages if page.alias_of_id is not None}
    others = [page.pk for page in pages if page.pk not in ids]
    states = TranslationState.objects.filter(translation_id__in=others, managed=True)
    ids |= {copy: source for copy, source in states.values_list("translation_id", "source_id")}
    if not ids:
        return {}
    rows = PublishedDocument.objects.filter(pk__in=set(ids.values()))
    if lock:
        rows = rows.select_for_update().order_by("pk")
    public = dict(rows.values_list("pk", "expires_at"))
    left_out = _left_out([page for page in pages if ids.get(page.pk) in public])
    return {
        copy: Original(original in public and copy not in left_out, public.get(original))
        for copy, original in ids.items()
    }


def _left_out(pages: Iterable[Page]) -> set[int]:
    """Those of the pages that are aliases in another language, which a rule leaves out."""
    by_locale: defaultdict[str, list[Page]] = defaultdict(list)
    for page in pages:
        original = page.alias_of
        if original is not None and original.translation_key == page.translation_key:
            by_locale[page.locale.language_code].append(page)
    found: set[int] = set()
    for locale, aliases in by_locale.items():
        policies = load_policies(locale)
        found.update(one.pk for one in aliases if not policies.shows_alias(one.alias_of.path))
    return found


def copies_of(page_ids: Collection[int]) -> list[int]:
    """The ids of the pages that show one of these pages' text."""
    aliases = Page.objects.filter(alias_of_id__in=page_ids).values_list("pk", flat=True)
    states = TranslationState.objects.filter(source_id__in=page_ids, managed=True)
    translations = states.exclude(translation=None).values_list("translation_id", flat=True)
    return [*aliases, *translations]


def sync_copies(page_ids: Collection[int]) -> None:
    """Shows or hides the copies of pages that have become public or ceased to be so.

    In the transaction of that change, and on to the copies of copies.
    """
    if page_ids and (copies := copies_of(page_ids)):
        sync_pages(copies)


def sync_pages(page_ids: Collection[int]) -> None:
    """Gives each of the pages the row that it should have, or none."""
    from cms.pages.subtree import sync_rows  # which itself goes on to the copies

    live = Page.objects.filter(pk__in=page_ids, live=True)
    sync_rows(list(live.select_related("locale", "content_type", "alias_of")))
