"""A menu as it is delivered: what the public may see of it now, with the active trail.

The stored JSON is read as it is, so that no page is loaded around the gate: the only pages in the
answer are documents that passed it. An entry for a page that isn't visible goes, with all below it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cms.delivery.parameters import NO_FALLBACK
from cms.delivery.query.places import path_locale
from cms.delivery.translations import path_in_locale
from cms.pages.exposed import Json
from cms.pages.section_policies import POLICY_TAG, STANDING_IN, Policies, load_policies
from cms.pages.visibility import visible_documents
from cms.plugins.registry import registry

if TYPE_CHECKING:
    from cms.delivery.menus.models import Menu
    from cms.pages.models import PublishedDocument

__all__ = ["MenuTree", "build_menu"]

type Entry = dict[str, Any]
"""A stored entry: ``{"type": …, "value": {…}}``."""

_KINDS = frozenset({"page", "link", "group"})


@dataclass(slots=True)
class MenuTree:
    """The delivered entries, and what they were made from."""

    items: list[Json] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    until: datetime | None = None


def build_menu(
    menu: Menu, locale: str, path: str | None = None, fallback: str | None = None
) -> MenuTree:
    """The menu for a reader of ``locale`` who is at ``path``: three queries at most.

    A page is given in the reader's locale where it is published there. Else it is given as it was
    chosen where a ``fallback`` is asked for, and left out where that is ``none``; without one its
    section decides, and in the portal's own language it is given.
    """
    return _Builder(menu, locale, path, fallback).build()


class _Builder:
    """One run: collects the entries' pages, then builds the tree."""

    def __init__(self, menu: Menu, locale: str, path: str | None, fallback: str | None) -> None:
        self._now = timezone.now()
        self._locale = locale
        self._path = path
        self._fallback = fallback
        self._tree = MenuTree(tags={menu.tag})
        if fallback is None and locale != settings.LANGUAGE_CODE:
            self._tree.tags.add(POLICY_TAG)
        self._standing_in: dict[Any, PublishedDocument] = {}
        self._stored: list[Entry] = list(menu.items.raw_data)
        self._pages: dict[int, PublishedDocument] = {}
        self._children: dict[int, list[PublishedDocument]] = {}
        self._instead = fallback
        """The language of pages that may stand in for translations."""
        if fallback in (None, NO_FALLBACK):
            is_ruled = fallback is None and locale != settings.LANGUAGE_CODE
            self._instead = settings.LANGUAGE_CODE if is_ruled else None

    def build(self) -> MenuTree:
        """The whole tree."""
        self._load()
        self._tree.items = self._entries(self._stored)
        return self._tree

    def _load(self) -> None:
        chosen, with_children = set(), set()
        for entry in _walk(self._stored):
            if entry["type"] == "page" and entry["value"].get("page"):
                page_id = int(entry["value"]["page"])
                chosen.add(page_id)
                if entry["value"].get("children"):
                    with_children.add(page_id)
        self._tree.tags |= {f"page:{pk}" for pk in chosen}
        if chosen:
            self._load_pages(chosen)
        parents = {self._pages[pk].pk: self._pages[pk] for pk in with_children & self._pages.keys()}
        if parents:
            self._load_children(parents)

    def _load_pages(self, chosen: set[int]) -> None:
        keys = visible_documents(now=self._now).filter(pk__in=chosen).values("translation_key")
        locales = {self._locale, self._instead or self._locale}
        rows = visible_documents(now=self._now).filter(
            Q(pk__in=chosen) | Q(translation_key__in=keys, locale__in=locales)
        )
        found = list(rows.defer("body", "card").annotate(tree=F("page__path")))
        self._standing_in = {row.translation_key: row for row in found
                             if row.locale == self._instead}  # fmt: skip
        own = {row.translation_key: row for row in found if row.locale == self._locale}
        for row in found:
            self._tree.tags |= {f"page:{row.pk}", f"translations:{row.translation_key}"}
            self._note(row.expires_at)
            page = own.get(row.translation_key, row)
            if row.pk in chosen and self._is_given(page):
                self._pages[row.pk] = page

    def _is_given(self, row: Any) -> bool:
        """Whether a page is in the menu, in whichever language it is."""
        if row.locale == self._locale:
            return True
        if self._fallback is not None or self._locale == settings.LANGUAGE_CODE:
            return self._fallback != NO_FALLBACK
        return self._policies.of(row.tree) in STANDING_IN

    @cached_property
    def _policies(self) -> Policies:
        return load_policies(self._locale)

    def _load_children(self, parents: Mapping[int, PublishedDocument]) -> None:
        # A new page below touches its type's tag, the only one that the menu can know beforehand.
        self._tree.tags |= {f"type:{one.name}" for one in registry.pages()}
        above = dict(parents)
        for page in parents.values():
            if (other := self._standing_in.get(page.translation_key)) is not None:
                above[other.pk] = other
        rows = visible_documents(now=self._now).filter(parent_id__in=above)
        below: dict[Any, dict[Any, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for row in rows.defer("body", "card").annotate(tree=F("page__path")).order_by("page__path"):
            self._note(row.expires_at)
            below[above[row.parent_id or 0].translation_key][row.translation_key].append(row)
        for pk, page in parents.items():
            groups = below[page.translation_key].values()
            self._children[pk] = [one for one in map(self._of_group, groups) if one is not None]

    def _of_group(self, group: list[Any]) -> Any:
        """Of a page and its translations the one that is given, if any."""
        best = min(group, key=lambda row: row.locale != self._locale)
        return best if self._is_given(best) else None

    def _entries(self, stored: Iterable[Entry]) -> list[Json]:
        built = (self._entry(entry["type"], entry["value"]) for entry in stored)
        return [entry for entry in built if entry is not None]

    def _entry(self, kind: str, value: dict[str, Any]) -> Json:
        if kind not in _KINDS or not self._is_visible(value):
            return None
        if kind == "page":
            row = self._pages.get(int(value.get("page") or 0))
            if row is None:
                return None
            below = self._entries(value.get("items") or ())
            if value.get("children"):
                below += [self._page(child, "", []) for child in self._children.get(row.pk, ())]
            return self._page(row, value.get("title") or "", below)
        head: dict[str, Json] = {"type": kind, "title": value.get("title") or ""}
        if kind == "link":
            head["url"] = value.get("url") or ""
        return self._finish(head, self._entries(value.get("items") or ()))

    def _page(self, row: PublishedDocument, title: str, below: list[Json]) -> Json:
        head: dict[str, Json] = {
            "type": "page", "title": title or row.title, "id": row.pk, "path": row.path,
        }  # fmt: skip
        return self._finish(head, below)

    def _finish(self, head: dict[str, Json], below: list[Json]) -> Json:
        own = head.get("path")
        current = self._path is not None and own == self._path
        is_above = (
            self._path is not None
            and isinstance(own, str)
            and own != _home(own)  # every path begins with it: on the trail only when current
            and self._path.startswith(own)
        )
        trail = current or is_above or any(isinstance(e, dict) and e["trail"] for e in below)
        return {**head, "current": current, "trail": trail, "items": below}

    def _is_visible(self, value: dict[str, Any]) -> bool:
        starts, ends = _moment(value.get("visible_from")), _moment(value.get("visible_to"))
        for moment in (starts, ends):
            self._note(moment)
        return (starts is None or starts <= self._now) and (ends is None or self._now < ends)

    def _note(self, moment: datetime | None) -> None:
        if moment is not None and moment > self._now:
            self._tree.until = min(self._tree.until or moment, moment)


def _home(path: str) -> str:
    """The home page's path in the locale of a path."""
    return path_in_locale("/", path_locale(path))


def _walk(stored: Iterable[Entry]) -> Iterator[Entry]:
    for entry in stored:
        yield entry
        yield from _walk(entry["value"].get("items") or ())


def _moment(stored: Any) -> datetime | None:
    """A stored moment: JSON text in the database, a datetime before the first save."""
    if not stored:
        return None
    moment = parse_datetime(stored) if isinstance(stored, str) else stored
    if moment is not None and timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    return moment
