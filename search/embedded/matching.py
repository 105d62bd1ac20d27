"""What a request finds: its query under its filters, in its locales."""

from __future__ import annotations

from tantivy import Query

from search.contract import Request
from search.embedded.schema import ID, LOCALE
from search.embedded.translate import Translator, all_of, silent

__all__ = ["Matching"]


class Matching:
    """One request in the library's words; raises EngineError where it can't be said."""

    def __init__(self, translator: Translator, request: Request) -> None:
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

    def query(self, *, without_filter: str | None = None) -> Query:
        """What the request finds, with its scores, under all filters or all but one."""
        filters = [query for name, query in self._filters.items() if name != without_filter]
        return all_of([self._query, self._locales, *filters], self._without)
