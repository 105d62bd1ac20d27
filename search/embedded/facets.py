"""Counts of the terms among what is found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from tantivy import Query

from search.contract import Bucket, Facet, Request
from search.embedded.matching import Matching
from search.embedded.translate import Translator, silent

__all__ = ["count_facets"]

_MOST = 65_000
"""Terms of one field: what the library counts at most."""


def count_facets(
    translator: Translator, matching: Matching, request: Request
) -> Mapping[str, tuple[Bucket, ...]]:
    """The counts of every facet; those under the same filters are made in one go."""
    groups: dict[str | None, list[Facet]] = defaultdict(list)
    for facet in request.facets:
        groups[facet.name if facet.name in request.filters else None].append(facet)
    counted: dict[str, tuple[Bucket, ...]] = {}
    for own_filter, facets in groups.items():
        query = silent(matching.query(without_filter=own_filter))
        counted.update(_counts(translator, query, facets))
    return counted


def _counts(
    translator: Translator, query: Query, facets: Iterable[Facet]
) -> Iterator[tuple[str, tuple[Bucket, ...]]]:
    wanted = {}
    for facet in facets:
        translator.require(facet.field, "keyword")
        # All terms: the library would cut equal counts at random.
        terms = {"field": facet.field, "size": _MOST, "segment_size": _MOST}
        wanted[facet.name] = {"terms": terms}
    answer = translator.searcher.aggregate(query, wanted)
    for facet in facets:
        buckets = [Bucket(one["key"], one["doc_count"]) for one in answer[facet.name]["buckets"]]
        buckets.sort(key=lambda bucket: (-bucket.count, bucket.term))
        yield facet.name, tuple(buckets[: facet.size])
