"""From a query of Wagtail's to a query set of Django's, for both databases."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.search.backends.base import BaseSearchQueryCompiler

from search.admin.conditions import Condition, ConditionBuilder, Dialect
from search.admin.glossaries import load_glossaries

__all__ = ["QueryCompiler"]


class QueryCompiler(BaseSearchQueryCompiler):
    """Searches all words of the objects, whether whole ones were asked for or a beginning.

    Which objects an editor may see is up to the query set, as everywhere in Wagtail.
    """

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True

    dialect: Dialect
    typing = False

    def get_config(self, backend: Any) -> None:
        """No configuration: Wagtail's result classes ask for one."""

    def condition(self, *, typing: bool) -> Condition:
        """What was asked for; ``typing``: the last word may be unfinished."""
        return ConditionBuilder(self.dialect, load_glossaries(), typing).build(self.query)

    def matching(self, condition: str) -> QuerySet[Any]:
        """The objects that meet the condition."""
        raise NotImplementedError

    def ranked(
        self, matching: QuerySet[Any], condition: str, whole: str, field: str
    ) -> QuerySet[Any]:
        """The same, each with its rank as ``field``: the higher, the better.

        First those whose names meet the condition, and before them those whose names meet it with
        the last word taken as a whole one (``whole``): "60" comes before "605". Then the others,
        in the same manner; within each group what the database's own ranking says.
        """
        raise NotImplementedError

    def search(
        self,
        config: None,
        start: int | None,
        stop: int | None,
        score_field: str | None = None,
        backend: Any = None,
    ) -> QuerySet[Any]:
        """The slice of what is found: the best first, unless the query set has its own order."""
        condition = self.condition(typing=self.typing)
        if condition is True:
            everything: QuerySet[Any] = self.queryset[start:stop]
            return everything
        found: QuerySet[Any] = self.queryset.none()
        if not condition:
            return found
        found = self.matching(condition)
        if self.order_by_relevance or score_field:
            whole = self.condition(typing=False)
            found = self.ranked(found, condition, str(whole), score_field or "_score")
        if self.order_by_relevance:
            found = found.order_by(f"-{score_field or '_score'}", "-pk")
        elif not found.query.order_by:
            found = found.order_by("-pk")  # the same on every page of results
        return found[start:stop]
