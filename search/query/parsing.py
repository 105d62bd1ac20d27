"""Reads what a reader types: words, "phrases", -exclusions, document numbers, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cms.vietnamese.dates import find_dates
from cms.vietnamese.document_numbers import DocumentNumber
from cms.vietnamese.number_queries import read_asked_numbers
from cms.vietnamese.text import has_marks
from search.analysis import Analyser, Word
from search.query.syntax import read_signs

__all__ = ["ParsedQuery", "parse_query"]

type Phrase = tuple[Word, ...]

_DATE_WORDS: Final = {"thang": "tháng", "nam": "năm", "ngay": "ngày"}
_BARE_DATE_WORD: Final = re.compile(rf"(?<!\w)(?:{'|'.join(_DATE_WORDS)})(?!\w)", re.IGNORECASE)
_MONTH: Final = re.compile(
    r"tháng[ ]{0,3}(?P<month>0?[1-9]|1[0-2])[ ]{0,3}(?:/|-|,?[ ]{0,3}năm[ ]{1,3})[ ]?"
    r"(?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What a reader asks for; ``words`` are all words in order, those of phrases included."""

    text: str
    """Without signs and without what is to be left out."""
    words: tuple[Word, ...]
    phrases: tuple[Phrase, ...] = ()
    without: tuple[Phrase, ...] = ()
    numbers: tuple[DocumentNumber, ...] = ()
    """Document numbers that are spelled out."""
    number_keys: tuple[str, ...] = ()
    """Folded keys that parts of the text may be: ``54NQTW`` of "54 nq tw"."""
    number_terms: tuple[str, ...] = ()
    """``54:NQ`` of "nghị quyết 54", ``30/2020`` of "nghị định 30/2020"."""
    dates: tuple[str, ...] = ()
    """Days in ISO."""
    months: tuple[str, ...] = ()
    """``2020-04`` of "tháng 4 năm 2020"."""
    has_marks: bool = False
    is_number: bool = False
    """Nothing but document numbers (and dates) was typed."""


def parse_query(typed: str, analyser: Analyser) -> ParsedQuery:
    """Reads a query; raises QueryError for what is too long or no text. Linear time."""
    signs = read_signs(typed)
    marked = _BARE_DATE_WORD.sub(lambda match: _DATE_WORDS[match[0].lower()], signs.text)
    dates = list(find_dates(marked))
    days = dict.fromkeys(found.date.isoformat() for found in dates)
    asked = read_asked_numbers(signs.text)
    return ParsedQuery(
        text=signs.text,
        words=analyser.query(signs.text),
        phrases=_phrases(signs.phrases, analyser),
        without=_phrases(signs.without, analyser),
        numbers=asked.numbers,
        number_keys=asked.keys,
        number_terms=asked.terms,
        dates=tuple(days),
        months=tuple(sorted(_months(marked) - {day[:7] for day in days})),
        has_marks=has_marks(signs.text),
        is_number=asked.is_all_of(signs.text, [(found.start, found.end) for found in dates]),
    )


def _months(text: str) -> set[str]:
    return {f"{match['year']}-{int(match['month']):02d}" for match in _MONTH.finditer(text)}


def _phrases(texts: tuple[str, ...], analyser: Analyser) -> tuple[Phrase, ...]:
    return tuple(filter(None, map(analyser.query, texts)))
