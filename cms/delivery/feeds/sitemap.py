"""The map of the site: every page that the public may see, with its translations (sitemaps.org).

Aliases are left out: what they show stands at another address, in the language that it is in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.urls import reverse

from cms.delivery.problems import Problem
from cms.pages.builder import format_time
from cms.pages.linked_data import Links, links
from cms.pages.visibility import visible_documents

__all__ = ["Sitemap", "read_sitemap"]

_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The XML, and the moment from which a page of it may be gone by itself."""

    body: bytes
    until: datetime | None


class _Page(NamedTuple):
    key: Any
    pk: int
    path: str
    locale: str
    updated: datetime | None


def read_sitemap(part: int | None) -> Sitemap:
    """The whole map, or the index of its parts where it is too large for one file; or a part.

    Raises Problem for a part that there isn't. Three queries at most.
    """
    size: int = settings.CMS_SITEMAP_PAGES
    found = _rows().aggregate(count=Count("pk"), until=Min("expires_at"))
    parts = max(1, -(-found["count"] // size))
    if part is not None and not 1 <= part <= parts:
        raise Problem("not-found")
    if part is None and parts > 1:
        return Sitemap(_index(parts, links()), found["until"])
    start = ((part or 1) - 1) * size
    return Sitemap(_urls(_pages(start, start + size), links()), found["until"])


def _rows() -> QuerySet[Any]:
    return visible_documents().filter(page__alias_of=None)


def _pages(start: int, end: int) -> Iterable[Sequence[_Page]]:
    """The pages of a part by translation: each with all that say the same in another language.

    A part holds whole groups, those that begin in it: groups at its ends are completed, or left to
    the part before, so that every page is in one part, beside its translations.
    """
    rows = _rows().order_by("translation_key", "pk")
    columns = rows.values_list("translation_key", "pk", "path", "locale", "updated_at")
    first = max(0, start - 1)
    found = [_Page(*row) for row in columns[first:end]]
    is_full = len(found) == end - first
    if start > 0:
        before, *found = found
        found = [page for page in found if page.key != before.key]
    if found and is_full:
        last = found[-1]
        rest = columns.filter(translation_key=last.key, pk__gt=last.pk)
        found += [_Page(*row) for row in rest]
    return [list(group) for _, group in groupby(found, key=itemgetter(0))]


def _index(parts: int, addresses: Links) -> bytes:
    address = addresses.media(reverse("api-sitemap"))
    entries = [
        f"<sitemap><loc>{address}?part={number}</loc></sitemap>\n" for number in range(1, parts + 1)
    ]
    return _HEAD + f"<sitemapindex {_NAMESPACE}>\n{''.join(entries)}</sitemapindex>\n".encode()


def _urls(groups: Iterable[Sequence[_Page]], addresses: Links) -> bytes:
    entries = [
        entry for group in groups for entry in _entries(sorted(group, key=_in_order), addresses)
    ]
    namespaces = f'{_NAMESPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return _HEAD + f"<urlset {namespaces}>\n{''.join(entries)}</urlset>\n".encode()


def _in_order(page: _Page) -> tuple[bool, str]:
    return page.locale != settings.LANGUAGE_CODE, page.locale


def _entries(group: Sequence[_Page], addresses: Links) -> Iterable[str]:
    located = [(page, addresses.page(quote(page.path))) for page in group]
    alternates = ""
    if len(located) > 1:
        named = [(page.locale, address) for page, address in located]
        named.append(("x-default", located[0][1]))
        alternates = "".join(
            f'<xhtml:link rel="alternate" hreflang="{locale}" href="{address}"/>'
            for locale, address in named
        )
    for page, address in located:
        updated = format_time(page.updated)
        lastmod = f"<lastmod>{updated}</lastmod>" if updated else ""
        yield f"<url><loc>{address}</loc>{lastmod}{alternates}</url>\n"
