"""``search`` in GraphQL: the same search as REST's, as a connection of pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from strawberry.types.field import StrawberryField

from cms.delivery.graphql.reading import Reading
from cms.delivery.graphql.types import declare
from cms.delivery.graphql.types.inputs import ListInput
from cms.delivery.graphql.types.pages import Connections
from cms.delivery.graphql.types.readers import Reader, RootReader
from cms.delivery.problems import Problem
from cms.delivery.search.corrections import did_you_mean
from cms.delivery.search.highlights import highlights
from cms.delivery.search.parameters import SearchParameters
from cms.delivery.search.searching import SearchResult, run_search

__all__ = ["search_field"]

_PARAMETER_NAMES = {"limit": "first", "cursor": "after", "q": "query"}
_TEXT = declare.or_null(str)


def search_field(
    connections: Connections, page: type, inputs: ListInput, choices: Any
) -> StrawberryField:
    """``search(query)``."""

    def read(reading: Reading, arguments: Mapping[str, Any], selected: frozenset[str]) -> Any:
        given = {name: value for name, value in arguments.items() if value is not None}
        values: dict[str, Any] = {
            "q": given["query"],
            "limit": given["first"],
            "filters": tuple(inputs.terms(given.get("filter"))),
            "highlight": "edges.highlights" in selected,
        }
        values |= {name: given[name] for name in ("locale", "within") if name in given}
        if "after" in given:
            values["cursor"] = given["after"]
        if given.get("type"):
            values["type"] = tuple(one.value for one in given["type"])
        if given.get("facets"):
            values["facets"] = tuple(dict.fromkeys(given["facets"]))
        try:
            return _answer(reading, SearchParameters.of(values), selected)
        except Problem as problem:
            problem.parameter = _PARAMETER_NAMES.get(problem.parameter or "", problem.parameter)
            raise

    return declare.field(
        "search",
        declare.or_null(_connection(connections, page)),
        RootReader(read, is_list=True),
        description="The pages that fit best what a reader typed; see docs/api/search.md.",
        arguments=[
            declare.argument("query", str, "What was typed, with or without marks."),
            declare.argument("first", int, "Most pages to give: 1 to 100.", default=20),
            declare.argument("after", _TEXT, "The cursor to go on from."),
            declare.argument("type", declare.or_null(declare.many(choices)), "Left out: all."),
            declare.argument("within", _TEXT, "Everything below the page with this path."),
            declare.argument("locale", _TEXT, "Left out: the default locale."),
            declare.argument("filter", declare.or_null(inputs.filter)),
            declare.argument(
                "facets", declare.or_null(declare.many(str)), "What to count: `type`, `year`, …"
            ),
        ],
    )


def _connection(connections: Connections, page: type) -> type:
    names = ("SearchHighlights", "SearchEdge", "SearchBucket", "SearchFacet", "SearchConnection")
    highlight, edge, bucket, facet, connection = (
        declare.declare_type(connections.names.claim(name)) for name in names
    )
    connections.made += ["SearchEdge", "SearchConnection"]
    shapes: list[tuple[type, dict[str, Any]]] = [
        (highlight, {"title": str, "text": declare.many(str)}),
        (edge, {"node": declare.or_null(page), "highlights": declare.or_null(highlight)}),
        (bucket, {"value": str, "label": str, "count": int}),
        (facet, {"name": str, "buckets": declare.many(bucket)}),
        (
            connection,
            {
                "edges": declare.many(edge),
                "nodes": declare.many(page),
                "pageInfo": connections.page_info,
                "totalCount": int,
                "facets": declare.many(facet),
                "loose": bool,
                "didYouMean": _TEXT,
                "numbers": declare.many(str),
                "degraded": bool,
            },
        ),
    ]
    for cls, fields in shapes:
        declare.set_fields(
            cls, [declare.field(name, type_, Reader(name)) for name, type_ in fields.items()]
        )
    return connection


def _answer(
    reading: Reading, parameters: SearchParameters, selected: frozenset[str]
) -> dict[str, Any]:
    reading.shared = False  # an index follows the content a moment later
    result: SearchResult = run_search(parameters, bodies=parameters.highlight)
    pages = [reading.document(row) for row in result.rows]
    marked = highlights(result, result.rows) if parameters.highlight else [None] * len(pages)
    return {
        "edges": [
            {"node": page, "highlights": marks} for page, marks in zip(pages, marked, strict=True)
        ],
        "nodes": pages,
        "pageInfo": {
            "hasNextPage": result.next is not None,
            "hasPreviousPage": parameters.cursor is not None,
            "startCursor": None,
            "endCursor": result.next,
        },
        "totalCount": result.answered.total,
        "facets": [{"name": name, "buckets": buckets} for name, buckets in result.facets.items()],
        "loose": result.loose,
        "didYouMean": did_you_mean(result, parameters) if "didYouMean" in selected else None,
        "numbers": [number.canonical for number in result.query.numbers],
        "degraded": result.answered.degraded,
    }
