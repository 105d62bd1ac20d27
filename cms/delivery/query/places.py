"""Where the pages of a list stand, and in which locale."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import connection
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact

from cms.delivery.parameters import locale_codes
from cms.delivery.problems import Problem
from cms.delivery.query.prepared import Slot
from cms.pages.section_policies import NO_POLICIES, STANDING_IN, Policies, load_policies

if TYPE_CHECKING:
    from cms.delivery.query.lists import ListParameters

__all__ = ["Place", "path_locale"]


def path_locale(path: str) -> str:
    """The locale that a public path is in: its first part, or the default one (no prefix)."""
    first = path.split("/", 2)[1]
    return first if first in locale_codes() else str(settings.LANGUAGE_CODE)


def _text(name: str) -> Slot:
    return Slot(name, TextField())


@dataclass(frozen=True, slots=True)
class Place:
    """The locales, ``within`` and ``parent`` of a list: what is asked for, and with which values.

    With a locale, a place stands for its translations as well: ``within=/tin-tuc/&locale=en`` is
    what stands below the English section.
    """

    in_locale: bool = False
    falls_back: bool = False
    policies: Policies = NO_POLICIES
    """Where sources stand in for translations though no fallback is asked for."""
    within: bool = False
    within_translations: bool = False
    parent: str = ""
    """``pk``, ``path`` or nothing."""
    values: dict[str, Any] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, parameters: ListParameters) -> Self:
        """The place that the parameters name; raises Problem for a fallback without a locale."""
        locale, fallback, values = parameters.locale, parameters.fallback, dict[str, Any]()
        if fallback is not None and locale is None:
            raise Problem("missing-parameter", "A fallback needs a locale.", parameter="locale")
        falls_back = parameters.fallback_locale not in (None, locale)
        policies = NO_POLICIES
        if locale is not None and parameters.leaves_it_to_sections:
            policies = load_policies(locale).only(STANDING_IN)
        values |= {"locale": locale, "fallback": fallback}
        translated = False
        if parameters.within is not None:
            path = _with_slash(parameters.within)
            # By code point "0" follows "/": a range, which SQLite answers from the index.
            values |= {"within": path, "within_end": f"{path[:-1]}0"}
            values["within_locale"] = path_locale(path)
            falls = falls_back or policies.are_any
            translated = locale is not None and (falls or locale != path_locale(path))
        parent, kind = parameters.parent, ""
        if parent is not None:
            kind = "path" if parent.startswith("/") else "pk"
            values["parent"] = _with_slash(parent) if kind == "path" else int(parent)
        return cls(
            in_locale=locale is not None,
            falls_back=falls_back,
            policies=policies,
            within=parameters.within is not None,
            within_translations=translated,
            parent=kind,
            values=values,
        )

    @property
    def shape(self) -> Hashable:
        """What the place's SQL depends on."""
        return (
            self.in_locale, self.falls_back, self.policies, self.within, self.within_translations,
            self.parent,
        )  # fmt: skip

    def apply(self, rows: QuerySet[Any], prefix: str, visible: QuerySet[Any]) -> QuerySet[Any]:
        """The rows at the place; ``prefix`` leads from the rows' model to the document."""
        if self.in_locale:
            rows = rows.filter(self._in_locales(prefix, visible))
        if self.within:
            rows = rows.filter(self._within(prefix, visible))
        if self.parent:
            rows = rows.filter(**{f"{prefix}parent_id__in": self._parents(visible)})
        return rows

    def _in_locales(self, prefix: str, visible: QuerySet[Any]) -> Q:
        wanted = Q(**{f"{prefix}locale": _text("locale")})
        instead: Q | None = Q(**{f"{prefix}locale": _text("fallback")})
        if not self.falls_back:
            # A page model's own rows have the tree path, a document its page's.
            instead = self.policies.condition("path" if prefix else "page__path", STANDING_IN)
        if instead is None:
            return wanted
        key = OuterRef(f"{prefix}translation_key")
        translated = Exists(visible.filter(translation_key=key, locale=_text("locale")))
        return wanted | (instead & ~Q(translated))

    def _within(self, prefix: str, visible: QuerySet[Any]) -> Q:
        own = _below(f"{prefix}path") & Q(**{f"{prefix}locale": _text("within_locale")})
        if not self.within_translations:
            return own
        path = OuterRef(f"{prefix}path")
        keys = visible.filter(path=_text("within")).values("translation_key")
        above = visible.filter(
            Exact(StrIndex(path, F("path")), 1),
            locale=OuterRef(f"{prefix}locale"),
            translation_key__in=keys,
        )
        return own | Q(Exists(above.exclude(path=path)))

    def _parents(self, visible: QuerySet[Any]) -> QuerySet[Any]:
        is_path = self.parent == "path"
        slot = Slot("parent", TextField() if is_path else BigIntegerField())
        parents = visible.filter(**{self.parent: slot})
        if self.in_locale:
            parents = visible.filter(translation_key__in=parents.values("translation_key"))
        return parents.values("pk")


def _with_slash(path: str) -> str:
    return path if path.endswith("/") else f"{path}/"


def _below(lookup: str) -> Q:
    """Paths that begin with ``within``, without itself."""
    if connection.vendor == "postgresql":  # whose collation isn't by code point
        begins = Q(Exact(StrIndex(F(lookup), _text("within")), 1))
        return begins & ~Q(**{lookup: _text("within")})
    return Q(**{f"{lookup}__gt": _text("within"), f"{lookup}__lt": _text("within_end")})
