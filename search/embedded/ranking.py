"""Hits in their order, and counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from tantivy import Order, Query

from search.contract import Bucket, Facet, Hit, Request
from search.embedded.schema import ID, LOCALE
from search.embedded.translate import Translator, all_of, even_score, silent

__all__ = ["Ranking"]

_SPARE = 16
"""Hits beyond those that are wanted, among which equal scores are put in order."""

_MAX_TERMS = 65_000
"""Of one facet: what the library counts at most."""


class Ranking:
    """The answer to one request from one look at the index."""

    def __init__(self, translator: Translator, request: Request) -> None:
        self._searcher = translator.searcher
        self._translator = translator
        self._request = request
        schema = translator.schema
        self._query = translator.query(request.query)
        self._locales = silent(Query.term_set_query(schema, LOCALE, list(request.locales)))
        self._filters = {
            name: silent(translator.query(node)) for name, node in request.filters.items()
        }
        self._without = (
            [Query.term_set_query(schema, ID, list(request.without_ids))]
            if request.without_ids
            else []
        )

    def _found(self, *, without_filter: str | None = None) -> Query:
        """What the request finds, under all filters but one."""
        filters = [query for name, query in self._filters.items() if name != without_filter]
        return all_of([self._query, self._locales, *filters], self._without)

    def hits(self) -> tuple[tuple[Hit, ...], int]:
        """The hits that are wanted, and how many there are in all (0 where that isn't asked)."""
        if not self._request.limit:
            return (), self._total(self._found()) if self._request.count else 0
        even = even_score(self._request.query)
        return self._by_score() if even is None else self._by_id(even)

    def _by_score(self) -> tuple[tuple[Hit, ...], int]:
        """Looks at more hits than are wanted, since equal scores come in no order of ids, and at
        still more until those that are wanted are certain."""
        request, query = self._request, self._found()
        window, total = request.skip + request.limit + _SPARE, 0
        while True:
            result = self._searcher.search(query, window, request.count)
            if request.count:
                total = result.count  # type: ignore[attr-defined] # missing in its types
            ids = self._searcher.fast_field_values(ID, [place for _, place in result.hits])
            hits = [
                Hit(int(hit_id or 0), score)
                for (score, _), hit_id in zip(result.hits, ids, strict=True)
            ]
            is_whole = len(hits) < window
            if not is_whole:
                last = hits[-1].score
                hits = [hit for hit in hits if hit.score > last]
            wanted = self._wanted(sorted(hits, key=_rank))
            if is_whole or len(wanted) >= request.limit:
                return tuple(wanted[: request.limit]), total
            window *= 4

    def _wanted(self, hits: list[Hit]) -> list[Hit]:
        after = self._request.after
        if after is None:
            return hits[self._request.skip :]
        return [hit for hit in hits if _rank(hit) > (-after[0], after[1])]

    def _by_id(self, score: float) -> tuple[tuple[Hit, ...], int]:
        """All have one score: the index sorts them itself."""
        request, query = self._request, self._found()
        total = self._total(query) if request.count else 0
        skip = 0 if request.after else request.skip
        if request.after:
            after_score, after_id = request.after
            if score > after_score:
                return (), total
            if score == after_score:
                query = all_of([query, self._translator.ids_above(after_id)])
        result = self._searcher.search(
            query, request.limit, False, order_by_field=ID, offset=skip, order=Order.Asc
        )
        return tuple(Hit(hit_id, score) for hit_id, _ in result.hits), total

    def _total(self, query: Query) -> int:
        count: int = self._searcher.search(silent(query), 1).count  # type: ignore[attr-defined]
        return count

    def facets(self) -> Mapping[str, tuple[Bucket, ...]]:
        """The counts of every facet; those with the same filters are counted in one go."""
        groups: dict[str | None, list[Facet]] = defaultdict(list)
        for facet in self._request.facets:
            groups[facet.name if facet.name in self._filters else None].append(facet)
        counted: dict[str, tuple[Bucket, ...]] = {}
        for own_filter, facets in groups.items():
            counted |= self._counts(silent(self._found(without_filter=own_filter)), facets)
        return {facet.name: counted[facet.name] for facet in self._request.facets}

    def _counts(self, query: Query, facets: Iterable[Facet]) -> dict[str, tuple[Bucket, ...]]:
        wanted: dict[str, Any] = {}
        for facet in facets:
            self._translator.require(facet.field, "keyword")
            # All terms, since the library would cut equal counts at random.
            wanted[facet.name] = {
                "terms": {"field": facet.field, "size": _MAX_TERMS, "segment_size": _MAX_TERMS}
            }
        answer = self._searcher.aggregate(query, wanted)
        counted = {}
        for facet in facets:
            buckets = [
                Bucket(bucket["key"], bucket["doc_count"])
                for bucket in answer[facet.name]["buckets"]
            ]
            buckets.sort(key=lambda bucket: (-bucket.count, bucket.term))
            counted[facet.name] = tuple(buckets[: facet.size])
        return counted


def _rank(hit: Hit) -> tuple[float, int]:
    return -hit.score, hit.id
