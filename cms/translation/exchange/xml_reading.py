"""Reads XML that somebody sends: no entity, no DTD, no great depth, and each element's line."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any, Final
from xml.sax import ContentHandler, SAXParseException
from xml.sax.handler import feature_namespaces

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser
from django.utils.translation import gettext

from cms.translation.exchange.sheets import Problem

__all__ = ["Element", "UnreadableError", "read_xml"]

_DEPTH: Final = 100


@dataclass(slots=True)
class Element:
    """An element with its namespace, and what it holds in order."""

    namespace: str
    name: str
    attributes: dict[str, str]
    line: int
    content: list[str | Element] = field(default_factory=list)

    def children(self, *names: str) -> list[Element]:
        """The elements of these names directly in it, in its own namespace."""
        return [
            one
            for one in self.content
            if isinstance(one, Element) and one.name in names and one.namespace == self.namespace
        ]

    def child(self, name: str) -> Element | None:
        """The first of them."""
        found = self.children(name)
        return found[0] if found else None


class UnreadableError(ValueError):
    """A file of which nothing can be read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


class _Builder(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[Element] = []
        self.root: Element | None = None
        self.locator: Any = None

    def setDocumentLocator(self, locator: Any) -> None:
        self.locator = locator

    @property
    def line(self) -> int:
        return int(self.locator.getLineNumber() or 0)

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:
        if len(self.open) >= _DEPTH:
            reason = gettext("Elements stand more than %(depth)s deep in each other.")
            raise UnreadableError(Problem(self.line, reason % {"depth": _DEPTH}))
        # Attributes of other namespaces are other tools' own, save for none that matters here.
        plain = {key: value for (namespace, key), value in attrs.items() if not namespace}
        element = Element(name[0] or "", name[1], plain, self.line)
        if self.open:
            self.open[-1].content.append(element)
        else:
            self.root = element
        self.open.append(element)

    def endElementNS(self, name: Any, qname: Any) -> None:
        self.open.pop()

    def characters(self, content: str) -> None:
        inside = self.open[-1].content
        if inside and isinstance(inside[-1], str):
            inside[-1] += content
        else:
            inside.append(content)


def read_xml(content: bytes) -> Element:
    """The root of a document. Raises UnreadableError with the line and what is wrong."""
    builder = _Builder()
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(builder)
    try:
        parser.parse(io.BytesIO(content))
    except SAXParseException as error:
        reason = gettext("This is not well-formed XML: %(error)s.")
        message = reason % {"error": error.getMessage()}
        raise UnreadableError(Problem(error.getLineNumber() or 0, message)) from error
    except DefusedXmlException as error:
        reason = gettext("A document type or an entity is declared, which isn't allowed.")
        raise UnreadableError(Problem(builder.line, reason)) from error
    except (ValueError, LookupError) as error:
        if isinstance(error, UnreadableError):
            raise
        reason = gettext("The file's encoding can't be read: %(error)s.")
        raise UnreadableError(Problem(0, reason % {"error": error})) from error
    if builder.root is None:
        raise UnreadableError(Problem(0, gettext("The file is empty.")))
    return builder.root
