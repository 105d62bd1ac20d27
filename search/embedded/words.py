"""The site's own words: how often they occur."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tantivy import Query

from search.embedded.translate import Translator

__all__ = ["frequencies"]


def frequencies(translator: Translator, field: str, terms: Iterable[str]) -> Mapping[str, int]:
    """In how many entries each of the terms is.

    The dictionary still counts removed entries, whose words may no longer be shown; so it only
    says which terms are worth a closer look.
    """
    translator.require(field, "words", "keyword")
    dictionary = translator.searcher.doc_freq
    return {term: dictionary(field, term) and _count(translator, field, term) for term in terms}


def _count(translator: Translator, field: str, term: str) -> int:
    query = Query.term_query(translator.schema, field, term, index_option="basic")
    count: int = translator.searcher.search(query, 1).count  # type: ignore[attr-defined]
    return count
