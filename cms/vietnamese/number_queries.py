"""Document numbers as people type them when they look for one.

Beside the spellings that stand in documents: in lower case and without marks
("4454/qd-bnn-vpdp"), with spaces for separators ("54 nq tw"), by type and number alone
("nghị quyết 54", "NQ 54", "54 nq"), by number and year ("nghị định 30/2020").
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from cms.vietnamese.document_numbers import (
    DocumentNumber,
    find_document_numbers,
    parse_document_number,
)
from cms.vietnamese.document_types import DOCUMENT_TYPES, find_document_types
from cms.vietnamese.search_terms import typed_term, year_term
from cms.vietnamese.syllables import has_syllable_shape
from cms.vietnamese.text import fold

__all__ = ["AskedNumbers", "read_asked_numbers"]

_MOST_PARTS: Final = 7
_TYPED: Final = re.compile(
    r"(?<![\w/.\-])[0-9]{1,6}(?:\.[0-9]{1,3})?[a-zđ]?(?:[ \t]?[-/.&][ \t]?\w{1,20}){1,6}",
    re.IGNORECASE,
)
_PART: Final = re.compile(r"[0-9]{1,6}\.[0-9]{1,3}(?![\w.])|\w+")
_NUMBER: Final = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?[a-z]?")
_GLUED: Final = re.compile(r"(?P<number>[0-9]{1,6})(?P<code>[a-z]{2,12}[0-9]{0,2})")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_NAMES: Final = {fold(row.name): (row.code,) for row in DOCUMENT_TYPES} | {
    "quy dinh": ("QyĐ", "quy-dinh-dang")
}
_NAMED: Final = re.compile(
    rf"(?<!\w)(?P<name>{'|'.join(sorted(_NAMES, key=len, reverse=True))}|[a-z]{{1,4}})"
    r"[ \t]{1,3}(?:so[ \t]{0,2}:?[ \t]{0,2})?"
    r"(?P<number>[0-9]{1,6}[a-z]?)(?![\w.]|-\w)(?:[ \t]?/[ \t]?(?P<year>(?:19|20)[0-9]{2})(?!\d))?"
)
_GAP: Final = re.compile(rf"(?:\W|\b(?:so|ngay|van ban|{'|'.join(_NAMES)})\b)*+")


@dataclass(frozen=True, slots=True)
class AskedNumbers:
    """What a query says of document numbers."""

    numbers: tuple[DocumentNumber, ...]
    """Those that are spelled out."""
    keys: tuple[str, ...]
    """Folded keys that spaced or glued parts may be."""
    terms: tuple[str, ...]
    """Terms of a number with its type or its year."""
    spans: tuple[tuple[int, int], ...]
    """Where in the text all this stands, in order, without overlaps."""

    def is_all_of(self, text: str, dates: Iterable[tuple[int, int]] = ()) -> bool:
        """Say whether `text` has nothing beside numbers and `dates` (their offsets) but "số",
        the type's name, "ngày" and punctuation."""
        rest = list(fold(text))
        for start, end in [*self.spans, *dates]:
            rest[start:end] = "\0" * (end - start)
        return bool(self.spans) and all(
            _GAP.fullmatch(gap) is not None for gap in "".join(rest).split("\0")
        )


def read_asked_numbers(text: str) -> AskedNumbers:
    """Return the document numbers that `text` (clean, in NFC, short) asks for."""
    folded = fold(text)
    spans: list[tuple[int, int]] = []
    numbers = dict[DocumentNumber, None]()
    for number, start, end in _spelled(text):
        numbers[number] = None
        spans.append((start, end))
    keys, terms = dict[str, None](), dict[str, None]()
    for key, start, end in _spaced(folded):
        keys[key] = None
        spans.append((start, end))
    for term, start, end in _named(folded):
        terms[term] = None
        spans.append((start, end))
    return AskedNumbers(tuple(numbers), tuple(keys), tuple(terms), _merged(spans))


def _spelled(text: str) -> Iterator[tuple[DocumentNumber, int, int]]:
    """Yield the numbers with separators, in any case."""
    done = 0
    for found in find_document_numbers(text):
        yield found.number, found.start, found.end
        done = found.end
    for match in _TYPED.finditer(text, done):
        for end in _ends(match):
            number = parse_document_number(text[match.start() : end])
            if number is not None and _is_code(number.groups[0].lower()):
                yield number, match.start(), end
                break


def _ends(match: re.Match[str]) -> Iterator[int]:
    """Yield where the candidate may end: what follows the number may be another word."""
    parts = list(re.finditer(r"\w+", match[0]))
    for part in reversed(parts[1:]):
        yield match.start() + part.end()


def _is_code(part: str) -> bool:
    """Say whether a folded word is an abbreviation, not a word of prose."""
    if find_document_types(part):
        return True
    return len(part) > 1 and part[0].isalpha() and not has_syllable_shape(fold(part))


def _spaced(folded: str) -> Iterator[tuple[str, int, int]]:
    """Yield folded keys that a number and the words after it make."""
    parts = list(_PART.finditer(folded))
    for index, part in enumerate(parts):
        if (glued := _GLUED.fullmatch(part[0])) is not None and _is_code(glued["code"]):
            yield part[0].upper(), part.start(), part.end()
        if _NUMBER.fullmatch(part[0]) is None:
            continue
        key = re.sub(r"\W", "", part[0]).lstrip("0")
        following = parts[index + 1 : index + _MOST_PARTS]
        if following and _YEAR.fullmatch(following[0][0]) is not None:
            key += following.pop(0)[0]
        end = 0
        for place, code in enumerate(following):
            # "TU", "CA", "TW": a body's code after the type may look like a word.
            if _is_code(code[0]):
                end = code.end()
            elif not place or len(code[0]) > 3:
                break
            key += code[0]
            if place or len(code[0]) > 3:
                yield key.upper(), part.start(), end


def _named(folded: str) -> Iterator[tuple[str, int, int]]:
    """Yield terms of a number with its type, before or after it, or with its year."""
    for match in _NAMED.finditer(folded):
        codes = _codes(match["name"])
        for code in codes:
            yield typed_term(_bare(match["number"]), code), match.start(), match.end()
        if codes and match["year"] is not None:
            term = year_term(_bare(match["number"]), int(match["year"]))
            yield term, match.start(), match.end()
    parts = list(_PART.finditer(folded))
    for figures, code_part in pairwise(parts):
        if _NUMBER.fullmatch(figures[0]) is not None and len(code_part[0]) > 1:
            for row in find_document_types(code_part[0]):
                yield typed_term(_bare(figures[0]), row.code), figures.start(), code_part.end()


def _codes(name: str) -> tuple[str, ...]:
    if name in _NAMES:
        return _NAMES[name]
    return tuple(row.code for row in find_document_types(name)) if len(name) > 1 else ()


def _bare(number: str) -> str:
    return number.lstrip("0") or "0"


def _merged(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)
