"""What one line of a document's body begins: a chapter, an article, a clause, a bullet …

The marks are those of Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II.5, in both of its layouts: A
(phần, chương, mục, tiểu mục, điều, khoản, điểm) and B ("I.", "1.", "a)"), with the variants that
are printed in practice ("I/", "1)", "1.1.", "+").
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from cms.vietnamese.numbering import parse_roman

__all__ = ["RANKS", "Level", "Mark", "is_capitals", "read_mark"]

Level = Literal[
    "part",
    "chapter",
    "section",
    "subsection",
    "article",
    "clause",
    "point",
    "bullet",
    "paragraph",
]
"""phần, chương, mục, tiểu mục, điều, khoản, điểm, gạch đầu dòng, and unmarked text."""

RANKS: Final[dict[Level, int]] = {
    "part": 0,
    "chapter": 1,
    "section": 2,
    "subsection": 3,
    "article": 4,
    "clause": 5,
    "point": 6,
    "bullet": 7,
    "paragraph": 8,
}
"""A provision contains what has a greater rank."""

_NAMED: Final = re.compile(
    r"(?P<name>phần|chương|mục|tiểu mục|điều)[ \t]+"
    r"(?P<number>(?:thứ[ \t]+)?(?:nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)"
    r"|[IVXLC]{1,8}|[0-9]{1,4}[a-zđ]?|[A-Z])"
    r"(?:[ \t]*[.:\-](?P<rest>.*)|[ \t]*$|[ \t]+(?P<capitals>.+))",
    re.IGNORECASE,
)
_NAMED_LEVELS: Final[dict[str, Level]] = {
    "phần": "part",
    "chương": "chapter",
    "mục": "section",
    "tiểu mục": "subsection",
    "điều": "article",
}
_ROMAN: Final = re.compile(r"(?P<number>[IVX]{1,7})[ \t]*[./)\-:](?P<space>[ \t]*)(?P<rest>\S.*)")
_LETTERED: Final = re.compile(r"(?P<number>[A-HĐ])[ \t]*[./)\-][ \t]+(?P<rest>\S.*)")
_NESTED: Final = re.compile(
    r"(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3})(?:[.)][ \t]*|[ \t]+)(?P<rest>[^\W\d_].*)"
)
_CLAUSE: Final = re.compile(
    r"(?P<number>[0-9]{1,3}[a-zđ]?)(?:[.)/][ \t]+|[.)](?=[^\W\d_]))(?P<rest>\S.*)"
)
_POINT: Final = re.compile(r"(?P<number>[a-zđ]{1,2}[0-9]?)\)[ \t]*(?P<rest>\S.*)")
_BULLET: Final = re.compile(r"(?P<number>[-+*•●○▪·])(?:[ \t]+|(?=[^\W\d_]))(?P<rest>\S.*)")


_FIRST_SIGNS: Final = frozenset("0123456789-+*•●○▪·abcdefghijklmnopqrstuvwxyzđABCDEFGHIĐVXPCMT")
"""What a marked line can begin with: most lines of prose are told by their first letter."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line begins: a provision of `level` with `number`, and the rest of the line."""

    level: Level
    number: str
    """As printed without its punctuation: "I", "1.2", "đ", "-"."""
    rest: str


def read_mark(line: str) -> Mark | None:
    """Return the mark at the head of `line` (cleaned, stripped), or None for plain text."""
    if not line or line[0] not in _FIRST_SIGNS:
        return None
    return _named(line) or _roman(line) or _lettered(line) or _small(line)


def is_capitals(text: str) -> bool:
    """Say whether `text` is a title in capitals: at least two letters and hardly any small ones."""
    upper = sum(char.isupper() for char in text)
    lower = sum(char.islower() for char in text)
    return upper >= 2 and lower * 5 <= upper


def _named(line: str) -> Mark | None:
    match = _NAMED.match(line)
    if match is None or not line[0].isupper():
        return None
    level = _NAMED_LEVELS[match["name"].lower()]
    title = match["capitals"]
    # "Điều 5 của Luật này …" speaks of an article; "Chương I QUY ĐỊNH CHUNG" begins a chapter.
    if title is not None and not (level != "article" and is_capitals(title)):
        return None
    return Mark(level, match["number"], (match["rest"] or title or "").strip())


def _roman(line: str) -> Mark | None:
    match = _ROMAN.match(line)
    if match is None or parse_roman(match["number"]) is None:
        return None
    if not match["space"] and not is_capitals(match["rest"]):
        return None  # X-quang
    return Mark("section", match["number"], match["rest"].strip())


def _lettered(line: str) -> Mark | None:
    match = _LETTERED.match(line)
    if match is None or not is_capitals(match["rest"]):
        return None
    return Mark("part", match["number"], match["rest"].strip())


def _small(line: str) -> Mark | None:
    forms: tuple[tuple[re.Pattern[str], Level], ...] = (
        (_NESTED, "clause"),
        (_CLAUSE, "clause"),
        (_POINT, "point"),
        (_BULLET, "bullet"),
    )
    for pattern, level in forms:
        match = pattern.match(line)
        if match is None or (pattern is _NESTED and not match["rest"][0].isupper()):
            continue
        return Mark(level, match["number"], match["rest"].strip())
    return None
