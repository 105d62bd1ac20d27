"""The inline codes of a segment: what stands in it besides words, and has to come back.

A segment is HTML of inline tags without attributes, save for the ``id`` of a link
(``wagtail_localize.strings``). Files and machines get numbers in place of tags: a code's number is
its place among the codes of the *source*, so nothing that comes back can name a tag that the source
doesn't have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from django.utils.translation import gettext

__all__ = [
    "BrokenCodesError",
    "Code",
    "Content",
    "Marked",
    "MarkedContent",
    "Tag",
    "codes_of",
    "compare_codes",
    "number",
    "parse_html",
    "plain_text",
    "render_html",
    "restore",
]

_EMPTY = frozenset({"br"})
_DEPTH = 50

type Tag = tuple[str, str]
"""A tag's name, and its ``id`` or nothing."""


@dataclass(frozen=True, slots=True)
class Code:
    """A tag with what it encloses; a line break encloses nothing."""

    tag: Tag
    content: Content = ()

    @property
    def is_empty(self) -> bool:
        """Whether the tag can't enclose anything."""
        return self.tag[0] in _EMPTY


@dataclass(frozen=True, slots=True)
class Marked:
    """The same with the number of the code in place of the tag."""

    number: int
    content: MarkedContent = ()


type Content = tuple[str | Code, ...]
type MarkedContent = tuple[str | Marked, ...]


class BrokenCodesError(ValueError):
    """Codes that don't nest, or aren't those of the source."""


class _Reader(HTMLParser):
    """Reads strictly: what a browser would mend is refused, since it isn't what somebody meant."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[Tag, list[str | Code]]] = [(("", ""), [])]

    def handle_data(self, data: str) -> None:
        _add(self.open[-1][1], data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.pop("id", None) or ""
        if values:
            text = gettext("<%(tag)s> has attributes: %(names)s")
            raise BrokenCodesError(text % {"tag": tag, "names": ", ".join(values)})
        if tag in _EMPTY:
            self.open[-1][1].append(Code((tag, name)))
            return
        if len(self.open) > _DEPTH:
            text = gettext("tags stand more than %(depth)s deep in each other")
            raise BrokenCodesError(text % {"depth": _DEPTH})
        self.open.append(((tag, name), []))

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        if self.open[-1][0][0] != tag or len(self.open) == 1:
            text = gettext("</%(tag)s> closes nothing that is open")
            raise BrokenCodesError(text % {"tag": tag})
        opened, content = self.open.pop()
        self.open[-1][1].append(Code(opened, tuple(content)))

    def handle_comment(self, data: str) -> None:
        raise BrokenCodesError(gettext("there is a comment or a declaration"))

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)


def parse_html(html: str) -> Content:
    """Reads a segment. Raises BrokenCodesError for tags that don't nest or have attributes."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if len(reader.open) > 1:
        text = gettext("<%(tag)s> is not closed")
        raise BrokenCodesError(text % {"tag": reader.open[-1][0][0]})
    return tuple(reader.open[0][1])


def render_html(content: Content) -> str:
    """Writes a segment as wagtail-localize does."""
    parts: list[str] = []
    for node in content:
        if isinstance(node, str):
            parts.append(escape(node, quote=False))
            continue
        name, ident = node.tag
        attribute = f' id="{escape(ident)}"' if ident else ""
        if node.is_empty:
            parts.append(f"<{name}{attribute}/>")
        else:
            parts.append(f"<{name}{attribute}>{render_html(node.content)}</{name}>")
    return "".join(parts)


def codes_of(content: Content) -> list[Tag]:
    """The tags in the order in which they begin; the first has number 1."""
    return [node.tag for node in _walk(content)]


def plain_text(html: str) -> str:
    """The words of a segment; a line break is a space. What can't be read as HTML is text."""
    if "<" not in html and "&" not in html:
        return html
    try:
        content = parse_html(html)
    except BrokenCodesError:
        return html
    return "".join(_words(content))


def number(content: Content, codes: list[Tag]) -> MarkedContent:
    """Puts numbers for tags: each takes the first unused number of its like among ``codes``.

    What ``codes`` doesn't have, or not so often, gets a number above theirs.
    """
    free: dict[Tag, list[int]] = {}
    for place, tag in enumerate(codes, start=1):
        free.setdefault(tag, []).append(place)
    extra = iter(range(len(codes) + 1, len(codes) + 10_000))

    def mark(nodes: Content) -> MarkedContent:
        marked: list[str | Marked] = []
        for node in nodes:
            if isinstance(node, str):
                marked.append(node)
                continue
            places = free.get(node.tag)
            own = places.pop(0) if places else next(extra)
            marked.append(Marked(own, mark(node.content)))
        return tuple(marked)

    return mark(content)


def restore(marked: MarkedContent, codes: list[Tag]) -> Content:
    """Puts the tags back. Raises BrokenCodesError where the codes aren't all there, each once."""
    found = Counter(_numbers(marked))
    unknown = [n for n in found if not 0 < n <= len(codes)]
    repeated = [n for n, times in found.items() if times > 1]
    absent = [place for place in range(1, len(codes) + 1) if place not in found]
    problems = [gettext("code %(code)s is not the source's") % {"code": n} for n in unknown]
    problems += [gettext("code %(code)s stands there twice") % {"code": n} for n in repeated]
    problems += [
        gettext("code %(code)s (<%(tag)s>) is missing") % {"code": n, "tag": codes[n - 1][0]}
        for n in absent
    ]
    if problems:
        raise BrokenCodesError("; ".join(problems))

    def unmark(nodes: MarkedContent) -> Content:
        content: list[str | Code] = []
        for node in nodes:
            if isinstance(node, str):
                _add(content, node)
                continue
            code = Code(codes[node.number - 1], unmark(node.content))
            if code.is_empty and code.content:
                text = gettext("code %(code)s (<%(tag)s>) can't enclose text")
                raise BrokenCodesError(text % {"code": node.number, "tag": code.tag[0]})
            content.append(code)
        return tuple(content)

    return unmark(marked)


def compare_codes(source: str, translation: str) -> None:
    """Raises BrokenCodesError unless both segments have the same codes, however ordered."""
    codes = codes_of(parse_html(source))
    restore(number(parse_html(translation), codes), codes)


def _add(content: list[str | Code], text: str) -> None:
    """Adds text, to the text before it where there is one."""
    if content and isinstance(content[-1], str):
        content[-1] += text
    elif text:
        content.append(text)


def _walk(content: Content) -> Iterator[Code]:
    for node in content:
        if isinstance(node, Code):
            yield node
            yield from _walk(node.content)


def _words(content: Iterable[str | Code]) -> Iterator[str]:
    for node in content:
        if isinstance(node, str):
            yield node
        elif node.is_empty:
            yield " "
        else:
            yield from _words(node.content)


def _numbers(marked: MarkedContent) -> Iterator[int]:
    for node in marked:
        if isinstance(node, Marked):
            yield node.number
            yield from _numbers(node.content)
