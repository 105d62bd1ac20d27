"""The admin's search on SQLite: its full-text index, FTS5."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import F, FloatField, Func, QuerySet
from django.db.models.expressions import RawSQL
from modelsearch.backends.database.sqlite.sqlite import SQLiteIndex, SQLiteSearchBackend
from modelsearch.utils import get_descendants_content_types_pks

from search.admin.compiling import QueryCompiler
from search.admin.index import WordIndex

__all__ = ["SQLiteBackend"]

_FOUND = """
    FROM wagtailsearch_indexentry_fts
    JOIN wagtailsearch_indexentry AS entry ON entry.id = wagtailsearch_indexentry_fts.rowid
    WHERE wagtailsearch_indexentry_fts MATCH %s
      AND entry.content_type_id IN (SELECT value FROM json_each(%s))
"""
_IDS = f"SELECT entry.object_id {_FOUND}"
_MET = """entry.id IN (
    SELECT rowid FROM wagtailsearch_indexentry_fts WHERE wagtailsearch_indexentry_fts MATCH %s
)"""
# FTS5 gives the best entry the lowest number below 0; its columns are autocomplete, body and title.
# LIMIT keeps the ranked entries a table, made once, where FTS5 would be asked again for each row.
_RANKED = f"""
    SELECT entry.object_id,
           CASE WHEN {_MET} THEN 3 WHEN {_MET} THEN 2 WHEN {_MET} THEN 1 ELSE 0 END + 1
           - 1 / (1 - bm25(wagtailsearch_indexentry_fts, 3, 1, 10)) AS score
    {_FOUND} LIMIT -1
"""


class _Dialect:
    both = " AND "
    either = " OR "

    def word(self, word: str) -> str:
        return f'"{word}"'

    def beginning(self, word: str) -> str:
        return f'"{word}"*'

    def phrase(self, words: Sequence[str]) -> str:
        return f'"{" ".join(words)}"'


class _Index(WordIndex, SQLiteIndex):
    @staticmethod
    def column(words: list[str], rank: str) -> str:
        return " ".join(words)


class _Rank(Func):
    """The rank of the object whose primary key is given."""

    output_field = FloatField()
    template = f"""(
        SELECT score FROM ({_RANKED.replace("%s", "%%s")}) AS ranked
        WHERE ranked.object_id = CAST(%(expressions)s AS text)
    )"""  # noqa: S608 - this module's own text

    def __init__(self, key: Any, params: Sequence[Any]) -> None:
        super().__init__(key)
        self.params = params

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        sql, params = super().as_sql(*args, **kwargs)
        return sql, [*self.params, *params]


class _Compiler(QueryCompiler):
    dialect = _Dialect()

    def matching(self, condition: str) -> QuerySet[Any]:
        ids = RawSQL(_IDS, self._params(condition))  # noqa: S611 - this module's own text
        found: QuerySet[Any] = self.queryset.filter(pk__in=ids)
        return found

    def ranked(
        self, matching: QuerySet[Any], condition: str, whole: str, field: str
    ) -> QuerySet[Any]:
        groups = [f"title : {whole}", f"title : {condition}", whole]
        rank = _Rank(F("pk"), [*groups, *self._params(condition)])
        ranked: QuerySet[Any] = matching.annotate(**{field: rank})
        return ranked

    def _params(self, condition: str) -> list[Any]:
        return [condition, json.dumps(get_descendants_content_types_pks(self.queryset.model))]


class _TypingCompiler(_Compiler):
    typing = True


class SQLiteBackend(SQLiteSearchBackend):
    """Wagtail's backend, with this project's words."""

    index_class = _Index
    query_compiler_class = _Compiler
    autocomplete_query_compiler_class = _TypingCompiler
