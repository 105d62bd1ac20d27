"""The numbers of Vietnamese documents: found in running text, parsed, classified, compared.

What a number is follows from the position of its parts, not from one token: TTr is tờ trình in
12/TTr-LMHTX and the inspectors' unit in 2347/UBND-TTr. Position cannot tell everything: 89-TC/TCT,
an old letter of the Ministry of Finance, reads as a Party communiqué. How a number looks is in
`number_shapes`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from cms.vietnamese.document_types import System, find_document_type
from cms.vietnamese.number_shapes import ASSEMBLY, NumberShape, find_shapes
from cms.vietnamese.text import Aligned, clean, strip_marks

__all__ = [
    "DocumentNumber",
    "FoundNumber",
    "document_numbers_in",
    "find_document_numbers",
    "parse_document_number",
]

_MAX_PARSED: Final = 1000
_FUSED: Final = re.compile(r"(NĐ|NQ|QĐ|CT)(CP|TTg|CTN|HĐND|UBND)")
_JOINT: Final = frozenset({"TTLT", "NQLT"})
_LEAD: Final = re.compile(r"(?:số|so)\s*:?\s*", re.IGNORECASE)
_WORDS_IN_CODES: Final = {"TTG": "TTg"}


@dataclass(frozen=True)
class DocumentNumber:
    """The number and symbol of one document, normalised; two spellings of one number are equal.

    A number is unique within one issuer and year only (Nghị định 30/2020/NĐ-CP, Điều 15), in the
    Party within a committee's term: keep the date beside it.
    """

    number: str
    """Digits without leading zeros, dotted where they were: "60", "66.13"."""
    suffix: str
    """The letter after the digits as printed: "a" in 07a/NQ-HĐND; else empty."""
    year: int | None
    groups: tuple[str, ...]
    """The symbol's groups as printed: ("KH", "LMHTX")."""
    system: System
    type_code: str | None
    """The code of `document_types`; None for a letter and for a law (17/2023/QH15)."""
    issuers: tuple[str, ...]
    """Codes of the issuing bodies; several in joint documents, none in "26-NQ"."""
    units: tuple[str, ...]
    """Codes of the drafting units or fields that follow the issuer."""
    hyphened: bool
    """Whether a hyphen follows the number: Party documents and hyphened letters."""

    @property
    def number_int(self) -> int:
        """The leading integer, for ordering."""
        return int(self.number.partition(".")[0])

    @property
    def symbol(self) -> str:
        """What follows the number (and year): "KH-LMHTX", "NQ/TW"."""
        first, rest = self.groups[0], self.groups[1:]
        if not self.hyphened or not rest:
            return "-".join(self.groups)
        return f"{first}/{'-'.join(rest)}"

    @cached_property
    def canonical(self) -> str:
        """The one spelling of this number: "60/KH-LMHTX"; `parse_document_number` reads it back."""
        head = f"{self.number}{self.suffix}"
        if self.year is not None:
            return f"{head}/{self.year}/{self.symbol}"
        return f"{head}{'-' if self.hyphened else '/'}{self.symbol}"

    @cached_property
    def loose_key(self) -> str:
        """The canonical form in capitals without separators, "60KHLMHTX": matches any of them."""
        return re.sub(r"[\W_]+", "", self.canonical).upper()

    @cached_property
    def folded_key(self) -> str:
        """The loose key in ASCII, "4454QDBNNVPDP": for what is typed without marks.

        HĐ and HD fall together here: try `loose_key` first.
        """
        return strip_marks(self.loose_key)

    def __str__(self) -> str:
        """Return the canonical form."""
        return self.canonical


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number in running text, which prints it at `[start:end]`."""

    number: DocumentNumber
    start: int
    end: int


def find_document_numbers(text: str) -> Iterator[FoundNumber]:
    """Yield the document numbers of `text` in order, with offsets in `text` as it was given.

    Takes text as it comes (NBSP, typographic dashes, NFD, zero-width characters), in time linear
    in its length. Dates, ranges of years and telephone numbers are no document numbers.
    """
    aligned = Aligned(text)
    for shape in find_shapes(aligned.text):
        first, last = aligned.span(shape.start, shape.end)
        yield FoundNumber(_classify(shape), first, last)


def document_numbers_in(text: str) -> Iterator[DocumentNumber]:
    """Yield the document numbers of `text`, which is clean, in order: quick, without offsets."""
    return map(_classify, find_shapes(text))


def parse_document_number(text: str) -> DocumentNumber | None:
    """Return the number that is the whole of `text`, else None.

    "Số:" before it and punctuation after it may stand; the case may be wrong ("60/kh-lmhtx"), as
    it is in what people type.
    """
    if len(text) > _MAX_PARSED:
        return None
    wanted = _LEAD.sub("", clean(text).strip(), count=1).rstrip(" .,;:)\n\t")
    for spelling in (wanted, _capitals(wanted)):
        for shape in find_shapes(spelling):
            if (shape.start, shape.end) == (0, len(spelling)):
                return _classify(shape)
    return None


def _capitals(text: str) -> str:
    """Return `text` in capitals but for codes that are printed in mixed case (TTr, QyĐ, TTg)."""
    head = re.match(r"[0-9.]*[A-Za-zĐđ]?(?=[ \t]?[-/])", text)
    kept = head[0] if head else ""

    def recased(match: re.Match[str]) -> str:
        token = match[0].upper()
        found = find_document_type(token)
        if found is not None and found.printed.upper() == token:
            return found.printed
        return _WORDS_IN_CODES.get(token, token)

    return kept + re.sub(r"\w+", recased, text[len(kept) :])


def _classify(shape: NumberShape) -> DocumentNumber:
    groups, year = shape.groups, shape.year
    if (fused := _FUSED.fullmatch(groups[0])) is not None:  # 42/2022/NĐCP
        groups = [fused[1], fused[2], *groups[1:]]
    hyphened = shape.mark == "-" and year is None
    system, code = _system(groups, year, hyphened)
    named = groups if code is None else groups[1:]
    if code == "VBHN" and len(named) > 1 and find_document_type(named[0]) is not None:
        named = named[1:]  # 6050/2026/VBHN-NĐ-BTP: the type that was consolidated, then the body
    bodies = len(named) if code in _JOINT else 1
    integer, dot, decimals = shape.digits.partition(".")
    return DocumentNumber(
        number=f"{int(integer)}{dot}{decimals}",
        suffix=shape.suffix,
        year=year,
        groups=tuple(groups),
        system=system,
        type_code=code,
        issuers=tuple(named[:bodies]),
        units=tuple(named[bodies:]),
        hyphened=year is None and (system == "party" or (hyphened and system == "letter")),
    )


def _system(groups: list[str], year: int | None, hyphened: bool) -> tuple[System, str | None]:
    """Return the system and the type's code by the position of the parts."""
    if ASSEMBLY.fullmatch(groups[0]):
        return "legal", None
    if hyphened:
        found = find_document_type(groups[0], "party")
        if found is None:
            return "letter", None
        return ("legal" if found.systems == ("legal",) else "party"), found.code
    found = find_document_type(groups[0], "administrative" if year is None else "legal")
    if found is None:
        return "letter", None
    if year is not None and "legal" in found.systems:
        return "legal", found.code
    return found.system, found.code
