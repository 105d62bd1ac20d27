"""How much of what is public one reader sees: all of it, or some sections and locales.

An access token may be limited. The limit is part of the gate (``cms.pages.visibility``), so that a
reader need not know of it: what is out of sight doesn't exist, whichever way leads to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q
from wagtail.models import Page

from cms.pages.paths import load_roots

__all__ = ["EVERYTHING", "Scope", "Section", "current_scope", "load_scope", "seeing"]


class Section(NamedTuple):
    """A page that everything below it is seen with: its tree path, locale and public path."""

    tree: str
    locale: str
    path: str
    """Empty where the page stands outside the portal."""


@dataclass(frozen=True, slots=True)
class Scope:
    """``locales`` empty: every locale. ``sections`` None: everywhere; empty: nowhere."""

    locales: tuple[str, ...] = ()
    sections: tuple[Section, ...] | None = None

    @property
    def is_limited(self) -> bool:
        """Whether anything public is out of sight."""
        return bool(self.locales) or self.sections is not None

    def has_locale(self, locale: str) -> bool:
        """Whether the locale is in sight."""
        return not self.locales or locale in self.locales

    def has_path(self, locale: str, path: str) -> bool:
        """Whether a public path is in sight, also one where nothing stands any more."""
        if not self.has_locale(locale):
            return False
        return self.sections is None or any(
            section.locale == locale and section.path and path.startswith(section.path)
            for section in self.sections
        )

    def condition(self, locale: str, tree: str) -> Q:
        """The rows in sight; the arguments name the columns of locale and tree path."""
        found = Q(**{f"{locale}__in": self.locales}) if self.locales else Q()
        if self.sections is None:
            return found
        places = Q(**{tree: ""})  # no page's: nothing is in sight without a section
        for section in self.sections:
            # Tree paths are upper-case, so that SQLite's LIKE, blind to case, finds no others.
            places |= Q(**{f"{tree}__startswith": section.tree})
        return found & places


EVERYTHING = Scope()
_scope: ContextVar[Scope] = ContextVar("scope", default=EVERYTHING)


def current_scope() -> Scope:
    """What the reader at hand sees."""
    return _scope.get()


@contextmanager
def seeing(scope: Scope) -> Iterator[None]:
    """Reads as somebody who sees that much; also a decorator."""
    token = _scope.set(scope)
    try:
        yield
    finally:
        _scope.reset(token)


def load_scope(locales: Iterable[str], section_ids: Iterable[int] | None) -> Scope:
    """The scope of some locales and sections, as the pages stand now: at most three queries.

    A section stands for its translations as well.
    """
    if section_ids is None:
        return Scope(tuple(locales))
    keys = Page.objects.filter(pk__in=section_ids).values("translation_key")
    pages = Page.objects.filter(translation_key__in=keys).order_by("path")
    roots = load_roots()
    rows = pages.values_list("path", "locale__language_code", "url_path")
    sections = (
        Section(tree, locale, roots.public_path(url_path, locale) or "")
        for tree, locale, url_path in rows
    )
    return Scope(tuple(locales), tuple(sections))
