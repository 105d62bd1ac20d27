"""A section's newest pages, as a feed tells of them in any of its forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

import orjson
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from pydantic import Field

from cms.delivery.parameters import (
    NO_FALLBACK,
    Limit,
    LocaleCode,
    LocaleParameters,
    Names,
    Parameters,
    PublicPath,
)
from cms.delivery.problems import Problem
from cms.delivery.query.lists import ListParameters, list_pages, page_types
from cms.delivery.query.places import path_locale
from cms.delivery.stored import Stored, find_document
from cms.delivery.translations import in_locale, path_in_locale
from cms.pages.linked_data import Links, describe, links
from cms.pages.models import ContentPage
from cms.plugins.registry import registry

__all__ = ["Feed", "FeedParameters", "Item", "read_feed"]

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class FeedParameters(Parameters):
    """Which pages a feed tells of."""

    within: PublicPath | None = Field(
        default=None, description="Everything below the page with this path; left out: all."
    )
    locale: LocaleCode | None = Field(
        default=None, description="Locale of the pages; left out: that of `within`."
    )
    type: Names | None = Field(
        default=None,
        description="Content types, with commas between them; left out: all but sections.",
    )
    limit: Limit = Field(default=20, description="Most pages to tell of.")


@dataclass(frozen=True, slots=True)
class Item:
    """One page."""

    id: str
    url: str
    title: str
    summary: str
    image: str | None
    published: datetime
    updated: datetime
    authors: list[str]
    tags: list[str]


@dataclass(slots=True)
class Feed:
    """A section's feed, and what it was made from."""

    title: str
    url: str
    address: str
    """The feed's own."""
    description: str
    locale: str
    updated: datetime
    items: list[Item] = field(default_factory=list)
    depends_on: set[str] = field(default_factory=set)
    until: datetime | None = None


def read_feed(parameters: FeedParameters, form: str) -> Feed:
    """The feed, the newest publication first; raises Problem for a section that isn't there.

    Four queries at most, whatever the number of pages.
    """
    types = _types(parameters.type)
    locale = parameters.locale or path_locale(parameters.within or "/")
    section = _section(parameters.within, locale)
    content = orjson.loads(section.content)
    found = list_pages(
        ListParameters(
            within=content["path"],
            locale=locale,
            fallback=NO_FALLBACK,  # a feed has no place for a notice
            type=tuple(types),
            limit=parameters.limit,
            fields=("*",),
        )
    )
    addresses = links()
    items = [_item(orjson.loads(row.content), addresses) for row in found.rows]
    query = {
        name: ",".join(value) if isinstance(value, tuple) else value
        for name, value in parameters.model_dump(exclude_unset=True).items()
        if value is not None
    }
    address = addresses.media(reverse("api-feed", args=[form]))
    return Feed(
        title=content["title"],
        url=addresses.page(content["path"]),
        address=f"{address}?{urlencode(query)}" if query else address,
        description=describe(content, addresses).get("description", ""),
        locale=locale,
        updated=max([item.updated for item in items], default=_moment(content["updated_at"])),
        items=items,
        depends_on={
            *(f"type:{name}" for name in types),
            *(tag for row in (section, *found.rows) for tag in (f"page:{row.pk}", *row.tags)),
        },
        until=_earliest([section, *found.rows]),
    )


def _types(names: Sequence[str] | None) -> list[str]:
    """The named types, or those that are told of where none are named."""
    if names is not None:
        return [one.name for one in page_types(names)]
    every = registry.pages()
    return [one.name for one in every if cast("type[ContentPage]", one.model).in_feeds]


def _section(within: str | None, locale: str) -> Stored:
    path = within or path_in_locale("/", locale)
    row = find_document(path=path if path.endswith("/") else f"{path}/")
    found = in_locale(row, LocaleParameters(locale=locale, fallback=NO_FALLBACK))
    if found is None:
        raise Problem("not-found")
    return found


def _item(document: dict[str, Any], addresses: Links) -> Item:
    data = describe(document, addresses)
    author = data.get("author") or data.get("legislationPassedBy")
    published = _moment(document["published_at"])
    host = urlsplit(addresses.frontend).hostname
    return Item(
        # RFC 4151; the page's number, so that it is the same page after a move.
        id=f"tag:{host},{published:%Y-%m-%d}:/pages/{document['id']}",
        url=addresses.page(document["path"]),
        title=document["title"],
        summary=data.get("description") or "",
        image=_image_address(data),
        published=published,
        updated=max(published, _moment(document["updated_at"])),
        authors=[author["name"]] if author else [],
        tags=list(data.get("keywords", ())),
    )


def _image_address(data: dict[str, Any]) -> str | None:
    """The address of the description's first image."""
    image = data.get("image") or data.get("thumbnail")
    first = image[0] if isinstance(image, list) else image
    return str(first["url"]) if first else None


def _moment(text: str | None) -> datetime:
    """A document's time; one that was never published through the admin has none."""
    return (parse_datetime(text) if text else None) or _LONG_AGO


def _earliest(rows: Sequence[Stored]) -> datetime | None:
    return min((row.until for row in rows if row.until is not None), default=None)
