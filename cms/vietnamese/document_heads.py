"""The head of an issued document: a web page's title line, or the printed head.

The printed head is that of Nghị định 30/2020/NĐ-CP, Phụ lục I: issuer, national heading, number
and symbol, place and date, type, trích yếu; a công văn has its "V/v …" below the number.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from cms.vietnamese import words
from cms.vietnamese.citations import Citation, find_citations
from cms.vietnamese.dates import find_dates
from cms.vietnamese.document_numbers import DocumentNumber, find_document_numbers
from cms.vietnamese.document_types import (
    DocumentType,
    document_type,
    document_type_named,
    find_document_types,
)
from cms.vietnamese.page_chrome import first_long
from cms.vietnamese.page_lines import is_letterhead, is_statistic, is_widget_title
from cms.vietnamese.provision_lines import is_capitals, read_mark
from cms.vietnamese.word_matching import starts_with_words

__all__ = ["DocumentHead", "read_document_head"]

_MAX_TITLE: Final = 600
_MAX_HEAD_LINE: Final = 120
_MAX_HEAD_LINES: Final = 400
"""Menus and counters of any site are shorter than this; the search for a head stops here."""
_MAX_ABSTRACT_LINES: Final = 5
_NUMBER_WORD: Final = re.compile(r"số\s*:?\s*", re.IGNORECASE)
_SUBJECT: Final = re.compile(r"v/v\b|về việc\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """The head of a document: where it stands in the lines of a page and what it says."""

    begin: int
    """The index of its first line."""
    body: int
    """The index of the first line of the body."""
    title: str
    abstract: str = ""
    number: DocumentNumber | None = None
    issued_on: dt.date | None = None
    type: DocumentType | None = None
    issuer_name: str | None = None
    letterhead: tuple[str, ...] = ()
    """Lines of the head that are rendered from data: issuer, national heading, number, date."""


def read_document_head(lines: Sequence[str]) -> DocumentHead | None:
    """Return the head of the document that a page shows, or None where there is none.

    A page may print its title and then the document with its own head: they are read as one.
    """
    limit = min(first_long(lines), _MAX_HEAD_LINES)
    titled = _titled(lines, limit)
    printed = _printed(lines, limit)
    if titled is None or printed is None:
        return titled or printed
    if titled.number is None or printed.number is None:
        return titled
    if titled.number.loose_key != printed.number.loose_key:
        return min(titled, printed, key=lambda head: head.begin)
    return replace(
        printed,
        begin=min(titled.begin, printed.begin),
        title=titled.title,
        abstract=printed.abstract or titled.abstract,
        issued_on=printed.issued_on or titled.issued_on,
        issuer_name=titled.issuer_name,
    )


def _titled(lines: Sequence[str], limit: int) -> DocumentHead | None:
    """Return the head that is one line: type, number, date, subject."""
    for index, line in enumerate(lines[: limit + 1]):
        if not line or len(line) > _MAX_TITLE or (index == limit and line.endswith(".")):
            continue
        citation = next(iter(find_citations(line)), None)
        named = None if citation is None else _title_type(line, citation)
        if citation is None or named is None:
            continue
        number = citation.number
        return DocumentHead(
            begin=index,
            body=index + 1,
            title=line,
            abstract=line[citation.end :].lstrip(" \t,.:;-").strip(),
            number=number,
            issued_on=citation.issued_on,
            type=_type(number, named),
            issuer_name=citation.issuer,
        )
    return None


def _title_type(line: str, citation: Citation) -> DocumentType | None:
    """Return the type that `line` begins with, where it is a title and not a sentence."""
    if citation.cue is not None:
        return None
    if citation.type_name is not None and citation.start == 0:
        return document_type_named(citation.type_name)
    lead = line[: citation.number_start]
    if citation.number.system == "legal" and _NUMBER_WORD.search(lead) is not None:
        # The name of a law stands between its type and its number.
        for code in ("bo-luat", "luat", "phap-lenh"):
            if lead.startswith(f"{document_type(code).name} "):
                return document_type(code)
    return None


def _printed(lines: Sequence[str], limit: int) -> DocumentHead | None:
    """Return the printed head: "Số: …", then place and date, type and abstract on own lines."""
    for index, line in enumerate(lines[:limit]):
        found = next(find_document_numbers(line), None) if line else None
        if found is None or _NUMBER_WORD.fullmatch(line[: found.start]) is None:
            continue
        return _read_printed(lines, index, found.number)
    return None


def _read_printed(lines: Sequence[str], start: int, number: DocumentNumber) -> DocumentHead:
    begin = _letterhead_begin(lines, start)
    letterhead = [line for line in lines[begin : start + 1] if line]
    issued_on = next((found.date for found in find_dates(lines[start])), None)
    named: DocumentType | None = None
    abstract: list[str] = []
    body = start + 1
    for body in range(start + 1, len(lines) + 1):
        line = lines[body] if body < len(lines) else ""
        if not line:
            continue
        date = _place_and_date(line)
        if is_letterhead(line):
            letterhead.append(line)
        elif date is not None:
            issued_on = issued_on or date
            letterhead.append(line)
        elif named is None and not abstract and (own := document_type_named(line)) is not None:
            named = own
        elif _ends_head(line, len(abstract), named):
            break
        else:
            abstract.append(line)
    joined = " ".join(abstract)
    own_type = _type(number, named)
    return DocumentHead(
        begin=begin,
        body=body,
        title=f"{named.name if named else ''} {joined}".strip() or str(number),
        abstract=joined,
        number=number,
        issued_on=issued_on,
        type=own_type,
        letterhead=tuple(letterhead),
    )


def _place_and_date(line: str) -> dt.date | None:
    """Return the date of a line that is a place and a date: "Huế, ngày 05 tháng 01 năm 2024"."""
    found = next(find_dates(line), None) if len(line) <= _MAX_HEAD_LINE else None
    if found is None or line[found.end :].strip(" ."):
        return None
    place = line[: found.start].strip()
    return found.date if not place or place.endswith(",") else None


def _letterhead_begin(lines: Sequence[str], start: int) -> int:
    """Return where the lines of issuer and national heading above the number begin."""
    begin = start
    for index in range(start - 1, -1, -1):
        line = lines[index]
        if not line:
            continue
        issuer = is_capitals(line) and len(line) <= _MAX_HEAD_LINE
        if not is_letterhead(line) and not (
            issuer and not is_statistic(line) and not is_widget_title(line)
        ):
            break
        begin = index
    return begin


def _ends_head(line: str, taken: int, named: DocumentType | None) -> bool:
    if taken >= _MAX_ABSTRACT_LINES or read_mark(line) is not None:
        return True
    if starts_with_words(line, words.OPENING_WORDS) or line.endswith((".", ";", ":")):
        return True
    return named is None and not taken and _SUBJECT.match(line) is None


def _type(number: DocumentNumber, named: DocumentType | None) -> DocumentType | None:
    """Return the type that the number prints, by the name where one code means two types."""
    if number.type_code is None:
        if named is None and number.system == "letter":
            return document_type("CV")
        return named
    printed = document_type(number.type_code)
    if named is not None:
        for row in find_document_types(printed.printed):
            if row.name.lower().startswith(named.name.lower()) and row.printed == printed.printed:
                return row
    return printed
