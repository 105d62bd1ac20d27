"""The formats on offer, and which one a file is in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from cms.translation.exchange import po, xliff1, xliff2
from cms.translation.exchange.sheets import Bundle, Problem, ReadFile
from cms.translation.exchange.xml_reading import UnreadableError, read_xml

__all__ = ["FORMATS", "MAX_BYTES", "Format", "read_file"]

MAX_BYTES: Final = 20 * 1024 * 1024
"""Of a file that is taken in."""


@dataclass(frozen=True, slots=True)
class Format:
    """How files of one format are made and named."""

    label: str
    extension: str
    content_type: str
    write: Callable[[Bundle], bytes]


FORMATS: Final[dict[str, Format]] = {
    "xliff12": Format("XLIFF 1.2", "xlf", "application/xliff+xml", xliff1.write),
    "xliff20": Format("XLIFF 2.0", "xlf", "application/xliff+xml", xliff2.write),
    "po": Format("PO", "po", "text/x-gettext-translation", po.write),
}

_READERS: Final = {
    (xliff1.NAMESPACE, "1.2"): xliff1.read,
    (xliff2.NAMESPACE, "2.0"): xliff2.read,
    (xliff2.NAMESPACE, "2.1"): xliff2.read,
}


def read_file(content: bytes) -> ReadFile:
    """Reads a file in any of the formats, told by what is in it.

    What can't be read is among the problems of the result, each with its line.
    """
    try:
        return _read(content)
    except UnreadableError as error:
        return ReadFile("", problems=[error.problem])


def _read(content: bytes) -> ReadFile:
    if len(content) > MAX_BYTES:
        reason = gettext("The file is larger than %(limit)s MB.")
        raise UnreadableError(Problem(0, reason % {"limit": MAX_BYTES // 1024 // 1024}))
    if not _looks_like_xml(content):
        return po.read(content)
    root = read_xml(content)
    reader = _READERS.get((root.namespace, root.attributes.get("version", "")))
    if root.name != "xliff" or reader is None:
        reason = gettext("This is XML, but not XLIFF 1.2 or 2.0.")
        raise UnreadableError(Problem(root.line, reason))
    return reader(root)


def _looks_like_xml(content: bytes) -> bool:
    head = content[:64]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True  # XML may be in UTF-16; PO files aren't
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
