"""Cuts the best snippet of a text and marks what a query found in it.

The marks stand in the text as it is published: accented words are marked for a query without
marks, "hợp tác xã" for "HTX", a document number in whatever way it is spelled.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from cms.vietnamese.text import clean, fold
from search.analysis import Analyser, Word
from search.query import ParsedQuery

__all__ = ["Highlighter"]

_SEPARATOR: Final = r"[ \t]?[-/.&]?[ \t]?"
_NUMBER_WORTH: Final = 5.0
_MOST_READ: Final = 200_000
"""Characters of a text that are looked at for a snippet."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    what: str
    """The word or number that stands there, as asked for."""
    worth: float


class Highlighter:
    """Marks the words, numbers and dates of one query in any number of texts."""

    def __init__(self, query: ParsedQuery, analyser: Analyser) -> None:
        self._analyser = analyser
        self._words: dict[str, Word] = {}
        self._known: dict[str, str | None] = {}
        if not query.is_number:
            content = [word for word in query.words if word.is_content]
            self._words = {word.fold: word for word in content}
        self._word_pattern = _compile(
            pattern for word in self._words.values() for pattern in analyser.patterns(word)
        )
        self._number_pattern = _compile(_number_patterns(query))

    def mark(self, text: str) -> str:
        """The whole text as HTML, what was found in <mark>; whitespace made single spaces."""
        shown = _shown(text)
        return _html(shown, 0, len(shown), self._marks(shown))

    def snippet(self, pieces: Sequence[str], length: int = 200) -> str:
        """The part of the pieces that says most of what was asked for, as HTML.

        At most ``length`` characters of text (and dots where it was cut), cut between words; the
        beginning where nothing was found.
        """
        best: tuple[float, str, int, list[_Mark]] | None = None
        left = _MOST_READ
        for piece in pieces:
            shown = _shown(piece[:left])
            left -= len(shown)
            marks = self._marks(shown)
            worth, start = _best_window(marks, length)
            if shown and (best is None or worth > best[0]):
                best = (worth, shown, start, marks)
            if left <= 0:
                break
        if best is None:
            return ""
        _, shown, start, marks = best
        first, last = _cut(shown, start, marks, length)
        inside = [one for one in marks if first <= one.start and one.end <= last]
        before = "… " if first else ""
        after = " …" if last < len(shown) else ""
        return f"{before}{_html(shown, first, last, inside)}{after}"

    def _marks(self, shown: str) -> list[_Mark]:
        """What was found in a text, in order, without overlaps."""
        folded = _folded(shown)
        numbers = [
            _Mark(start, end, "#", _NUMBER_WORTH)
            for start, end in _spans(self._number_pattern, folded)
        ]
        words = [
            _Mark(start, end, what, 1.0)
            for start, end in _spans(self._word_pattern, folded)
            if (what := self._what(shown[start:end])) is not None
        ]
        if not numbers:
            return words
        kept: list[_Mark] = []
        for mark in sorted([*numbers, *words], key=lambda one: (one.start, -one.end)):
            if not kept or mark.start >= kept[-1].end:
                kept.append(mark)
        return kept

    def _what(self, found: str) -> str | None:
        """The word asked for that ``found`` is; None where it only looks like one."""
        if found not in self._known:
            words = self._analyser.query(found)
            asked = self._words.get(words[0].fold) if len(words) == 1 else None
            fits = asked is not None and self._analyser.agree(asked, words[0])
            self._known[found] = asked.fold if asked is not None and fits else None
        return self._known[found]


def _compile(patterns: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern, the longest first. Each begins with a letter or figure, so that the search
    skips whatever none begins with; whether a word begins there is asked of what it finds."""
    ordered = sorted(set(patterns), key=lambda one: (-len(one), one))
    return re.compile(rf"(?:{'|'.join(ordered)})(?![^\W_])") if ordered else None


def _spans(pattern: re.Pattern[str] | None, folded: str) -> Iterator[tuple[int, int]]:
    if pattern is not None:
        for match in pattern.finditer(folded):
            start = match.start()
            if not start or not folded[start - 1].isalnum():
                yield start, match.end()


def _number_patterns(query: ParsedQuery) -> Iterator[str]:
    keys = [*(number.folded_key for number in query.numbers), *query.number_keys]
    bare = [*map(_key_pattern, keys)]
    bare += [_typed_pattern(term) for term in query.number_terms if query.is_number]
    for pattern in bare:
        yield from (pattern, f"00?{pattern}")
    for day in query.dates:
        for pattern in _date_patterns(day):
            yield from (pattern, f"0{pattern}", f"ngay 0?{pattern}")
        yield day


def _key_pattern(key: str) -> str:
    """``54NQTW`` in any spelling: separators may stand between letters and around figures."""
    parts = re.findall(r"\d+|\D", key.lower())
    if len(parts) > 1 and len(parts[1]) and parts[0].isdecimal() and len(parts[0]) > 4:
        # A year that follows the number has run into it: 302020NDCP is 30/2020/NĐ-CP.
        year = re.fullmatch(r"(\d+?)((?:19|20)\d\d)", parts[0])
        parts[:1] = [rf"{year[1]}(?:{_SEPARATOR}){year[2]}"] if year else parts[:1]
    return _SEPARATOR.join(parts)


def _date_patterns(day: str) -> tuple[str, str]:
    date = dt.date.fromisoformat(day)
    return (
        rf"{date.day}[ ]?[/.-][ ]?0?{date.month}[ ]?[/.-][ ]?{date.year}",
        rf"{date.day} thang 0?{date.month},? nam {date.year}",
    )


def _typed_pattern(term: str) -> str:
    """``54:NQ`` (the number in the text has the symbol after it) or ``30/2020``."""
    head, mark, code = term.partition(":")
    if not mark:
        return rf"{head.replace('/', ' ?/ ?')}(?:[/-][\w&./-]+)?"
    return (
        rf"{re.escape(head)} ?[-/] ?(?:\d{{4}} ?[-/] ?)?{fold(re.escape(code))}(?:[/-][\w&./-]+)?"
    )


def _shown(text: str) -> str:
    return " ".join(clean(text).split())


def _folded(text: str) -> str:
    """Folded, character for character."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded
    return "".join((fold(char) or char)[0] for char in text)


def _best_window(marks: Sequence[_Mark], length: int) -> tuple[float, int]:
    """What the best stretch of ``length`` characters is worth and the place of its first mark."""
    best, best_start = 0.0, 0
    inside: Counter[str] = Counter()
    worth, first = 0.0, 0
    for last, mark in enumerate(marks):
        worth += mark.worth if not inside[mark.what] else 0.05
        inside[mark.what] += 1
        while mark.end - marks[first].start > length and first < last:
            gone = marks[first]
            inside[gone.what] -= 1
            worth -= gone.worth if not inside[gone.what] else 0.05
            first += 1
        # What stands close together says more than the same words far apart.
        score = worth - (mark.end - marks[first].start) / length / 10
        if score > best:
            best, best_start = score, marks[first].start
    return best, best_start


def _cut(shown: str, start: int, marks: Sequence[_Mark], length: int) -> tuple[int, int]:
    """Where the snippet with the window that begins at ``start`` begins and ends."""
    if len(shown) <= length:
        return 0, len(shown)
    end = max(
        (one.end for one in marks if start <= one.start and one.end <= start + length),
        default=start,
    )
    first = max(0, min(start - (length - (end - start)) // 3, len(shown) - length))
    if first:
        space = shown.find(" ", first - 1, start + 1)
        first = space + 1 if space >= 0 else start
    last = min(len(shown), first + length)
    if last < len(shown) and (space := shown.rfind(" ", max(end, first + 1), last + 1)) > 0:
        last = space
    return first, last


def _html(shown: str, first: int, last: int, marks: Iterable[_Mark]) -> str:
    parts: list[str] = []
    done = first
    for mark in marks:
        parts += [escape(shown[done : mark.start]), "<mark>", escape(shown[mark.start : mark.end])]
        parts.append("</mark>")
        done = mark.end
    return "".join([*parts, escape(shown[done:last])]).replace("</mark> <mark>", " ")
