"""Which entries of the feed somebody wants: one rule for ``GET /changes`` and for webhooks."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Left, Length
from django.db.models.lookups import Exact

from cms.changes.models import Change

__all__ = ["Selection"]


@dataclass(frozen=True, slots=True)
class Selection:
    """Types, locales and a section of the site; what is left empty selects everything.

    What stands nowhere and is in no language (an image, a topic, a body) may be shown by any page:
    a section and locales let it through, and only ``types`` leaves it out. A page that moves out
    of the section is told of as well as one that comes in.
    """

    types: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    within: str = ""
    """The public path of a section, with a slash at its end; itself and all that stands below."""

    def apply(self, changes: QuerySet[Change]) -> QuerySet[Change]:
        """The selected ones among the entries."""
        if self.types:
            changes = changes.filter(type__in=self.types)
        if self.locales:
            changes = changes.filter(locale__in=[*self.locales, ""])
        if self.within:
            changes = changes.filter(
                Q(path="") | self._begins("path") | self._begins("previous_path")
            )
        return changes

    def _begins(self, field: str) -> Q:
        """Compared exactly: LIKE ignores case on SQLite."""
        return Q(Exact(Left(F(field), Length(Value(self.within))), Value(self.within)))
