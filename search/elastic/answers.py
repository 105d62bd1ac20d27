"""What Elasticsearch answers to a search, read strictly: rubbish is an error, never a result."""

from __future__ import annotations

from typing import Any

from search.contract import Bucket, EngineError, Found, Hit, Request

__all__ = ["FILTER_PATH", "read_answer"]

FILTER_PATH = (
    "took,timed_out,pit_id,hits.total.value,hits.hits.sort"
    ",aggregations.*.terms.buckets.key,aggregations.*.terms.buckets.doc_count"
)
"""All that is read of an answer; the server leaves out the rest."""


def read_answer(answer: dict[str, Any], request: Request) -> Found:
    """Raises EngineError for anything but a whole answer to the request."""
    try:
        if answer["timed_out"] is not False or not isinstance(answer["took"], int):
            raise EngineError("Elasticsearch gave up on a search.")
        # Of empty lists and objects nothing is left.
        found = answer.get("hits", {})
        hits = tuple(_hit(*hit["sort"]) for hit in found.get("hits", ()))
        total = found["total"]["value"] if request.count else len(hits)
        counted = answer.get("aggregations", {})
        facets = {facet.name: _buckets(counted.get(facet.name, {})) for facet in request.facets}
        if not isinstance(total, int) or len(hits) > request.limit:
            raise EngineError("Elasticsearch counts in an unknown way.")
        if len({hit.id for hit in hits}) != len(hits):
            raise EngineError("Elasticsearch has entries twice: an alias leads to two indices.")
        return Found(hits, total, facets, answer.get("pit_id"))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise EngineError(f"Elasticsearch's answer has an unknown shape ({error!r}).") from error


def _hit(score: float, pk: int, *_tie: int) -> Hit:
    """The server adds a third value to the order of a point in time, which ids make needless."""
    return Hit(int(pk), float(score))


def _buckets(counted: dict[str, Any]) -> tuple[Bucket, ...]:
    buckets = counted.get("terms", {}).get("buckets", ())
    return tuple(Bucket(str(one["key"]), int(one["doc_count"])) for one in buckets)
