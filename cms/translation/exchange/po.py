"""PO files: segments with their tags as they are, and a context that names page and segment."""

from __future__ import annotations

import re

import polib
from django.utils.translation import gettext

from cms.translation.codes import BrokenCodesError, MarkedContent, codes_of, number, parse_html
from cms.translation.exchange.sheets import Bundle, Problem, ReadFile, ReadSheet, ReadUnit
from cms.translation.exchange.xml_reading import UnreadableError

__all__ = ["read", "write"]

_LINE = re.compile(r"line (\d+)")
_SOURCE = "X-Source-Language"


def write(bundle: Bundle) -> bytes:
    """All pages in one file. What needs a look is marked fuzzy."""
    file = polib.POFile(wrapwidth=100)
    file.metadata = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": bundle.target_locale,
        _SOURCE: bundle.source_locale,
    }
    for sheet in bundle.sheets:
        for unit in sheet.units:
            file.append(
                polib.POEntry(
                    msgctxt=f"{sheet.key}:{unit.key}",
                    msgid=unit.segment.source,
                    msgstr=unit.segment.wording,
                    # Here too, since tools drop contexts on the way to XLIFF and back.
                    comment=f"{sheet.key}:{unit.key}\n{sheet.title}\n{unit.segment.path}",
                    flags=["fuzzy"] if unit.segment.needs_look else [],
                )
            )
    return str(file).encode()


def read(content: bytes) -> ReadFile:
    """Reads a file. Raises UnreadableError where it is no PO file in UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableError(Problem(line, gettext("The file is not in UTF-8."))) from error
    try:
        # The line end: polib opens the file that its argument names, and none is named so.
        file = polib.pofile(f"{text}\n")
    except (OSError, ValueError, IndexError) as error:
        found = _LINE.search(str(error))
        reason = gettext("This is neither XLIFF nor a PO file that can be read.")
        raise UnreadableError(Problem(int(found[1]) if found else 0, reason)) from error
    result = ReadFile("PO")
    result.target_locale = file.metadata.get("Language", "")
    result.source_locale = file.metadata.get(_SOURCE, "")
    sheets: dict[str, ReadSheet] = {}
    for entry in file:
        if entry.obsolete:
            continue
        place = entry.msgctxt or entry.comment.split("\n")[0]
        sheet_key, _colon, key = place.strip().partition(":")
        sheet = sheets.setdefault(sheet_key, ReadSheet(sheet_key, entry.linenum))
        try:
            sheet.units.append(_read_entry(entry, key))
        except BrokenCodesError as error:
            result.problems.append(Problem(entry.linenum, str(error)))
    result.sheets = list(sheets.values())
    return result


def _read_entry(entry: polib.POEntry, key: str) -> ReadUnit:
    source = parse_html(entry.msgid)
    codes = codes_of(source)
    target: MarkedContent = number(parse_html(entry.msgstr), codes)
    return ReadUnit(key, entry.linenum, number(source, codes), target or None, draft=entry.fuzzy)
