"""XLIFF 1.2, strict."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element as Written
from xml.etree.ElementTree import SubElement

from django.utils.translation import gettext

from cms.translation.codes import BrokenCodesError
from cms.translation.exchange.inline import VERSION_1
from cms.translation.exchange.sheets import Bundle, Problem, ReadFile, ReadSheet, ReadUnit, Unit
from cms.translation.exchange.xml_reading import Element
from cms.translation.exchange.xml_writing import XML_SPACE, finish

__all__ = ["NAMESPACE", "read", "write"]

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"

# States in which a target is there to begin with, not to be used.
_DRAFT = frozenset({"new", "needs-translation"})


def write(bundle: Bundle) -> bytes:
    """One ``file`` for each page; its ``original`` is the key of the translation."""
    root = Written("xliff", {"version": "1.2", "xmlns": NAMESPACE})
    for sheet in bundle.sheets:
        attributes = {
            "original": sheet.key,
            "source-language": bundle.source_locale,
            "target-language": bundle.target_locale,
            "datatype": "html",
        }
        file = SubElement(root, "file", attributes)
        SubElement(SubElement(file, "header"), "note").text = sheet.title
        body = SubElement(file, "body")
        for unit in sheet.units:
            _write_unit(body, unit)
    return finish(root, mixed={"source", "target"})


def _write_unit(body: Written, unit: Unit) -> None:
    attributes = {"id": unit.key, "resname": unit.segment.path, XML_SPACE: "preserve"}
    element = SubElement(body, "trans-unit", attributes)
    VERSION_1.write(SubElement(element, "source"), unit.source, unit.codes)
    if unit.target:
        state = {"state": "translated"}
        if unit.segment.needs_look:
            state = {"state": "needs-review-translation"}
        VERSION_1.write(SubElement(element, "target", state), unit.target, unit.codes)


def read(root: Element) -> ReadFile:
    """Reads what ``write`` wrote and a tool has worked on; what can't be read becomes a problem."""
    result = ReadFile("XLIFF 1.2")
    for file in root.children("file"):
        source = file.attributes.get("source-language", "")
        target = file.attributes.get("target-language", "")
        result.source_locale = result.source_locale or source
        result.target_locale = result.target_locale or target
        if (source, target) != (result.source_locale, result.target_locale):
            reason = gettext("One file, one pair of languages: here begins another.")
            result.problems.append(Problem(file.line, reason))
        sheet = ReadSheet(file.attributes.get("original", ""), file.line)
        for element in _units(file):
            try:
                sheet.units.append(_read_unit(element))
            except BrokenCodesError as error:
                result.problems.append(Problem(element.line, str(error)))
        result.sheets.append(sheet)
    return result


def _units(element: Element) -> Iterator[Element]:
    for child in element.children("body", "group", "trans-unit"):
        if child.name == "trans-unit":
            yield child
        else:
            yield from _units(child)


def _read_unit(element: Element) -> ReadUnit:
    source, target = element.child("source"), element.child("target")
    read_target = VERSION_1.read(target) if target else None
    return ReadUnit(
        key=element.attributes.get("id", ""),
        line=element.line,
        source=VERSION_1.read(source) if source else (),
        target=read_target or None,
        draft=target is not None and target.attributes.get("state") in _DRAFT,
    )
