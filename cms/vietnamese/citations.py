"""Citations: which documents a text speaks of, when and by whom they were issued, and how.

The first citation of a document gives type, number, date and body, later ones type and number
only (Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II.5): so the first one is kept and the later ones
are counted.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from cms.vietnamese.dates import FoundDate, find_dates
from cms.vietnamese.document_numbers import DocumentNumber, FoundNumber, find_document_numbers
from cms.vietnamese.document_types import DOCUMENT_TYPES, document_type_named
from cms.vietnamese.relations import CHANGING, Relation, find_cue
from cms.vietnamese.text import Aligned

__all__ = ["Citation", "find_citations"]

_REACH: Final = 160
"""How many characters before a number its cue may stand."""
_GAP: Final = 60
"""How many characters may stand between a cue and the type and number that it governs."""
_LAW_GAP: Final = 140
"""The same for the formal "Căn cứ Luật …", which gives the law's whole name."""

_REACH_OF_NAME: Final = 60
_WORDS_IN_NAME: Final = 5

_NAMES: Final = "|".join(
    re.escape(row.name) for row in sorted(DOCUMENT_TYPES, key=lambda row: -len(row.name))
).replace(r"\ ", r"\s+")
_NUMBER_WORD: Final = re.compile(r"(?<!\w)số\s*:?\s*$", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_CLAUSE_END: Final = re.compile(r"[;\n“”\"!?:]|[.](?=\s)")
_BEFORE_DATE: Final = re.compile(
    r"[ \t]*[,(]?[ \t]*(?:(?:được[ \t]+)?(?:ban hành|ký)[ \t]+)?(?:ngày[ \t]*)?", re.IGNORECASE
)
_BEFORE_ISSUER: Final = re.compile(
    r"[ \t]*[,)]?[ \t]*(?:(?:được[ \t]+)?ban hành[ \t]+)?của[ \t]+", re.IGNORECASE
)
_CAPITALS: Final = "".join(char for char in map(chr, range(0x41, 0x1EFA)) if char.isupper())
_ISSUER_END: Final = re.compile(
    r"[;:,.()\[\]\n“”\"…]|(?<!\w)(?:về|ngày|quy định|ban hành|hướng dẫn|sửa đổi|bổ sung|phê duyệt|"
    r"chi tiết|đã|được|là|đến|cho|trong|tại|theo|để|nhằm|thay thế|bãi bỏ|triển khai|thực hiện|"
    r"do|hoặc|có|không|khóa|khoá|nhiệm kỳ|số|gồm|yêu cầu|đề nghị|giao|tổng kết|như|này|thì)(?!\w)|"
    rf"(?<!\w)(?:và|cùng|với)\s+(?:{_NAMES})(?!\w)|(?<!\w)và\s+(?!(?-i:[{_CAPITALS}]))",
    re.IGNORECASE,
)
_MAX_ISSUER: Final = 120
_JOINED: Final = re.compile(r"(?:[,;]|\bvà\b|\bcùng\b|\bhoặc\b)\s*(?:của\s*)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Citation:
    """One document that a text cites."""

    number: DocumentNumber
    issued_on: dt.date | None
    issuer: str | None
    """The issuing body as printed: "UBND tỉnh", "Bộ Chính trị"."""
    type_name: str | None
    """The type as printed before the number: "Công văn"."""
    relation: Relation
    cue: str | None
    """The words that name the relation, as printed: "Thực hiện"; in "Thực hiện A và B" also for B.

    None where nothing does, which is plain citing.
    """
    evidence: str
    """Cue, type, number, date and issuer as printed: `text[start:end]`."""
    start: int
    end: int
    number_start: int
    """Where the number itself stands: `text[number_start:number_end]`."""
    number_end: int
    count: int = 1
    """How many times the text cites this document."""


def find_citations(text: str, *, exclude: Collection[DocumentNumber] = ()) -> list[Citation]:
    """Return the documents cited in `text`, in the order of their first citation.

    Offsets are those of `text` as it was given. Numbers that are equal in their `loose_key` to
    one of `exclude` (the document's own) are left out. Two citations of one number are two
    documents only where both are dated and the dates differ, since numbers start anew each year.
    """
    aligned = Aligned(text)
    excluded = {number.loose_key for number in exclude}
    dates = list(find_dates(aligned.text))
    reader = _Reader(aligned.text, dates)
    kept: dict[str, _SameNumber] = {}
    for found in find_document_numbers(aligned.text):
        citation = reader.read(found)
        key = found.number.loose_key
        if key not in excluded:
            kept.setdefault(key, _SameNumber()).add(citation)
    citations = [
        replace(_placed(citation, aligned), count=same.counts[date])
        for same in kept.values()
        for date, citation in same.first.items()
    ]
    return sorted(citations, key=lambda citation: citation.start)


class _SameNumber:
    """The citations of one number, told apart by their dates."""

    def __init__(self) -> None:
        self.first: dict[dt.date | None, Citation] = {}
        self.counts: Counter[dt.date | None] = Counter()

    def add(self, citation: Citation) -> None:
        """Count `citation` to the one that it repeats, or keep it."""
        date = citation.issued_on
        known = date if date in self.first else None
        if date is None and self.first and None not in self.first:
            known = next(iter(self.first))
        if known not in self.first:
            self.first[date] = citation
            known = date
        self.counts[known] += 1


def _placed(citation: Citation, aligned: Aligned) -> Citation:
    """Return `citation` with offsets and evidence of the original text."""
    start, end = aligned.span(citation.start, citation.end)
    number_start, number_end = aligned.span(citation.number_start, citation.number_end)
    return replace(
        citation,
        evidence=aligned.original[start:end],
        start=start,
        end=end,
        number_start=number_start,
        number_end=number_end,
    )


class _Reader:
    """Reads the words around each number, remembering the citation before it."""

    def __init__(self, text: str, dates: list[FoundDate]) -> None:
        self._text = text
        self._dates = {date.start: date for date in dates}
        self._last_end = 0
        self._last: tuple[Relation, str | None] | None = None

    def read(self, found: FoundNumber) -> Citation:
        end, issued_on, issuer = self._read_after(found.end)
        type_start, type_name = self._read_type(found.start)
        relation, cue, start = self._read_relation(type_start)
        self._last_end, self._last = end, (relation, cue)
        return Citation(
            number=found.number,
            issued_on=issued_on,
            issuer=issuer,
            type_name=type_name,
            relation=relation,
            cue=cue,
            evidence=self._text[start:end],
            start=start,
            end=end,
            number_start=found.start,
            number_end=found.end,
        )

    def _read_after(self, end: int) -> tuple[int, dt.date | None, str | None]:
        """Read date and issuer, in either order, from `end` on."""
        issued_on: dt.date | None = None
        issuer: str | None = None
        for _ in range(2):
            if issued_on is None and (date := self._date_at(end)) is not None:
                closed = "(" in self._text[end : date.start] and self._text.startswith(
                    ")", date.end
                )
                issued_on, end = date.date, date.end + closed
            if issuer is None and (lead := _BEFORE_ISSUER.match(self._text, end)) is not None:
                name = self._issuer_at(lead.end())
                if name:
                    issuer, end = name, lead.end() + len(name)
        return end, issued_on, issuer

    def _date_at(self, end: int) -> FoundDate | None:
        lead = _BEFORE_DATE.match(self._text, end)
        if lead is None:
            return None
        # A date begins at its "ngày", which the lead may have taken.
        for start in range(lead.end(), end - 1, -1):
            if start in self._dates:
                return self._dates[start]
        return None

    def _issuer_at(self, start: int) -> str:
        limit = min(len(self._text), start + _MAX_ISSUER)
        stop = _ISSUER_END.search(self._text, start, limit)
        name = self._text[start : stop.start() if stop else limit]
        if stop is None and limit < len(self._text):
            name = name.rpartition(" ")[0]
        return name.rstrip(" \t-")

    def _read_type(self, start: int) -> tuple[int, str | None]:
        """Return where the type's name (or else "số", or the number) begins, and the name."""
        begin = max(self._last_end, start - _REACH_OF_NAME)
        before = self._text[begin:start]
        number_word = _NUMBER_WORD.search(before)
        words_end = number_word.start() if number_word else len(before)
        words = list(_WORD.finditer(before, 0, words_end))[-_WORDS_IN_NAME:]
        for index, first in enumerate(words):
            name = before[first.start() : words_end].rstrip()
            whole = index > 0 or begin == 0 or first.start() > 0
            if whole and document_type_named(name) is not None:
                return begin + first.start(), name
        return begin + words_end, None

    def _read_relation(self, type_start: int) -> tuple[Relation, str | None, int]:
        """Return relation, cue and where the evidence begins."""
        begin = max(self._last_end, type_start - _REACH)
        before = self._text[begin:type_start]
        ends = list(_CLAUSE_END.finditer(before))
        clause = before[ends[-1].end() :] if ends else before
        last = self._last if begin == self._last_end else None
        found = find_cue(clause)
        if found is not None:
            relation, first, end = found
            near = len(clause) - first <= (_LAW_GAP if relation == "based_on" else _GAP)
            # In "A sửa đổi B" it is A that amends B, and the text only cites B.
            of_last = last is not None and not ends and relation in CHANGING
            if near and not (of_last and not _JOINED.search(clause[:first])):
                return relation, clause[first:end], type_start - len(clause) + first
        listed = not ends or (ends[-1][0] == ";" and not clause.strip())
        if last is not None and listed and (ends or _JOINED.search(clause)):
            return last[0], last[1], type_start
        return "cites", None, type_start
