"""Inline codes in XLIFF's elements: the numbers of ``cms.translation.codes``, out and in."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element as Written
from xml.etree.ElementTree import SubElement

from django.utils.translation import gettext

from cms.translation.codes import BrokenCodesError, Marked, MarkedContent, Tag
from cms.translation.exchange.xml_reading import Element

__all__ = ["VERSION_1", "VERSION_2", "Dialect"]

# Elements that mark a stretch of text for a tool's own sake and change nothing.
_TRANSPARENT = frozenset({"mrk"})
_IGNORED = frozenset({"sm", "em"})


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one version of XLIFF writes a code that encloses text, and one that doesn't."""

    pair: str
    empty: str
    kinds: dict[str, dict[str, str]]  # attributes by tag; "" those of a tag that isn't named

    def write(self, parent: Written, marked: MarkedContent, codes: list[Tag]) -> None:
        """Writes text and codes into an element."""
        last: Written | None = None
        for node in marked:
            if isinstance(node, str):
                if last is None:
                    parent.text = (parent.text or "") + node
                else:
                    last.tail = (last.tail or "") + node
                continue
            known = 0 < node.number <= len(codes)
            tag = codes[node.number - 1][0] if known else ""
            name = self.empty if tag == "br" else self.pair
            attributes = {"id": str(node.number)} | self._kind(tag)
            last = SubElement(parent, name, attributes)
            self.write(last, node.content, codes)

    def read(self, element: Element) -> MarkedContent:
        """What an element holds. Raises BrokenCodesError for elements that we never wrote."""
        content: list[str | Marked] = []
        for node in element.content:
            if isinstance(node, str):
                parts: MarkedContent = (node,)
            elif node.name in (self.pair, self.empty):
                parts = (Marked(_number(node), self.read(node)),)
            elif node.name in _TRANSPARENT:
                parts = self.read(node)
            elif node.name in _IGNORED:
                parts = ()
            elif node.name == "cp":
                parts = (_character(node),)
            else:
                text = gettext("<%(element)s> is not one of the codes that were exported")
                raise BrokenCodesError(text % {"element": node.name})
            for part in parts:
                if isinstance(part, str) and content and isinstance(content[-1], str):
                    content[-1] += part
                else:
                    content.append(part)
        return tuple(part for part in content if part != "")

    def _kind(self, tag: str) -> dict[str, str]:
        kind = self.kinds.get(tag)
        if kind is not None:
            return kind
        return {name: value.format(tag or "unknown") for name, value in self.kinds[""].items()}


VERSION_1 = Dialect(
    "g",
    "x",
    {
        "b": {"ctype": "bold"},
        "i": {"ctype": "italic"},
        "a": {"ctype": "link"},
        "br": {"ctype": "lb"},
        "": {"ctype": "x-html-{}"},
    },
)

VERSION_2 = Dialect(
    "pc",
    "ph",
    {
        "b": {"type": "fmt", "subType": "xlf:b", "canCopy": "no", "canDelete": "no"},
        "i": {"type": "fmt", "subType": "xlf:i", "canCopy": "no", "canDelete": "no"},
        "a": {"type": "link", "canCopy": "no", "canDelete": "no"},
        "br": {"type": "fmt", "subType": "xlf:lb", "canCopy": "no", "canDelete": "no"},
        "": {"type": "fmt", "subType": "html:{}", "canCopy": "no", "canDelete": "no"},
    },
)


def _number(element: Element) -> int:
    ident = element.attributes.get("id", "")
    if not (ident.isascii() and ident.isdecimal() and len(ident) < 6):
        text = gettext("<%(element)s> has no number that was exported, but “%(id)s”")
        raise BrokenCodesError(text % {"element": element.name, "id": ident[:20]})
    return int(ident)


def _character(element: Element) -> str:
    try:
        character = chr(int(element.attributes.get("hex", ""), 16))
    except (ValueError, OverflowError):
        character = ""
    if not character or character < " " or "\ud800" <= character <= "\udfff":
        raise BrokenCodesError(gettext("<cp> stands for a character that no text can have"))
    return character
