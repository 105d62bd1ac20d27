"""Writes XML: each unit on lines of its own, and no space added where text stands."""

from __future__ import annotations

from collections.abc import Set
from typing import Final
from xml.etree.ElementTree import Element, tostring

__all__ = ["XML_SPACE", "finish"]

XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def finish(root: Element, *, mixed: Set[str]) -> bytes:
    """The document in UTF-8; elements named in ``mixed`` hold text and are left as they are."""
    _indent(root, "\n", mixed)
    root.tail = "\n"
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _indent(element: Element, line: str, mixed: Set[str]) -> None:
    if element.tag in mixed or not len(element):
        return
    element.text = f"{line}  "
    for child in element:
        _indent(child, f"{line}  ", mixed)
        child.tail = f"{line}  "
    element[-1].tail = line
