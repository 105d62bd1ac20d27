"""XLIFF 2.0."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element as Written
from xml.etree.ElementTree import SubElement

from cms.translation.codes import BrokenCodesError, MarkedContent
from cms.translation.exchange.inline import VERSION_2
from cms.translation.exchange.sheets import Bundle, Problem, ReadFile, ReadSheet, ReadUnit, Unit
from cms.translation.exchange.xml_reading import Element
from cms.translation.exchange.xml_writing import XML_SPACE, finish

__all__ = ["NAMESPACE", "read", "write"]

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"


def write(bundle: Bundle) -> bytes:
    """One ``file`` for each page; its ``original`` is the key of the translation."""
    attributes = {
        "version": "2.0",
        "srcLang": bundle.source_locale,
        "trgLang": bundle.target_locale,
        "xmlns": NAMESPACE,
    }
    root = Written("xliff", attributes)
    for number, sheet in enumerate(bundle.sheets, start=1):
        file = SubElement(root, "file", {"id": f"f{number}", "original": sheet.key})
        SubElement(SubElement(file, "notes"), "note").text = sheet.title
        for unit in sheet.units:
            _write_unit(file, unit)
    return finish(root, mixed={"source", "target"})


def _write_unit(file: Written, unit: Unit) -> None:
    attributes = {"id": unit.key, "name": unit.segment.path, XML_SPACE: "preserve"}
    segment = SubElement(SubElement(file, "unit", attributes), "segment")
    VERSION_2.write(SubElement(segment, "source"), unit.source, unit.codes)
    if unit.target:
        segment.set("state", "translated")
        if unit.segment.needs_look:
            segment.set("subState", "hoptac:needs-review")
        VERSION_2.write(SubElement(segment, "target"), unit.target, unit.codes)


def read(root: Element) -> ReadFile:
    """Reads what ``write`` wrote and a tool has worked on; what can't be read becomes a problem."""
    result = ReadFile("XLIFF 2.0")
    result.source_locale = root.attributes.get("srcLang", "")
    result.target_locale = root.attributes.get("trgLang", "")
    for file in root.children("file"):
        sheet = ReadSheet(file.attributes.get("original", ""), file.line)
        for element in _units(file):
            try:
                sheet.units.append(_read_unit(element))
            except BrokenCodesError as error:
                result.problems.append(Problem(element.line, str(error)))
        result.sheets.append(sheet)
    return result


def _units(element: Element) -> Iterator[Element]:
    for child in element.children("group", "unit"):
        if child.name == "unit":
            yield child
        else:
            yield from _units(child)


def _read_unit(element: Element) -> ReadUnit:
    """A tool may have cut the unit into several segments, with what stands between them."""
    source: MarkedContent = ()
    target: MarkedContent = ()
    complete, draft = True, False
    for part in element.children("segment", "ignorable"):
        here = part.child("source")
        own = VERSION_2.read(here) if here else ()
        there = part.child("target")
        translated = VERSION_2.read(there) if there else ()
        source += own
        if part.name == "ignorable":
            target += translated or own
            continue
        target += translated
        complete = complete and bool(translated)
        draft = draft or part.attributes.get("state") == "initial"
    return ReadUnit(
        key=element.attributes.get("id", ""),
        line=element.line,
        source=_joined(source),
        target=_joined(target) if complete and target else None,
        draft=draft,
    )


def _joined(content: MarkedContent) -> MarkedContent:
    """Texts that stand beside each other are one."""
    parts: MarkedContent = ()
    for part in content:
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts = (*parts[:-1], parts[-1] + part)
        else:
            parts = (*parts, part)
    return parts
