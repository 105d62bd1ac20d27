"""The admin's search on PostgreSQL: text search vectors made without any text parser.

A parser of PostgreSQL's would cut some words anew (``60/KH-LMHTX`` is a path to it), so the words
are written as a vector's own text and a query's own text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import CombinedSearchVector, SearchQuery, SearchRank
from django.db.models import Case, F, QuerySet, When
from modelsearch.backends.database.postgres.postgres import (
    PostgresIndex,
    PostgresSearchBackend,
)

from search.admin.compiling import QueryCompiler
from search.admin.index import RANKS, WordIndex

__all__ = ["PostgreSQLBackend"]

_LETTERS = {"title": "A", "autocomplete": "B", "body": "D"}
_WEIGHTS = [0.1, 0.2, 0.3, 1.0]  # of D, C, B and A


class _Dialect:
    both = " & "
    either = " | "

    def word(self, word: str) -> str:
        return f"'{word}'"

    def beginning(self, word: str) -> str:
        return f"'{word}':*"

    def phrase(self, words: Sequence[str]) -> str:
        return f"({' <-> '.join(map(self.word, words))})"


class _Query(SearchQuery):
    """A condition as it is written."""

    def __init__(self, condition: str) -> None:
        super().__init__(condition, search_type="raw")

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **kwargs: Any) -> Any:
        sql, params = compiler.compile(self.get_source_expressions()[-1])
        return f"CAST({sql} AS tsquery)", params


class _Index(WordIndex, PostgresIndex):
    @staticmethod
    def column(words: list[str], rank: str) -> str:
        letter = _LETTERS[rank]
        return " ".join(f"'{word}':{place}{letter}" for place, word in enumerate(words, start=1))


class _Compiler(QueryCompiler):
    dialect = _Dialect()

    def matching(self, condition: str) -> QuerySet[Any]:
        names, summaries, others = (F(f"index_entries__{rank}") for rank in RANKS)
        words = _joined(_joined(names, summaries), others)
        found: QuerySet[Any] = self.queryset.annotate(_words=words)
        return found.filter(_words=_Query(condition))

    def ranked(
        self, matching: QuerySet[Any], condition: str, whole: str, field: str
    ) -> QuerySet[Any]:
        group = Case(
            When(index_entries__title=_Query(whole), then=3.0),
            When(index_entries__title=_Query(condition), then=2.0),
            When(_words=_Query(whole), then=1.0),
            default=0.0,
        )
        rank = SearchRank(F("_words"), _Query(condition), weights=_WEIGHTS)
        ranked: QuerySet[Any] = matching.annotate(**{field: group + rank})
        return ranked


def _joined(first: Any, second: Any) -> CombinedSearchVector:
    return CombinedSearchVector(first, "||", second, config=None)


class _TypingCompiler(_Compiler):
    typing = True


class PostgreSQLBackend(PostgresSearchBackend):
    """Wagtail's backend, with this project's words."""

    index_class = _Index
    query_compiler_class = _Compiler
    autocomplete_query_compiler_class = _TypingCompiler
