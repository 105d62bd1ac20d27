"""Hits in their order: by falling score, then by id.

The library orders equal scores by where the entries happen to be stored. So more hits are looked at
than are wanted; and where very many share a score (titles that begin with a letter), those are
taken in the order of their ids.
"""

from __future__ import annotations

from math import isclose
from typing import cast

from tantivy import DocAddress, Order, Query

from search.contract import Hit, Request
from search.embedded.schema import ID
from search.embedded.translate import Translator, all_of, even_score, silent

__all__ = ["Ranking"]

_SPARE = 16
"""Hits beyond those that are wanted, among which equal scores are put in order."""

_WIDER = 32
_CHUNK = 256

_SAME = 1e-6
"""Of two scores, relative: sums of the library's short floats may differ in their last digits."""

type _Scored = tuple[float, DocAddress]
"""A score, and where the entry is stored."""


class Ranking:
    """Ranks what ``found`` finds, which is the request's query under its filters."""

    def __init__(self, translator: Translator, found: Query, request: Request) -> None:
        self._translator = translator
        self._searcher = translator.searcher
        self._found = found
        self._request = request
        self._total = 0

    def hits(self) -> tuple[tuple[Hit, ...], int]:
        """The hits that are wanted, and how many there are in all (0 where that isn't asked)."""
        if not self._request.limit:
            self._count()
            return (), self._total
        even = even_score(self._request.query)
        hits = self._by_score() if even is None else self._by_id(even)
        return tuple(hits[: self._request.limit]), self._total

    def _count(self) -> None:
        if self._request.count:
            result = self._searcher.search(silent(self._found), 1)
            self._total = result.count  # type: ignore[attr-defined] # missing in its types

    def _by_score(self) -> list[Hit]:
        after, limit = self._request.after, self._request.limit
        window, is_wide = self._request.skip + limit + _SPARE, False
        while True:
            best = self._best(window)
            if len(best) < window:
                return self._wanted(self._hits(self._needed(best)))
            last = best[-1][0]
            certain = [one for one in best if one[0] > last]
            wanted = self._wanted(self._hits(self._needed(certain)))
            if len(wanted) >= limit:
                return wanted
            if is_wide and (after is None or after[0] >= last):
                above = self._hits(certain)
                return self._wanted(above + self._tied(last, above, limit - len(wanted)))
            window, is_wide = window * _WIDER, True

    def _best(self, window: int) -> list[_Scored]:
        result = self._searcher.search(self._found, window, self._request.count)
        if self._request.count:
            self._total = result.count  # type: ignore[attr-defined] # missing in its types
        return cast("list[_Scored]", result.hits)

    def _needed(self, best: list[_Scored]) -> list[_Scored]:
        """Those that can be among the hits that are wanted: a wide window has many others."""
        end = self._request.limit
        if after := self._request.after:
            best = [one for one in best if one[0] <= after[0]]
            end += sum(1 for one in best if one[0] == after[0])
        else:
            end += self._request.skip
        if len(best) <= end:
            return best
        return [one for one in best if one[0] >= best[end - 1][0]]

    def _hits(self, scored: list[_Scored]) -> list[Hit]:
        ids = self._searcher.fast_field_values(ID, [place for _, place in scored])
        return [
            Hit(int(hit_id or 0), score) for (score, _), hit_id in zip(scored, ids, strict=True)
        ]

    def _tied(self, score: float, above: list[Hit], wanted: int) -> list[Hit]:
        """Those that share a score, by their ids, as many as are wanted after those that are
        passed over."""
        after, low = self._request.after, None
        if after is None:
            wanted += max(self._request.skip - len(above), 0)
        elif after[0] == score:
            low = after[1]
        better = {hit.id for hit in above}
        tied: list[Hit] = []
        while len(tied) < wanted:
            ids = self._ids_after(low, max(_CHUNK, 2 * wanted))
            if not ids:
                break
            low = ids[-1]
            these = silent(Query.term_set_query(self._translator.schema, ID, ids))
            result = self._searcher.search(all_of([self._found, these]), len(ids), False)
            places = [place for one, place in result.hits if isclose(one, score, rel_tol=_SAME)]
            found = self._searcher.fast_field_values(ID, places)
            tied += [Hit(int(each or 0), score) for each in found if each not in better]
        return tied

    def _ids_after(self, low: int | None, size: int) -> list[int]:
        query = self._found
        if low is not None:
            query = all_of([query, self._translator.ids_above(low)])
        result = self._searcher.search(query, size, False, order_by_field=ID, order=Order.Asc)
        return [each for each, _ in result.hits]

    def _wanted(self, hits: list[Hit]) -> list[Hit]:
        """Those after the place, or after those to be skipped, in their order."""
        hits.sort(key=_rank)
        after = self._request.after
        if after is None:
            return hits[self._request.skip :]
        return [hit for hit in hits if _rank(hit) > (-after[0], after[1])]

    def _by_id(self, score: float) -> list[Hit]:
        """All have one score: the index sorts them itself."""
        self._count()
        skip, low = self._request.skip, None
        if after := self._request.after:
            if score > after[0]:
                return []
            skip, low = 0, after[1] if score == after[0] else None
        return [
            Hit(each, score) for each in self._ids_after(low, skip + self._request.limit)[skip:]
        ]


def _rank(hit: Hit) -> tuple[float, int]:
    return -hit.score, hit.id
