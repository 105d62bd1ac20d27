"""Dates as Vietnamese documents write them: day first, in figures or in words.

Forms read: "ngày 19 tháng 5 năm 2016", 18/8/2014, 18-8-2014, 18.8.2014 (each with or without
"ngày") and ISO 2014-08-18. A date that no calendar has (31/4/2020) is refused, never guessed at.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cms.vietnamese.text import Aligned, clean

__all__ = [
    "FoundDate",
    "dates_in",
    "find_dates",
    "find_impossible_dates",
    "legal_date",
    "parse_date",
    "weekday_name",
]

_YEAR: Final = r"(?:1[0-9]|2[0-9])[0-9]{2}"
_DATE: Final = re.compile(
    r"(?<![\w/.\-])(?<!\d,)(?P<word>ngày[ \t]{0,3})?"
    r"(?:"
    r"(?P<d1>[0-9]{1,2})[ \t]{0,3}tháng[ \t]{0,3}(?P<m1>[0-9]{1,2}),?[ \t]{0,3}"
    rf"năm[ \t]{{0,3}}(?P<y1>{_YEAR})(?!\d)"
    rf"|(?P<d2>[0-9]{{1,2}})[ ]?/[ ]?(?P<m2>[0-9]{{1,2}})[ ]?/[ ]?(?P<y2>{_YEAR})(?![\d/]|-\w|\.\d)"
    r"|(?P<d3>[0-9]{1,2})(?P<mark>[.\-])(?P<m3>[0-9]{1,2})(?P=mark)"
    rf"(?P<y3>{_YEAR})(?![\d/]|[.\-]\w)"
    rf"|(?P<y4>{_YEAR})-(?P<m4>[0-9]{{2}})-(?P<d4>[0-9]{{2}})(?![\w/\-]|\.\d)"
    r")",
    re.IGNORECASE,
)
_FIGURES: Final = re.compile(r"[0-9]+")
_WORD_BEFORE: Final = re.compile(r"ngày[ \t]{0,3}\Z", re.IGNORECASE)
_WEEKDAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in running text, which prints it (with its "ngày") at `[start:end]`."""

    date: dt.date
    start: int
    end: int


def find_dates(text: str) -> Iterator[FoundDate]:
    """Yield the dates of `text` in order, with offsets in `text` as it was given."""
    for date, start, end in _scan(text):
        if date is not None:
            yield FoundDate(date, start, end)


def dates_in(text: str) -> Iterator[dt.date]:
    """Yield the dates of `text`, which is clean, in order: quick, without offsets."""
    return filter(None, map(_date, _matches(text)))


def find_impossible_dates(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of what is written as a date and is none, such as 31/4/2020."""
    for date, start, end in _scan(text):
        if date is None:
            yield start, end


def parse_date(text: str) -> dt.date | None:
    """Return the date that is the whole of `text` ("ngày" and final punctuation allowed)."""
    if len(text) > 100:
        return None
    wanted = clean(text).strip(" \t\n.,;:")
    match = _DATE.fullmatch(wanted)
    return None if match is None else _date(match)


def legal_date(date: dt.date) -> str:
    """Return `date` as a document prints it: "ngày 05 tháng 01 năm 2020".

    Days below 10 and the months 1 and 2 take a leading zero, other months none (Nghị định
    30/2020/NĐ-CP, Phụ lục I, Mục II.4), so that no figure can be put before them.
    """
    month = f"{date.month:02d}" if date.month <= 2 else str(date.month)
    return f"ngày {date.day:02d} tháng {month} năm {date.year}"


def weekday_name(date: dt.date) -> str:
    """Return the day of the week as the decree spells it (Phụ lục II): "thứ Hai", "Chủ nhật"."""
    return _WEEKDAYS[date.weekday()]


def _scan(text: str) -> Iterator[tuple[dt.date | None, int, int]]:
    aligned = Aligned(text)
    for match in _matches(aligned.text):
        start, end = aligned.span(*match.span())
        yield _date(match), start, end


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield what `_DATE.finditer` does, looking only where there are figures."""
    done = 0
    for figures in _FIGURES.finditer(text):
        start = figures.start()
        if start < done:
            continue
        word = _WORD_BEFORE.search(text, max(done, start - 7), start)
        match = _DATE.match(text, word.start()) if word is not None else None
        match = match or _DATE.match(text, start)
        if match is not None:
            done = match.end()
            yield match


def _date(match: re.Match[str]) -> dt.date | None:
    for form in "1234":
        if match[f"y{form}"] is not None:
            year, month, day = (int(match[f"{part}{form}"]) for part in "ymd")
            try:
                return dt.date(year, month, day)
            except ValueError:
                return None
    return None
