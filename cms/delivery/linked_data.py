"""JSON-LD of pages: what each is and the way to it, as the text of a ``<script>`` element."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from django.conf import settings
from pydantic import Field

from cms.delivery.parameters import Parameters
from cms.delivery.query.places import path_locale
from cms.pages.linked_data import Links, describe, embeddable, links
from cms.pages.visibility import visible_documents

__all__ = ["IncludeParameters", "LinkedData", "linked_data"]


class IncludeParameters(Parameters):
    """What is added to a page where it is asked for."""

    include: Literal["json_ld"] | None = Field(
        default=None,
        description="`json_ld` adds the page's JSON-LD, as text that may stand in a `script` "
        "element as it is.",
    )


class LinkedData(NamedTuple):
    """The text, and what it was made from beside the document."""

    text: str
    tags: list[str]
    until: datetime | None
    """The first moment at which a page above is over."""
    complete: bool
    """False where a page above can't be seen now: when it can, no tag here tells of it."""


class _Above(NamedTuple):
    """A page above another."""

    path: str
    title: str
    pk: int
    expires_at: datetime | None


def linked_data(documents: Sequence[Mapping[str, Any]]) -> list[LinkedData]:
    """The JSON-LD of whole documents, one for each: one query for all."""
    paths = [_above(document["path"]) for document in documents]
    wanted = {path for ways in paths for path in ways}
    found: dict[tuple[str, str], _Above] = {}
    if wanted:
        rows = visible_documents().filter(path__in=wanted)
        columns = rows.values_list("locale", "path", "title", "pk", "expires_at")
        for locale, path, title, pk, expires_at in columns:
            found[locale, path] = _Above(path, title, pk, expires_at)
    addresses = links()
    described = []
    for document, ways in zip(documents, paths, strict=True):
        places = [(document["locale"], path) for path in ways]
        trail = [found[place] for place in places if place in found]
        described.append(
            LinkedData(
                _text(document, trail, addresses),
                [f"page:{one.pk}" for one in trail],
                min((one.expires_at for one in trail if one.expires_at), default=None),
                complete=len(trail) == len(ways),
            )
        )
    return described


def _text(document: Mapping[str, Any], above: Sequence[_Above], addresses: Links) -> str:
    trail = [(one.path, one.title) for one in above] + [(document["path"], document["title"])]
    graph = [
        describe(document, addresses),
        {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "name": title,
                    "item": addresses.page(path),
                }
                for position, (path, title) in enumerate(trail, start=1)
            ],
        },
    ]
    return embeddable({"@context": "https://schema.org", "@graph": graph})


def _above(path: str) -> list[str]:
    """The public paths above a path, from its locale's root on; none above that."""
    if path == "/":
        return []
    parts = path.strip("/").split("/")[:-1]
    prefix = 0 if path_locale(path) == settings.LANGUAGE_CODE else 1
    return ["/".join(("", *parts[:end], "")) for end in range(prefix, len(parts) + 1)]
