"""Search, and suggestions while somebody types."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from cms.delivery import schemas
from cms.delivery.answers import json_response
from cms.delivery.routing import Routes
from cms.delivery.search.corrections import did_you_mean
from cms.delivery.search.highlights import highlights
from cms.delivery.search.parameters import SearchParameters, SuggestParameters
from cms.delivery.search.schemas import SEARCH, SUGGESTIONS
from cms.delivery.search.searching import run_search
from cms.delivery.search.suggesting import run_suggest

__all__ = ["routes"]

routes = Routes("Search")


@routes.get("search", answer=SEARCH, description={"parameters": schemas.FILTERS})
def search(request: HttpRequest, parameters: SearchParameters) -> HttpResponse:
    """The pages that fit best what a reader typed, with counts, highlights and a correction."""
    result = run_search(parameters, bodies=parameters.highlight)
    items = [row.content for row in result.rows]
    if parameters.highlight:
        marked = highlights(result, result.rows)
        items = [
            b'%b,"highlights":%b}' % (row.content[:-1], orjson.dumps(marks))
            for row, marks in zip(result.rows, marked, strict=True)
        ]
    rest: dict[str, Any] = {
        "next": result.next,
        "total": result.answered.total,
        "facets": result.facets,
        "loose": result.loose,
        "did_you_mean": did_you_mean(result, parameters),
        "numbers": [number.canonical for number in result.query.numbers],
        "degraded": result.answered.degraded,
    }
    body = b'{"items":[%b],%b' % (b",".join(items), orjson.dumps(rest)[1:])
    return _unkept(request, body)


@routes.get("suggest", answer=SUGGESTIONS)
def suggest(request: HttpRequest, parameters: SuggestParameters) -> HttpResponse:
    """Titles and document numbers that go on like what was typed, accented or not."""
    answered = run_suggest(parameters)
    items = b",".join(row.content for row in answered.rows)
    degraded = orjson.dumps(answered.degraded)
    return _unkept(request, b'{"items":[%b],"degraded":%b}' % (items, degraded))


def _unkept(request: HttpRequest, body: bytes) -> HttpResponse:
    """An index follows the content a moment later: an answer in a cache might miss its purge."""
    return json_response(request, body, shared=False)
