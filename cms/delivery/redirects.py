"""Redirects: old addresses and where they lead in the end, through the visibility gate.

A chain is followed to its end, so that a client makes one hop. A redirect whose end is a page that
the public may not see, a path where nothing stands, or a loop, does not exist.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.contrib.redirects.models import Redirect

from cms.pages.visibility import visible_documents

__all__ = ["MAX_HOPS", "Target", "find_redirect", "follow", "portal_redirects"]

MAX_HOPS = 8


@dataclass(frozen=True, slots=True)
class Target:
    """The end of a chain; ``page_id`` is None for an address outside the portal."""

    location: str
    permanent: bool
    page_id: int | None = None


def portal_redirects() -> QuerySet[Any]:
    """The portal's redirects; those to pages that the public may not see are left out."""
    visible = Q(redirect_page__in=visible_documents().values("pk"))
    link = Q(redirect_page=None) & ~Q(redirect_link="")
    rows: QuerySet[Any] = Redirect.objects.filter(_of_portal()).filter(visible | link)
    return rows


def _of_portal() -> Q:
    return Q(site__is_default_site=True) | Q(site=None)


def find_redirect(path: str) -> Target | None:
    """Where the redirect from a path leads; None where there is none that the public may follow."""
    found = portal_redirects().filter(old_path=Redirect.normalise_path(path)).order_by("site", "pk")
    redirect = found.first()
    if redirect is None:
        return None
    target = follow([redirect]).get(redirect.pk)
    return None if target is None or target.location == path else target


def follow(redirects: Collection[Any]) -> dict[int, Target]:
    """The target of each redirect that has one, by the redirect's id.

    At most three queries a hop for any number of redirects, and :data:`MAX_HOPS` hops.
    """
    targets: dict[int, Target] = {}
    waiting = {redirect.pk: (redirect, bool(redirect.is_permanent)) for redirect in redirects}
    for _hop in range(MAX_HOPS):
        if not waiting:
            break
        waiting = _hop_on(waiting, targets)
    return targets


type _Waiting = dict[int, tuple[Any, bool]]


def _hop_on(waiting: _Waiting, targets: dict[int, Target]) -> _Waiting:
    """Settles what leads to a page or out of the portal; returns what leads to a redirect."""
    by_id, by_path = _destinations([redirect for redirect, _ in waiting.values()])
    onwards: dict[int, tuple[str, bool]] = {}
    for key, (redirect, permanent) in waiting.items():
        link = str(redirect.redirect_link)
        if redirect.redirect_page_id is not None:
            path = by_id.get(redirect.redirect_page_id)
            if path is not None:
                location = path.rstrip("/") + (redirect.redirect_page_route_path or "/")
                targets[key] = Target(location, permanent, redirect.redirect_page_id)
        elif not link.startswith("/") or link.startswith("//"):
            targets[key] = Target(link, permanent)
        elif (found := by_path.get(_page_path(link))) is not None:
            targets[key] = Target(_page_path(link), permanent, found)
        else:
            onwards[key] = (Redirect.normalise_path(link), permanent)
    if not onwards:
        return {}
    next_ones = portal_redirects().filter(old_path__in={path for path, _ in onwards.values()})
    by_old_path = {one.old_path: one for one in next_ones.order_by("-site", "-pk")}
    return {
        key: (by_old_path[path], permanent and by_old_path[path].is_permanent)
        for key, (path, permanent) in onwards.items()
        if path in by_old_path
    }


def _destinations(redirects: Iterable[Any]) -> tuple[dict[int, str], dict[str, int]]:
    """Visible pages among the destinations: paths by id, and ids by path."""
    ids, paths = set(), set()
    for redirect in redirects:
        if redirect.redirect_page_id is not None:
            ids.add(redirect.redirect_page_id)
        elif str(redirect.redirect_link).startswith("/"):
            paths.add(_page_path(str(redirect.redirect_link)))
    if not ids and not paths:
        return {}, {}
    rows = visible_documents().filter(Q(pk__in=ids) | Q(path__in=paths))
    found = list(rows.values_list("pk", "path"))
    return dict(found), {path: pk for pk, path in found}


def _page_path(link: str) -> str:
    """The public path that an internal link means: without query and fragment."""
    path = link.partition("#")[0].partition("?")[0]
    return path if path.endswith("/") else f"{path}/"
