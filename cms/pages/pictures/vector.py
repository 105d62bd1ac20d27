"""SVG drawings: read without following anything, refused where active, given out cleaned.

Cleaning is an allow-list of elements and attributes after the SVG 2 specification, applied each
time a drawing is given out: whatever is stored, and however it got there, only shapes go out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from xml.etree.ElementTree import (  # the writer; reading is defusedxml's
    Element,
    ElementTree,
    ParseError,
    register_namespace,
    tostring,
)

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import parse
from willow.svg import SvgWrapper, WillowSvgException

from cms.pages.pictures.refusal import PictureRefusedError

__all__ = ["MAX_BYTES", "Drawing", "clean_drawing", "read_drawing"]

MAX_BYTES = 1_000_000
MAX_ELEMENTS = 20_000
MAX_DEPTH = 60
MAX_SIDE = 20_000  # user units

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
register_namespace("", _SVG[1:-1])
register_namespace("xlink", _XLINK[1:-1])

_ELEMENTS = frozenset({
    "svg", "g", "defs", "symbol", "use", "switch", "title", "desc", "style", "image",
    "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath",
    "linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask", "marker", "view",
    "filter", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix",
    "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood",
    "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode",
    "feMorphology", "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile",
    "feTurbulence",
})  # fmt: skip
_ACTIVE_ELEMENTS = frozenset({
    "script", "foreignObject", "iframe", "embed", "object", "audio", "video", "handler", "listener",
    "animate", "animateMotion", "animateTransform", "set", "discard", "a", "feImage", "link",
})  # fmt: skip
_ATTRIBUTE = re.compile(r"[A-Za-z][A-Za-z0-9-]*\Z")
_OWN_PLACE = re.compile(r"#[^\s\"'<>]*\Z")
_DATA_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*\Z")
_BAD_TEXT = re.compile(
    r"url\(\s*+(?!['\"]?\s*+#)|@import|@font-face|expression\s*+\(|script\s*+:|data\s*+:|\\|<",
    re.IGNORECASE,
)
"""In a style or an attribute: what fetches, runs, or hides its meaning by an escape."""


@dataclass(slots=True)
class Drawing:
    """A drawing with only what the allow-list has; ``active`` names what was active in it."""

    root: Any
    active: set[str] = field(default_factory=set)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in user units, rounded."""
        try:
            wrapper = SvgWrapper(ElementTree(self.root))
            width, height = float(wrapper.width), float(wrapper.height)
        except (WillowSvgException, ValueError, ZeroDivisionError, OverflowError) as error:
            raise PictureRefusedError.unreadable() from error
        if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
            raise PictureRefusedError.unreadable()
        return max(1, round(width)), max(1, round(height))

    def serialise(self) -> bytes:
        """The drawing's XML in UTF-8."""
        written: bytes = tostring(self.root, encoding="utf-8", xml_declaration=True)
        return written


def read_drawing(file: BinaryIO) -> Drawing:
    """The drawing; raises PictureRefusedError for an active one, and for what is none."""
    drawing = clean_drawing(file)
    if drawing.active:
        raise PictureRefusedError.active(", ".join(sorted(drawing.active)))
    return drawing


def clean_drawing(file: BinaryIO) -> Drawing:
    """The drawing without what the allow-list doesn't have.

    Raises PictureRefusedError for broken XML, entities (XXE, billion laughs), another root element,
    and drawings larger or deeper than any that people make.
    """
    if file.seek(0, 2) > MAX_BYTES:
        raise PictureRefusedError.too_heavy(MAX_BYTES)
    file.seek(0)
    try:
        root = parse(file, forbid_entities=True, forbid_external=True).getroot()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise PictureRefusedError.unreadable() from error
    if root is None or root.tag != f"{_SVG}svg":
        raise PictureRefusedError.unreadable()
    drawing = Drawing(root)
    _clean(drawing)
    return drawing


def _clean(drawing: Drawing) -> None:
    """Takes out, from the root down, what isn't allowed, and notes what of it was active."""
    waiting: list[tuple[Element, int]] = [(drawing.root, 1)]
    seen = 0
    while waiting:
        element, depth = waiting.pop()
        seen += 1
        if depth > MAX_DEPTH or seen > MAX_ELEMENTS:
            raise PictureRefusedError.unreadable()
        _clean_attributes(element, drawing.active)
        for child in list(element):
            if _keeps(child, drawing.active):
                waiting.append((child, depth + 1))
            else:
                element.remove(child)


def _keeps(element: Element, active: set[str]) -> bool:
    tag = element.tag  # the parser leaves comments and instructions out
    name = tag.rpartition("}")[2]
    if name in _ACTIVE_ELEMENTS:
        active.add(name)
        return False
    if not tag.startswith(_SVG) or name not in _ELEMENTS:
        return False  # what drawing programs note for themselves
    if name == "style" and _BAD_TEXT.search(element.text or ""):
        active.add("style")
        return False
    return True


def _clean_attributes(element: Element, active: set[str]) -> None:
    for name, value in list(element.attrib.items()):
        if name in ("href", f"{_XLINK}href"):
            allowed = bool(_OWN_PLACE.match(value)) or (
                element.tag == f"{_SVG}image" and bool(_DATA_PICTURE.match(value))
            )
            if not allowed:
                active.add("href")
        elif name == f"{_XML}space":
            allowed = True
        elif name[:2].lower() == "on":
            allowed = False
            active.add(name)
        elif allowed := bool(_ATTRIBUTE.match(name)):  # none of another namespace
            allowed = not _BAD_TEXT.search(value)
            if not allowed:
                active.add(name)
        if not allowed:
            del element.attrib[name]
