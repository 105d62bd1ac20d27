"""JSON-LD of a page: its description and the way to it, as the text of a ``<script>`` element."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

import orjson
from django.conf import settings

from cms.delivery.query.places import path_locale
from cms.delivery.stored import Stored
from cms.pages.linked_data import describe, embeddable, links
from cms.pages.visibility import visible_documents

__all__ = ["LinkedData", "linked_data"]


class LinkedData(NamedTuple):
    """The text, and what it was made from beside the document."""

    text: str
    tags: list[str]
    until: datetime | None
    complete: bool
    """False where a page above can't be seen now: when it can, no tag here tells of it."""


def linked_data(row: Stored) -> LinkedData:
    """The JSON-LD of a whole document (``Stored`` in the form ``body``): one query."""
    document: dict[str, Any] = orjson.loads(row.content)
    addresses = links()
    paths = _above(document["path"])
    above = visible_documents().filter(path__in=paths, locale=row.locale)
    found = sorted(above.values_list("path", "title", "pk", "expires_at"))
    trail = [(path, title) for path, title, _, _ in found] + [(document["path"], document["title"])]
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
    moments = [moment for *_, moment in found if moment is not None]
    return LinkedData(
        embeddable({"@context": "https://schema.org", "@graph": graph}),
        [f"page:{pk}" for _, _, pk, _ in found],
        min([*moments, *([row.until] if row.until else [])], default=None),
        complete=len(found) == len(paths),
    )


def _above(path: str) -> list[str]:
    """The public paths above a path, its locale's root included; none above that."""
    if path == "/":
        return []
    parts = path.strip("/").split("/")[:-1]
    prefix = 0 if path_locale(path) == settings.LANGUAGE_CODE else 1
    return ["/".join(("", *parts[:end], "")) for end in range(prefix, len(parts) + 1)]
