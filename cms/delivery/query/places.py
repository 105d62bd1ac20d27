"""Where the pages of a list stand, and in which locale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact

from cms.delivery.parameters import locale_codes
from cms.delivery.problems import Problem
from cms.pages.visibility import visible_documents

if TYPE_CHECKING:
    from cms.delivery.query.lists import ListParameters

__all__ = ["apply_place", "path_locale"]


def path_locale(path: str) -> str:
    """The locale that a public path is in: its first part, or the default one (no prefix)."""
    first = path.split("/", 2)[1]
    return first if first in locale_codes() else str(settings.LANGUAGE_CODE)


def apply_place(rows: QuerySet[Any], prefix: str, parameters: ListParameters) -> QuerySet[Any]:
    """The rows in the locales, below ``within`` and right below ``parent``.

    ``prefix`` leads from the rows' model to the document. With a locale, a place stands for its
    translations as well: ``within=/tin-tuc/&locale=en`` is what stands below the English section.
    """
    if parameters.locale is not None:
        rows = rows.filter(_in_locales(prefix, parameters.locale, parameters.fallback))
    elif parameters.fallback is not None:
        raise Problem("missing-parameter", "A fallback needs a locale.", parameter="locale")
    if parameters.within is not None:
        rows = rows.filter(_within(prefix, parameters.within, parameters))
    if parameters.parent is not None:
        rows = rows.filter(_below(prefix, parameters.parent, parameters.locale))
    return rows


def _in_locales(prefix: str, locale: str, fallback: str | None) -> Q:
    wanted = Q(**{f"{prefix}locale": locale})
    if fallback is None or fallback == locale:
        return wanted
    translated = visible_documents().filter(
        translation_key=OuterRef(f"{prefix}translation_key"), locale=locale
    )
    return wanted | (Q(**{f"{prefix}locale": fallback}) & ~Exists(translated))


def _within(prefix: str, path: str, parameters: ListParameters) -> Q:
    path = path if path.endswith("/") else f"{path}/"
    own = _path_below(f"{prefix}path", path) & Q(**{f"{prefix}locale": path_locale(path)})
    if parameters.locale is None or (
        parameters.fallback is None and parameters.locale == path_locale(path)
    ):
        return own
    keys = visible_documents().filter(path=path).values("translation_key")
    above = visible_documents().filter(
        Exact(StrIndex(OuterRef(f"{prefix}path"), F("path")), 1),
        locale=OuterRef(f"{prefix}locale"),
        translation_key__in=keys,
    )
    return own | Q(Exists(above.exclude(path=OuterRef(f"{prefix}path"))))


def _path_below(lookup: str, path: str) -> Q:
    """Paths that begin with ``path``, without itself."""
    if connection.vendor == "postgresql":
        return Q(**{f"{lookup}__startswith": path}) & ~Q(**{lookup: path})
    # By code point "0" follows "/": a range, which SQLite answers from the index.
    return Q(**{f"{lookup}__gt": path, f"{lookup}__lt": f"{path[:-1]}0"})


def _below(prefix: str, parent: str, locale: str | None) -> Q:
    parents = visible_documents()
    if parent.startswith("/"):
        parents = parents.filter(path=parent if parent.endswith("/") else f"{parent}/")
    else:
        parents = parents.filter(pk=int(parent))
    if locale is not None:
        parents = visible_documents().filter(translation_key__in=parents.values("translation_key"))
    return Q(**{f"{prefix}parent_id__in": parents.values("pk")})
