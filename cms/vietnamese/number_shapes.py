"""What the number and symbol of a Vietnamese document look like in running text.

    number := NUM [SEP YEAR] SEP GROUP ((- | /) GROUP){0,5}      SEP := "/" or "-", spaces allowed
    NUM    := up to six digits ["." up to three] [one letter]    60, 07a, 66.13
    GROUP  := capitals, with at least two of them or a known type code; "." and "&" may join parts

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I (number and symbol); Luật Ban hành văn bản quy phạm
pháp luật (the year in the number); Party practice (hyphen after the number).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cms.vietnamese.document_types import find_document_type

__all__ = ["ASSEMBLY", "NumberShape", "find_shapes"]

ASSEMBLY: Final = re.compile(r"(?:QH|UBTVQH)[0-9]+")
"""The code of the National Assembly or its standing committee, with its term."""

_HEAD: Final = re.compile(
    r"(?<![\w/.\-])(?<!\d,)(?P<digits>[0-9]{1,6}(?:\.[0-9]{1,3})?)(?P<suffix>[A-Za-zĐđ]?)"
    r"(?:[ \t]?[-/][ \t]?(?P<year>(?:19|20)[0-9]{2})(?=[ \t]?[-/]))?"
    r"(?P<before>[ \t]?)(?P<mark>[-/])(?P<after>[ \t]?)(?=[A-ZĐ])"
)
_FIGURES: Final = re.compile(r"[0-9]+")
"""Where a number may begin: far quicker to find than what `_HEAD` begins with."""
_PART: Final = r"[A-ZĐ][A-Za-zĐđ0-9]{0,19}"
_GROUP: Final = re.compile(rf"{_PART}(?:[.&]{_PART}){{0,3}}(?!\w)")
_JOIN: Final = re.compile(r"(?P<before>[ \t]?)[-/](?P<after>[ \t]?)(?=[A-ZĐ])")
_MAX_GROUPS: Final = 6


@dataclass(frozen=True, slots=True)
class NumberShape:
    """The parts of a number as they are printed at `[start:end]`, not yet classified."""

    digits: str
    suffix: str
    year: int | None
    mark: str
    """What follows the number: "/" or "-"."""
    groups: list[str]
    start: int
    end: int


def find_shapes(text: str) -> Iterator[NumberShape]:
    """Yield the numbers of `text`, which is clean, in order; in time linear in its length."""
    position = 0
    for figures in _FIGURES.finditer(text):
        if figures.start() < position:
            continue
        head = _HEAD.match(text, figures.start())
        if head is None:
            continue
        groups, end = _read_groups(text, head)
        if groups:
            yield NumberShape(
                digits=head["digits"],
                suffix=head["suffix"],
                year=int(head["year"]) if head["year"] else None,
                mark=head["mark"],
                groups=groups,
                start=head.start(),
                end=end,
            )
        position = max(end, head.end())


def _read_groups(text: str, head: re.Match[str]) -> tuple[list[str], int]:
    """Return the groups after `head` and where they end; no groups where this is no number."""
    groups: list[str] = []
    end = position = head.end()
    while len(groups) < _MAX_GROUPS and (match := _GROUP.match(text, position)) is not None:
        token, length = _trim(match[0])
        if not token:
            break
        groups.append(token)
        end = position + length
        join = _JOIN.match(text, end)
        if length < len(match[0]) or join is None:
            break
        # A hyphen between two spaces is a dash once the symbol can be complete.
        spaced = bool(join["before"] and join["after"])
        if spaced and (len(groups) > 1 or ASSEMBLY.fullmatch(token)):
            break
        position = join.end()
    if groups and _is_prose(head, groups):
        return [], head.end()
    return groups, end


def _trim(token: str) -> tuple[str, int]:
    """Return the leading parts of `token` that look like codes, and their length.

    The full stop before a new sentence may stand without a space: "TW.Thực" ends at TW.
    """
    parts = re.split(r"([.&])", token)
    kept = 0
    for index in range(0, len(parts), 2):
        if not _is_code(parts[index]):
            break
        kept = index + 1
    trimmed = "".join(parts[:kept])
    return trimmed, len(trimmed)


def _is_code(part: str) -> bool:
    if sum(char.isupper() for char in part) >= 2:
        return True
    found = find_document_type(part)
    return found is not None and found.printed == part


def _is_prose(head: re.Match[str], groups: list[str]) -> bool:
    """Say whether this is a year or figure before capitals: "năm 2020 - HTX", "2016/HTX"."""
    if groups == ["L"]:
        return True  # the code of lệnh, but alone a litre
    if head["year"] is not None or head["suffix"]:
        return False
    typed = find_document_type(groups[0]) is not None
    if head["mark"] == "-" and head["before"] and head["after"]:
        return not (typed and len(groups) > 1)
    is_year = re.fullmatch(r"(?:19|20)[0-9]{2}", head["digits"]) is not None
    return is_year and not typed and len(groups) == 1
