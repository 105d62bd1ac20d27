"""A page's plain text, cut into what stands before the title, the content, and what follows.

`find_end` says where the content ends; `name_before` and `name_after` give every other line its
reason, so that a reader can report what it left out.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from cms.vietnamese import words
from cms.vietnamese.page_lines import (
    LONG_LINE,
    Byline,
    LeftOut,
    Reason,
    is_footer,
    is_letterhead,
    is_licence,
    is_statistic,
    is_widget_title,
    posted_date,
    read_byline,
    undoubled,
)
from cms.vietnamese.provision_lines import is_capitals
from cms.vietnamese.text import clean
from cms.vietnamese.word_matching import starts_with_words

__all__ = ["find_byline", "find_end", "first_long", "name_after", "name_before", "page_lines"]

_MAX_ENTRY: Final = 60


def page_lines(text: str) -> list[str]:
    """Return the lines of `text`, cleaned and stripped, blank ones included."""
    return [line.strip() for line in clean(text).split("\n")]


def first_long(lines: Sequence[str]) -> int:
    """Return the index of the first line that is a paragraph, or the number of lines."""
    return next((i for i, line in enumerate(lines) if len(line) >= LONG_LINE), len(lines))


def find_end(lines: Sequence[str], begin: int) -> int:
    """Return the index at which the content that starts at `begin` is over.

    That is the first line of furniture after which no paragraph comes any more: a counter in the
    middle of a page does not end it.
    """
    last_long = next(
        (i for i in range(len(lines) - 1, begin - 1, -1) if _is_paragraph(lines[i])), begin
    )
    for index in range(max(begin, last_long), len(lines)):
        if _is_furniture(lines[index]):
            return _with_owner(lines, begin, index)
    return len(lines)


def find_byline(
    lines: Sequence[str], begin: int, end: int, *, signed: bool
) -> tuple[Byline | None, int]:
    """Return the byline that closes the content `lines[begin:end]`, and its index (else `end`).

    A `signed` document ends in its signer's name: there, a name below a post is none.
    """
    index = _previous(lines, end)
    if index <= begin:
        return None, end
    byline = read_byline(lines[index])
    if byline is None:
        return None, end
    if signed and byline.kind == "person":
        above = lines[max(_previous(lines, index), begin)]
        if is_capitals(above) or starts_with_words(above, words.SIGNATURE_WORDS):
            return None, end
        if not (end < len(lines) and posted_date(lines[end]) is not None):
            return None, end
    return byline, index


def name_before(lines: Sequence[str]) -> list[LeftOut]:
    """Return the lines before a title, each run of one kind with its reason."""

    def reason(line: str, _: Reason | None) -> Reason:
        if is_statistic(line):
            return "statistics"
        if is_letterhead(line):
            return "letterhead"
        if posted_date(line) is not None:
            return "posted_on"
        return "section_title" if undoubled(line) is not None else "navigation"

    return _grouped(lines, reason)


def name_after(lines: Sequence[str], *, byline: bool) -> list[LeftOut]:
    """Return the lines after the content; `byline` says that the first one is the byline."""
    present = [line for line in lines if line]
    following = dict(pairwise(present))

    def reason(line: str, last: Reason | None) -> Reason:
        if last is None and byline:
            return "byline"
        if posted_date(line) is not None:
            return "posted_on"
        if is_statistic(line):
            return "statistics"
        if is_licence(line):
            return "licence"
        if is_footer(line) or (is_capitals(line) and is_footer(following.get(line, ""))):
            return "footer"
        if is_widget_title(line):
            return "widget"
        return "footer" if last in ("footer", "licence") else "widget"

    return _grouped(lines, reason)


def _grouped(
    lines: Sequence[str], reason_of: Callable[[str, Reason | None], Reason]
) -> list[LeftOut]:
    groups: list[tuple[Reason, list[str]]] = []
    for line in lines:
        if not line:
            continue
        reason = reason_of(line, groups[-1][0] if groups else None)
        if (
            groups
            and groups[-1][0] == reason
            and not (reason == "widget" and is_widget_title(line))
        ):
            groups[-1][1].append(line)
        else:
            groups.append((reason, [line]))
    return [LeftOut(reason, "\n".join(group)) for reason, group in groups]


def _is_paragraph(line: str) -> bool:
    return len(line) >= LONG_LINE and not is_footer(line) and not is_licence(line)


def _is_furniture(line: str) -> bool:
    return bool(line) and (
        is_widget_title(line)
        or is_statistic(line)
        or is_footer(line)
        or is_licence(line)
        or posted_date(line) is not None
    )


def _with_owner(lines: Sequence[str], begin: int, end: int) -> int:
    """Return the index of the owner's name in capitals where it stands right above the foot."""
    above = end - 1
    if above > begin and lines[above] and is_footer(lines[end]) and is_capitals(lines[above]):
        return above if len(lines[above]) <= 2 * _MAX_ENTRY else end
    return end


def _previous(lines: Sequence[str], index: int) -> int:
    """Return the index of the last line with text before `index`, or -1."""
    return next((i for i in range(index - 1, -1, -1) if lines[i]), -1)
