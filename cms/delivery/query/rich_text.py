"""Rich text in other forms: HTML as Markdown, or as a tree.

The tree is hast (the syntax tree of the unified collective): ``root``, ``element``, ``text``, which
frontend tools render as they are. The HTML comes from our own allow-list, so it is well-formed.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Literal

from markdownify import markdownify

from cms.pages.exposed import Json

__all__ = ["RichTextForm", "to_ast", "to_form", "to_markdown"]

RichTextForm = Literal["html", "markdown", "ast"]

_VOID = frozenset({"br", "hr"})


def to_form(html: str, form: RichTextForm) -> Json:
    """The HTML in the form that was asked for."""
    if form == "markdown":
        return to_markdown(html)
    return to_ast(html) if form == "ast" else html


def to_markdown(html: str) -> str:
    """CommonMark; what it has no mark for (``sup``, ``sub``) stays HTML, which it allows."""
    markdown: str = markdownify(
        html, heading_style="ATX", bullets="-", sup_symbol="<sup>", sub_symbol="<sub>"
    )
    return markdown.strip()


def to_ast(html: str) -> dict[str, Json]:
    """A hast tree: ``{"type": "root", "children": […]}``."""
    reader = _TreeReader()
    reader.feed(html)
    reader.close()
    return {"type": "root", "children": reader.root}


class _TreeReader(HTMLParser):
    """Builds the tree; an end tag that nothing opened is passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: list[Json] = []
        self._open: list[tuple[str, list[Json]]] = [("", self.root)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        children: list[Json] = []
        properties: dict[str, Json] = {name: value or "" for name, value in attrs}
        self._open[-1][1].append(
            {"type": "element", "tagName": tag, "properties": properties, "children": children}
        )
        if tag not in _VOID:
            self._open.append((tag, children))

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - names[::-1].index(tag) - 1 :]

    def handle_data(self, data: str) -> None:
        self._open[-1][1].append({"type": "text", "value": data})
