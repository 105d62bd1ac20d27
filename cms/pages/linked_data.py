"""What a page is in the words of schema.org, worked out from its published document.

The document has passed the gate and names whatever it was built from, so its description reads
nothing else: a page type says in ``ContentPage.linked_data`` what its fields mean, and JSON-LD and
the feeds are readers of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import orjson
from django.conf import settings
from django.utils.html import strip_tags

from cms.pages.models import ContentPage
from cms.plugins.registry import registry

__all__ = ["Links", "describe", "embeddable", "links"]

_ESCAPES = {
    ord(character): f"\\u{ord(character):04x}" for character in ("<", ">", "&", "\u2028", "\u2029")
}
_MAX_TEXT = 5_000  # characters


@dataclass(frozen=True, slots=True)
class Links:
    """Makes whole addresses and common parts of descriptions out of what documents hold."""

    frontend: str
    """Where readers see the pages: ``https://portal.example.vn``."""
    api: str
    """Where this server is: images and files."""

    def page(self, path: str) -> str:
        """The whole address of a public path."""
        return f"{self.frontend}{path}"

    def media(self, address: str) -> str:
        """The whole address of an image or a file."""
        return f"{self.api}{address}"

    def image(self, image: Mapping[str, Any] | None, caption: str = "") -> dict[str, Any] | None:
        """An ``ImageObject`` of a delivered image, in the largest of its files."""
        if not image or not image["presets"]:
            return None
        largest = max(image["presets"].values(), key=lambda preset: preset["width"])
        return {
            "@type": "ImageObject",
            "url": self.media(largest["src"]),
            "width": largest["width"],
            "height": largest["height"],
            "caption": caption or image["alt"],
            "creditText": image["credit"],
        }

    def file(self, file: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """A ``MediaObject`` of a delivered file."""
        if not file:
            return None
        return {
            "@type": "MediaObject",
            "name": file["title"],
            "contentUrl": self.media(file["url"]),
            "encodingFormat": file["media_type"],
            "sha256": file["sha256"],
        }

    def organisation(self, body: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """An ``Organization`` of a delivered one."""
        return {"@type": "Organization", "name": body["name"]} if body else None

    def person(self, person: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """A ``Person`` of a delivered one."""
        if not person:
            return None
        return {
            "@type": "Person", "name": person["full_name"], "jobTitle": person["position"],
        }  # fmt: skip

    def names(self, records: Iterable[Mapping[str, Any]] | None) -> list[str]:
        """The names of delivered records: topics."""
        return [str(record["name"]) for record in records or ()]

    def text(self, blocks: Iterable[Mapping[str, Any]] | None) -> str:
        """The paragraphs of a delivered stream as plain text, of limited length."""
        paragraphs = [
            strip_tags(str(block["value"])).strip()
            for block in blocks or ()
            if block["type"] == "paragraph"
        ]
        return "\n".join(filter(None, paragraphs))[:_MAX_TEXT]


def links() -> Links:
    """The addresses of this installation, which come from its settings and never from a request."""
    api = str(settings.WAGTAILADMIN_BASE_URL)
    return Links(frontend=settings.CMS_FRONTEND_URL or api, api=api)


def describe(document: Mapping[str, Any], links: Links) -> dict[str, Any]:
    """The description of a page by its whole document; without what is empty."""
    model = cast("type[ContentPage]", registry.get(document["type"]).model)
    url = links.page(document["path"])
    common = {
        "@type": "WebPage",
        "@id": url,
        "url": url,
        "name": document["title"],
        "description": document["seo"]["description"],
        "inLanguage": _language(document),
        "datePublished": document["published_at"],
        "dateModified": document["updated_at"],
    }
    own = {name: value for name, value in model.linked_data(document, links).items() if value}
    described: dict[str, Any] = _without_empty({**common, **own})
    return described


def _language(document: Mapping[str, Any]) -> str:
    """The language that the text is in: an alias has its source's."""
    translation = document["translation"]
    is_alias = translation is not None and translation["status"] == "missing"
    return str(settings.LANGUAGE_CODE if is_alias else document["locale"])


def _without_empty(value: Any) -> Any:
    """The value without empty members, however deep."""
    if isinstance(value, dict):
        inner = {name: _without_empty(one) for name, one in value.items()}
        return {name: one for name, one in inner.items() if one not in (None, "", [], {})}
    if isinstance(value, list):
        return [one for one in map(_without_empty, value) if one not in (None, "", [], {})]
    return value


def embeddable(data: Any) -> str:
    """JSON that may stand between ``<script>`` and ``</script>`` as it is.

    What could end the element or begin a comment is escaped; JSON reads it the same.
    """
    return orjson.dumps(data).decode().translate(_ESCAPES)
