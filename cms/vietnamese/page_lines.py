"""What a line of a portal page is: a menu entry, a counter, a byline, a footer … or content.

Pages come as plain text, in which the site's own furniture surrounds the content without a mark.
Each function here judges one line by its form and by the tables of `words`; none knows a
particular site. Lines are cleaned (`text.clean`) and stripped.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final, Literal

from cms.vietnamese import words
from cms.vietnamese.dates import find_dates
from cms.vietnamese.provision_lines import is_capitals, read_mark
from cms.vietnamese.text import fold
from cms.vietnamese.word_matching import contains_words, starts_with_words

__all__ = [
    "LONG_LINE",
    "Byline",
    "LeftOut",
    "Reason",
    "is_footer",
    "is_letterhead",
    "is_licence",
    "is_statistic",
    "is_widget_title",
    "posted_date",
    "read_byline",
    "undoubled",
]

Reason = Literal[
    "navigation",
    "section_title",
    "statistics",
    "letterhead",
    "byline",
    "posted_on",
    "widget",
    "footer",
    "licence",
]
"""Why a line is no content; stable."""

LONG_LINE: Final = 200
"""From this many characters on a line is a paragraph of content."""

_MAX_FURNITURE: Final = 250
_COUNT: Final = re.compile(
    r"(?P<label>[^\d:]+(?:[ ][0-9]{1,2})?)[ \t]*(?P<colon>:?)[ \t]*[0-9][0-9.,]*"
)
_UNLABELLED: Final = ("truy cap", "luot", "online", "khach")
_TIME: Final = re.compile(
    r"\b[0-9]{1,2}(?::[0-9]{2}){1,2}\b|\b[0-9]{1,2}h[0-9]{0,2}\b|gmt[ ]?\+?[0-9]*"
)
_WEEKDAY: Final = re.compile(r"\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\b")
_LABELLED: Final = re.compile(r"(?P<label>[^:]{1,20}):[ \t]*(?P<name>\S.*)")
_RULE: Final = re.compile(r"[-_*=.~ \t]+")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Lines that a reader took for the site's own and left out, as printed."""

    reason: Reason
    text: str


@dataclass(frozen=True, slots=True)
class Byline:
    """Who a page names as its author, as printed."""

    text: str
    kind: Literal["person", "unit", "account", "source"]


def undoubled(line: str) -> str | None:
    """Return one half of a line that says the same thing twice ("Thông báo Thông báo"), or None."""
    parts = line.split()
    half, odd = divmod(len(parts), 2)
    if (
        odd
        or not half
        or [part.lower() for part in parts[:half]] != [part.lower() for part in parts[half:]]
    ):
        return None
    return " ".join(parts[:half])


def is_statistic(line: str) -> bool:
    """Say whether `line` is a visitor counter ("Hôm nay: 858") or the title of one."""
    if len(line) > 80:
        return False
    title = fold(undoubled(line) or line).strip(" :")
    if title in ("thong ke", "thong ke truy cap", "luot truy cap"):
        return True
    match = _COUNT.fullmatch(line)
    if match is None or not starts_with_words(match["label"], words.STATISTIC_WORDS):
        return False
    return bool(match["colon"]) or contains_words(match["label"], _UNLABELLED)


def is_widget_title(line: str) -> bool:
    """Say whether `line` is the title of a side box: a known one, or any that is printed twice."""
    if len(line) > 120:
        return False
    half = undoubled(line)
    return half is not None or fold(line).strip(" :") in words.WIDGET_TITLES


def is_footer(line: str) -> bool:
    """Say whether `line` belongs to the foot of a page: address, telephone, rights, maker."""
    if len(line) > _MAX_FURNITURE:
        return False
    if starts_with_words(line, words.FOOTER_WORDS):
        return True
    return ":" in line[:60] and starts_with_words(line, words.FOOTER_LABELS)


def is_licence(line: str) -> bool:
    """Say whether `line` gives the licence of the website."""
    return (
        len(line) <= _MAX_FURNITURE
        and read_mark(line) is None
        and contains_words(line, words.LICENCE_WORDS)
        and any(char.isdigit() for char in line)
    )


def is_letterhead(line: str) -> bool:
    """Say whether `line` is national heading and motto, or a rule drawn with characters."""
    return starts_with_words(line, words.LETTERHEAD_WORDS) or (
        len(line) > 2 and _RULE.fullmatch(line) is not None
    )


def posted_date(line: str) -> dt.date | None:
    """Return the date of a line that says nothing else: "Ngày 22/04/2020", "22/04/2020 10:15"."""
    if len(line) > 80:
        return None
    found = list(find_dates(line))
    if len(found) != 1:
        return None
    rest = fold(line[: found[0].start] + " " + line[found[0].end :])
    rest = _WEEKDAY.sub(" ", _TIME.sub(" ", rest))
    rest = " ".join(re.sub(r"[^\w]+", " ", rest).split())
    return found[0].date if not rest or rest in words.POSTED_WORDS else None


def read_byline(line: str) -> Byline | None:
    """Return the byline that `line` is, or None: "PKH", "Nguyễn Văn An", "Nguồn: Báo Nhân Dân"."""
    if len(line) > 80 or any(char.isdigit() for char in line) or read_mark(line) is not None:
        return None
    labelled = _LABELLED.fullmatch(line)
    if labelled is not None:
        label = " ".join(fold(labelled["label"]).split())
        if label not in words.BYLINE_LABELS:
            return None
        kind = "source" if label.startswith("nguon") else _kind(labelled["name"])
        return Byline(line, kind)
    parts = line.split()
    if len(parts) > 6 or not all(part.strip("().").replace("-", "").isalpha() for part in parts):
        return None
    if line[-1] in ".,;:!?":
        return None
    kind = _kind(line)
    if kind == "person" and not (len(parts) > 1 and all(part[0].isupper() for part in parts)):
        return None
    return Byline(line, kind)


def _kind(name: str) -> Literal["person", "unit", "account"]:
    if fold(name) in words.ACCOUNT_WORDS:
        return "account"
    if starts_with_words(name, words.UNIT_WORDS) and name[0].isupper():
        return "unit"
    code = len(name.split()) == 1 and len(name) <= 12 and is_capitals(name)
    return "unit" if code else "person"
