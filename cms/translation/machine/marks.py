"""Codes as numbered marks in plain text, for who reads no XML: ``<1>…</1>``, ``<2/>``."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final

from django.utils.translation import gettext

from cms.translation.codes import (
    BrokenCodesError,
    Content,
    Marked,
    MarkedContent,
    Tag,
    codes_of,
    number,
    parse_html,
    restore,
)

__all__ = ["from_marks", "to_marks"]

_MARK: Final = re.compile(r"<(/?)(\d{1,5})(/?)>")


def to_marks(html: str) -> str:
    """A segment with marks for its codes."""
    content = parse_html(html)
    codes = codes_of(content)
    return _write(number(content, codes), codes)


def from_marks(text: str, codes: list[Tag]) -> Content:
    """The segment again. Raises BrokenCodesError unless each code is there once and they nest."""
    opened: list[tuple[int, list[str | Marked]]] = [(0, [])]
    at = 0
    for match in _MARK.finditer(text):
        _add(opened[-1][1], text[at : match.start()])
        at = match.end()
        closing, mark, alone = match[1], int(match[2]), match[3]
        if closing:
            if opened[-1][0] != mark or len(opened) == 1:
                raise BrokenCodesError(
                    gettext("</%(tag)s> closes nothing that is open") % {"tag": mark}
                )
            _number, content = opened.pop()
            opened[-1][1].append(Marked(mark, tuple(content)))
        elif alone:
            opened[-1][1].append(Marked(mark))
        else:
            opened.append((mark, []))
    _add(opened[-1][1], text[at:])
    if len(opened) > 1:
        raise BrokenCodesError(gettext("<%(tag)s> is not closed") % {"tag": opened[-1][0]})
    return restore(tuple(opened[0][1]), codes)


def _write(marked: MarkedContent, codes: list[Tag]) -> str:
    parts: list[str] = []
    for node in marked:
        if isinstance(node, str):
            parts.append(escape(node, quote=False))
        elif codes[node.number - 1][0] == "br":
            parts.append(f"<{node.number}/>")
        else:
            parts.append(f"<{node.number}>{_write(node.content, codes)}</{node.number}>")
    return "".join(parts)


def _add(content: list[str | Marked], text: str) -> None:
    if text:
        content.append(unescape(text))
