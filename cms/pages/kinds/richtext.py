"""The kind of rich text: HTML with resolved links, through an allow-list."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import nh3
from wagtail.rich_text.rewriters import EmbedRewriter, LinkRewriter, MultiRuleRewriter

from cms.pages.exposed import Json, JsonSchema
from cms.pages.kinds.base import Intake, IntakeError, Kind
from cms.pages.kinds.text import check_text

if TYPE_CHECKING:
    from cms.pages.build import Build
    from cms.pages.kinds.definitions import Definitions

__all__ = ["ALLOWED_TAGS", "RichTextKind", "clean_html", "plain_text"]

ALLOWED_TAGS: frozenset[str] = frozenset(
    {"a", "abbr", "b", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "hr", "i", "li"}
    | {"ol", "p", "s", "strong", "sub", "sup", "u", "ul"}
)
_ATTRIBUTES: dict[str, set[str]] = {"a": {"href", "title"}, "abbr": {"title"}, "ol": {"start"}}
_TAG = re.compile(r"<[^>]*>")
"""In clean HTML, where neither text nor an attribute has a bare ``>``."""
_SCHEMES: set[str] = {"http", "https", "mailto", "tel"}


def clean_html(markup: str) -> str:
    """The markup without anything that isn't on the allow-list (tags, attributes, schemes)."""
    return nh3.clean(
        markup,
        tags=set(ALLOWED_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        generic_attribute_prefixes=set(),
    )


def plain_text(markup: str) -> str:
    """The words of a piece of clean HTML, a space for each tag."""
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())


class RichTextKind(Kind):
    """Stored rich text; a link to a page that the public may not see loses its link."""

    translatable = True

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return {"type": "string", "format": "html"}

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return clean_html(_resolve(_source(value), build))

    def write(self, source: Any, data: Json, intake: Intake) -> str:
        if data is None:
            return ""
        if not isinstance(data, str):
            raise IntakeError("HTML text is expected")
        return intake.rich_text(clean_html(check_text(data)))

    def text(self, source: Any, data: Any) -> Iterator[str]:
        if words := plain_text(data or ""):
            yield words


def _source(value: Any) -> str:
    """The stored HTML of a RichTextField (text) or a RichTextBlock (a RichText)."""
    return str(getattr(value, "source", value) or "")


def _resolve(stored: str, build: Build) -> str:
    """Puts public addresses where stored rich text has ids."""

    def page_link(attributes: dict[str, str]) -> str:
        page_id = attributes.get("id", "")
        path = build.path(int(page_id)) if page_id.isdecimal() else None
        return f'<a href="{html.escape(path)}">' if path else "<a>"

    def no_link(attributes: dict[str, str]) -> str:
        return "<a>"

    def nothing(attributes: dict[str, str]) -> str:
        return ""

    links = LinkRewriter({"page": page_link, "document": no_link}, {}, {})
    embeds = EmbedRewriter({"image": nothing, "media": nothing}, {}, {})
    return str(MultiRuleRewriter([links, embeds])(stored))
