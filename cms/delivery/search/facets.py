"""What a search counts: which fields, and how the counts read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation

from cms.delivery.problems import Problem
from cms.delivery.search.conditions import chosen_types, facet_names
from cms.delivery.search.parameters import SearchParameters
from cms.plugins.registry import registry
from search.contract import Bucket, Facet, Found
from search.entries import path_prefixes
from search.mapping import facet_field
from search.values import split_facet_term

__all__ = ["Facets"]

_OWN = {"type": "type", "year": "year", "section": "within"}
_MOST_SECTIONS = 500
"""A portal's pages that have pages below them; of these, one level is shown."""


@dataclass(frozen=True, slots=True)
class Facets:
    """The facets of one search. ``root`` is the page below which sections are counted."""

    names: tuple[str, ...]
    root: str
    locale: str

    @classmethod
    def of(cls, parameters: SearchParameters, locale: str) -> Facets:
        """The facets that are asked for; raises Problem naming those that there are."""
        names, within = parameters.facets or (), parameters.within
        known = [*_OWN, *facet_names(chosen_types(parameters))] if names else []
        for name in names:
            if name not in known:
                raise Problem(
                    "invalid-parameter",
                    f"{name!r} can't be counted.",
                    parameter="facets",
                    allowed=known,
                )
        home = "/" if locale == settings.LANGUAGE_CODE else f"/{locale}/"
        root = home if within is None else within.rstrip("/") + "/"
        return cls(tuple(names), root, locale)

    def requests(self) -> tuple[Facet, ...]:
        """What the engine is asked to count."""
        return tuple(
            Facet(name, _OWN.get(name) or facet_field(name),
                  _MOST_SECTIONS if name == "section" else 20)
            for name in self.names
        )  # fmt: skip

    def section_paths(self, found: Found) -> list[str]:
        """The paths of the sections that are shown, whose titles are wanted."""
        return [one.term for one in self._sections(found.facets.get("section", ()))]

    def describe(self, found: Found, titles: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
        """The counts as they are delivered: value, label, count."""
        described: dict[str, list[dict[str, Any]]] = {}
        for name in self.names:
            buckets = found.facets.get(name, ())
            if name == "section":
                sections = self._sections(buckets)
                named = [(one.term, titles[one.term], one.count)
                         for one in sections if one.term in titles]  # fmt: skip
            else:
                named = [(*self._name(name, one.term), one.count) for one in buckets]
            described[name] = [
                {"value": value, "label": label, "count": count} for value, label, count in named
            ]
        return described

    def _sections(self, buckets: Sequence[Bucket]) -> list[Bucket]:
        """The pages right below the root; the others are above it or deeper."""
        return [one for one in buckets if one.term != "/" and one.term != self.root
                and path_prefixes(one.term)[-1] == self.root][:20]  # fmt: skip

    def _name(self, facet: str, term: str) -> tuple[str, str]:
        if facet == "type":
            with translation.override(self.locale):
                return term, str(registry.get(term).model._meta.verbose_name)
        if facet == "year":
            return term, term
        return split_facet_term(term)
