"""Menus."""

from __future__ import annotations

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from pydantic import Field

from cms.delivery import schemas
from cms.delivery.menus.tree import MenuTree, build_menu
from cms.delivery.models import Menu
from cms.delivery.parameters import LocaleCode, LocaleParameters, PublicPath
from cms.delivery.problems import Problem
from cms.delivery.routing import Routes, json_response
from cms.pages.exposed import Json
from cms.pages.scope import current_scope

__all__ = ["MenuParameters", "read_menu", "routes"]

routes = Routes("Menus")


class MenuParameters(LocaleParameters):
    """Whose menu, and where the reader is."""

    locale: LocaleCode | None = Field(
        default=None, description="Locale of the menu; left out: the default one."
    )
    path: PublicPath | None = Field(
        default=None, description="Where the reader is: marks the active trail."
    )


@routes.get("menus/{slug:handle}", answer=schemas.MENU)
def menu(request: HttpRequest, handle: str, parameters: MenuParameters) -> HttpResponse:
    """A menu as a tree, without what the public may not see."""
    found = read_menu(handle, parameters)
    if found is None:
        raise Problem("not-found")
    answer, tree = found
    return json_response(request, orjson.dumps(answer), tags=tree.tags, until=tree.until)


def read_menu(handle: str, parameters: MenuParameters) -> tuple[dict[str, Json], MenuTree] | None:
    """A menu as it is delivered, and what it was made from; None where there is none."""
    locale = parameters.locale or settings.LANGUAGE_CODE
    found = _find(handle, locale, parameters.fallback_locale)
    if found is None:
        return None
    tree = build_menu(found, locale, parameters.path, parameters.fallback)
    served = found.locale.language_code
    answer: dict[str, Json] = {
        "handle": found.handle,
        "locale": locale,
        **({"locale_served": served} if parameters.fallback is not None else {}),
        "title": found.title,
        "items": tree.items,
    }
    return answer, tree


def _find(handle: str, locale: str, fallback: str | None) -> Menu | None:
    """The menu in the locale, else in the fallback."""
    codes = [locale, *([fallback] if fallback else [])]
    codes = [code for code in codes if current_scope().has_locale(code)]
    rows = Menu.objects.filter(handle=handle, locale__language_code__in=codes)
    found = {row.locale.language_code: row for row in rows.select_related("locale")}
    return next((found[code] for code in codes if code in found), None)
