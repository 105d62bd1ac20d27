"""Requests in Elasticsearch's query language."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from search.contract import EngineError, Request
from search.mapping import FieldSpec
from search.nodes import (
    Both,
    Constant,
    Either,
    Everything,
    Node,
    Phrase,
    Prefix,
    Range,
    Term,
    Terms,
)

__all__ = ["Translator"]

type Json = dict[str, Any]

_SORT = [{"_score": "desc"}, {"id": "asc"}]
_ALL: Json = {"match_all": {}}
_NONE: Json = {"match_none": {}}
_BM25_SCALE = 1 / 2.2
"""Elasticsearch's BM25 has the factor k1 + 1, which Lucene dropped and the contract hasn't."""

_MANY_SHARDS_TERMS = 1_000
"""Terms that each index counts where several are asked: their sums are exact up to there."""


class Translator:
    """Translates for indices with these fields.

    Raises EngineError for a field that there is not, or that is of another type than is asked for:
    the servers would take some of these for nothing found.
    """

    def __init__(self, fields: Iterable[FieldSpec]) -> None:
        self._types = {spec.name: spec.type for spec in fields}

    def body(self, request: Request) -> Json:
        """The body of the one ``_search`` that answers the request, without a point in time.

        A filter that a facet is named after narrows the hits only after the counting, and every
        other facet's counts. All others narrow from the beginning.
        """
        names = {facet.name for facet in request.facets}
        own: dict[str, Json] = {}
        general: list[Json] = []
        for name, node in request.filters.items():
            if name in names:
                own[name] = self.filter(node)
            else:
                general.append(self.filter(node))
        query = self.query(request.query)
        if general or request.without_ids:
            outer: Json = {"must": [query], "filter": general}
            if request.without_ids:
                ids = [str(pk) for pk in sorted(request.without_ids)]
                outer["must_not"] = [{"ids": {"values": ids}}]
            query = {"bool": outer}
        body: Json = {
            "query": query,
            "size": request.limit,
            "sort": _SORT,
            "_source": False,
            "track_total_hits": request.count,
        }
        if request.after is not None:
            body["search_after"] = request.after
        elif request.skip:
            body["from"] = request.skip
        if own:
            body["post_filter"] = _all_of(list(own.values()))
        if request.facets:
            body["aggs"] = self._facets(request, own)
        return body

    def _facets(self, request: Request, own: Mapping[str, Json]) -> Json:
        found: Json = {}
        for facet in request.facets:
            self._require(facet.field, "keyword")
            terms: Json = {"field": facet.field, "size": facet.size}
            if len(request.locales) > 1:
                terms["shard_size"] = max(facet.size, _MANY_SHARDS_TERMS)
            others = [condition for name, condition in own.items() if name != facet.name]
            # One shape for all, so that the answer is read in one way.
            found[facet.name] = {"filter": _all_of(others), "aggs": {"terms": {"terms": terms}}}
        return found

    def query(self, node: Node) -> Json:
        """A condition that scores."""
        match node:
            case Term(field, text, boost) if self._types.get(field) == "words":
                return {"term": {field: {"value": text, "boost": boost * _BM25_SCALE}}}
            case Phrase(field, texts, boost):
                self._require(field, "words")
                if not texts:
                    return _NONE
                # The analyzer splits at the spaces again, and nowhere else.
                words = {"query": " ".join(texts), "boost": boost * _BM25_SCALE}
                return {"match_phrase": {field: words}}
            case Prefix(field, text, score):
                self._require(field, "words", "keyword")
                return {"prefix": {field: {"value": text, "boost": score}}}
            case Constant(inner, score):
                return {"constant_score": {"filter": self.filter(inner), "boost": score}}
            case Either(nodes, minimum):
                return _either([self.query(inner) for inner in nodes], minimum)
            case Both(must, should, filters, without):
                found: Json = {}
                if must:
                    found["must"] = [self.query(inner) for inner in must]
                if should:
                    found["should"] = [self.query(inner) for inner in should]
                # With nothing that must be met, one of `should` would have to.
                found["filter"] = [self.filter(inner) for inner in filters] or [_ALL]
                if without:
                    found["must_not"] = [self.filter(inner) for inner in without]
                return {"bool": found}
            case _:
                return {"bool": {"filter": [self.filter(node)]}}  # without a score

    def filter(self, node: Node) -> Json:
        """A condition that narrows only; what it would score is not reckoned."""
        match node:
            case Everything():
                return _ALL
            case Term(field, text):
                self._require(field, "words", "keyword")
                return {"term": {field: text}}
            case Terms(field, texts):
                self._require(field, "keyword")
                return {"terms": {field: texts}}
            case Prefix(field, text):
                self._require(field, "words", "keyword")
                return {"prefix": {field: text}}
            case Range(field):
                self._require(field, "number")
                return {"range": {field: _bounds(node)}}
            case Phrase():
                return self.query(node)
            case Constant(inner):
                return self.filter(inner)
            case Either(nodes, minimum):
                return _either([self.filter(inner) for inner in nodes], minimum)
            case Both(must, _, filters, without):
                needed = [self.filter(inner) for inner in (*must, *filters)]
                if not without:
                    return _all_of(needed)
                refused = [self.filter(inner) for inner in without]
                return {"bool": {"filter": needed or [_ALL], "must_not": refused}}

    def _require(self, field: str, *types: str) -> None:
        found = self._types.get(field)
        if found is None:
            raise EngineError(f"The entries have no field {field}.")
        if found not in types:
            raise EngineError(f"The field {field} holds {found}, which this condition can't ask.")


def _bounds(node: Range) -> Json:
    """At most one bound on each side: of two, the servers heed the last."""
    found: Json = {}
    if node.gt is not None and (node.gte is None or node.gt >= node.gte):
        found["gt"] = _number(node.gt)
    elif node.gte is not None:
        found["gte"] = _number(node.gte)
    if node.lt is not None and (node.lte is None or node.lt <= node.lte):
        found["lt"] = _number(node.lt)
    elif node.lte is not None:
        found["lte"] = _number(node.lte)
    return found


def _number(number: float) -> float | str:
    """JSON has no infinite numbers, Java's text has."""
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return number


def _either(options: list[Json], minimum: int) -> Json:
    if minimum <= 0:
        return {"bool": {"filter": [_ALL], "should": options}}
    if minimum > len(options):
        return _NONE
    return {"bool": {"should": options, "minimum_should_match": minimum}}


def _all_of(conditions: list[Json]) -> Json:
    if not conditions:
        return _ALL
    return conditions[0] if len(conditions) == 1 else {"bool": {"filter": conditions}}
