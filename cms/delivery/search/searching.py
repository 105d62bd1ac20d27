"""Searches, for REST and GraphQL alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings

from cms.delivery.problems import Problem
from cms.delivery.query.cursors import read_cursor, write_cursor
from cms.delivery.search.answer import Answered, ask
from cms.delivery.search.conditions import always, filters_of
from cms.delivery.search.facets import Facets
from cms.delivery.search.parameters import SearchParameters
from cms.delivery.stored import Stored
from search.contract import Request
from search.glossary import analyser_of
from search.nodes import Both, Node
from search.query import ParsedQuery, QueryError, build_tree, parse_query

__all__ = ["MAX_DEPTH", "SearchResult", "first_request", "read_query", "run_search"]

MAX_DEPTH = 1_000
"""How many hits are given in all: whoever has looked at so many should ask otherwise."""


@dataclass(slots=True)
class SearchResult:
    """What a search found, ready to be delivered."""

    query: ParsedQuery
    locale: str
    answered: Answered
    facets: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    next: str | None = None
    loose: bool = False
    """Whether no page has enough of the words, and these have some."""

    @property
    def rows(self) -> list[Stored]:
        """The documents that were found, best first."""
        return self.answered.rows


def read_query(text: str, locale: str) -> ParsedQuery:
    """What was typed; raises Problem naming what is allowed."""
    try:
        return parse_query(text, analyser_of(locale))
    except QueryError as error:
        raise Problem("invalid-parameter", str(error), parameter="q") from None


def first_request(query: ParsedQuery, parameters: SearchParameters, *, limit: int) -> Request:
    """The request for the first page of a query, with the parameters' filters."""
    return Request(
        query=_tree(query, parameters, loose=False),
        locales=(_locale(parameters),),
        filters=filters_of(parameters),
        limit=limit,
    )


def run_search(parameters: SearchParameters, *, bodies: bool = False) -> SearchResult:
    """The search that the parameters describe; raises Problem.

    One question to an engine and one query of the database; a second of each where no page has
    enough of the words, or where the index is behind a withdrawal.
    """
    locale = _locale(parameters)
    query = read_query(parameters.q, locale)
    facets = Facets.of(parameters, locale)
    place = _Place.of(parameters)
    request = replace(
        first_request(query, parameters, limit=min(parameters.limit, MAX_DEPTH - place.seen)),
        facets=facets.requests(),
        skip=place.seen,
        after=place.after,
        snapshot=place.snapshot,
    )
    loose = place.loose
    if loose:
        request = replace(request, query=_tree(query, parameters, loose=True))
    answered = ask(request, bodies=bodies, paths_of=facets.section_paths)
    if not answered.total and not place.seen:
        loose = True
        request = replace(request, query=_tree(query, parameters, loose=True))
        answered = ask(request, bodies=bodies, paths_of=facets.section_paths)
    return SearchResult(
        query,
        locale,
        answered,
        facets=facets.describe(answered.found, answered.titles),
        next=place.next(answered, parameters, loose=loose),
        loose=loose and bool(answered.total),
    )


def _locale(parameters: SearchParameters) -> str:
    return parameters.locale or str(settings.LANGUAGE_CODE)


def _tree(query: ParsedQuery, parameters: SearchParameters, *, loose: bool) -> Node:
    words = build_tree(query, loose=loose)
    return Both(must=(words,), filters=(always(parameters.within),))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page of hits begins: how many came before, and the last of them."""

    seen: int = 0
    after: tuple[float, int] | None = None
    snapshot: str | None = None
    loose: bool = False

    @classmethod
    def of(cls, parameters: SearchParameters) -> _Place:
        """Raises Problem ``invalid-cursor`` for a cursor of another search."""
        if parameters.cursor is None:
            return cls()
        seen, score, pk, snapshot, loose = read_cursor(parameters.cursor, parameters.binding(), 5)
        return cls(seen, (score, pk), snapshot, loose)

    def next(self, answered: Answered, parameters: SearchParameters, *, loose: bool) -> str | None:
        """The cursor of the next page; None on the last one."""
        hits = answered.found.hits
        seen = self.seen + len(hits)
        if not hits or seen >= min(answered.total, MAX_DEPTH):
            return None
        values = [seen, *hits[-1].place, answered.found.snapshot, loose]
        return write_cursor(values, parameters.binding())
