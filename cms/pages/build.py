"""What a document's builder may read, and how it notes what it read.

Whatever a builder needs beside the page itself it asks of its :class:`Build`, which notes a tag
for it. The tags are how the document learns later that it is stale.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

import orjson
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, Page

from cms.pages.fingerprint import is_fresh
from cms.pages.links import Target, find_target
from cms.pages.paths import Roots, load_roots
from cms.pages.record_translations import load_texts
from cms.pages.scope import current_scope
from cms.plugins.registry import registry

if TYPE_CHECKING:
    from cms.pages.exposed import Json
    from cms.pages.models import ContentSnippet, PublishedDocument

__all__ = ["Build"]


class Build:
    """One run of the builder: notes tags, resolves references through the visibility gate."""

    def __init__(
        self, now: datetime | None = None, roots: Roots | None = None, *, locale: str = ""
    ) -> None:
        self.now = now or timezone.now()
        self.tags: set[str] = set()
        self.rebuild_at: datetime | None = None
        self.counters: Counter[str] = Counter()
        """Numbers that run on through one body (the điều of a legal text)."""
        self._roots = roots
        self.locale: str = locale
        """The language that links lead to and shared records speak; empty: just what was chosen."""
        self._targets: dict[tuple[str, int], Target] = {}
        self._known: dict[tuple[UUID, str], int] = {}
        self._cards: dict[int, dict[str, Json] | None] = {}
        self._texts: dict[tuple[type[ContentSnippet], str], dict[int, dict[str, str]]] = {}

    def note(self, *tags: str) -> None:
        """Notes that the document depends on these tags."""
        self.tags.update(tags)

    def note_moment(self, when: datetime | None) -> None:
        """Notes that the document may read differently from ``when`` on; the past is ignored."""
        if when is not None and when > self.now:
            self.rebuild_at = min(self.rebuild_at or when, when)

    @cached_property
    def roots(self) -> Roots:
        """The portal's roots, read once a build."""
        return self._roots or load_roots()

    @cached_property
    def private_collection_paths(self) -> list[str]:
        """Tree paths of the collections under a view restriction."""
        return list(CollectionViewRestriction.objects.values_list("collection__path", flat=True))

    def is_public_collection(self, path: str) -> bool:
        """Whether neither the collection at that tree path nor one above it is restricted."""
        return not any(path.startswith(private) for private in self.private_collection_paths)

    def card(self, page_id: int | None) -> dict[str, Json] | None:
        """The short form of a page, or of its translation into the document's language.

        The translation comes first where the public may see it; None where it may see neither.
        The dependency is noted in each case, so that either's coming and going is felt.
        """
        if page_id is None:
            return None
        self.note(f"page:{page_id}")
        target = self._find_target(page_id)
        if target.page_id is None:
            return None
        self.note(f"page:{target.page_id}")
        if target.page_id not in self._cards:
            self._cards[target.page_id] = self._load_card(target.row)
        card = self._cards[target.page_id]
        return dict(card) if card is not None else None

    def know_card(self, page: Page, card: dict[str, Json]) -> None:
        """Takes a card as known: the page's own, which is newer than the one that is stored."""
        self._cards[page.pk] = card
        self._targets[self.locale, page.pk] = Target(page.pk)
        self._known[page.translation_key, self.locale] = page.pk

    def text(self, record: ContentSnippet, name: str) -> str:
        """A text of a shared record in the document's language, else in the record's own."""
        key = (type(record), self.locale)
        if key not in self._texts:
            self._texts[key] = load_texts(*key)
        text: str = self._texts[key].get(record.pk, {}).get(name) or getattr(record, name)
        return text

    @contextmanager
    def speaking(self, locale: str) -> Iterator[None]:
        """Reads for a page of that locale."""
        before, self.locale = self.locale, locale
        try:
            yield
        finally:
            self.locale = before

    def path(self, page_id: int) -> str | None:
        """The public path of the page whose card it would be; None where the public sees none."""
        card = self.card(page_id)
        return str(card["path"]) if card else None

    def _find_target(self, page_id: int) -> Target:
        """Where a link to that page leads, with what decides it noted."""
        place = (self.locale, page_id)
        if place not in self._targets:
            self._targets[place] = find_target(
                page_id, self.locale, now=self.now, known=self._known
            )
        target = self._targets[place]
        if target.translated_by is not None:
            self.note(f"translations:{target.translated_by}")
        return target

    def _load_card(self, row: PublishedDocument | None) -> dict[str, Json] | None:
        from cms.pages.builder import build_card  # which itself works through a Build

        if row is None:
            return None
        self.note_moment(row.expires_at)
        if is_fresh(row, self.now) and not current_scope().is_limited:
            self.note(*row.card_tags)
            self.note_moment(row.rebuild_at)
            card: dict[str, Json] = orjson.loads(row.card)
            return card
        page = Page.objects.get(pk=row.pk).specific
        if registry.for_model(type(page)) is None:  # its plugin is no longer installed
            return None
        with self.speaking(page.locale.language_code):
            return build_card(page, self)
