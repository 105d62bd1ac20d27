"""Where the title of an article stands in a page's plain text."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from cms.vietnamese import words
from cms.vietnamese.page_chrome import first_long
from cms.vietnamese.page_lines import (
    is_letterhead,
    is_statistic,
    is_widget_title,
    posted_date,
    undoubled,
)
from cms.vietnamese.text import fold

__all__ = ["find_article_title"]

_MENU_SIZE: Final = 3
_MAX_ENTRY: Final = 60


def find_article_title(lines: Sequence[str]) -> tuple[int, int]:
    """Return the index of the title and that of the line after it.

    Before the first paragraph, menus (three short lines or more in a row), counters, dates and
    what is printed twice are set aside; the first line that remains in the last column of lines
    is the title. Where nothing remains it is the first line of the page.
    """
    limit = first_long(lines)
    head = list(enumerate(lines[:limit]))
    blocks = [
        list(block) for blank, block in groupby(head, key=lambda item: not item[1]) if not blank
    ]
    remaining = [kept for block in blocks if (kept := _without_furniture(block))]
    if remaining:
        # In a page without blank lines all is one block, and the title is its last line.
        index = remaining[0][0][0] if len(blocks) > 1 else remaining[-1][-1][0]
    else:
        index = next((i for i, line in enumerate(lines) if line), 0)
    return index, min(index + 1, len(lines))


def _without_furniture(block: list[tuple[int, str]]) -> list[tuple[int, str]]:
    kept = [(index, line) for index, line in block if not _is_furniture(line)]
    menu = [line for _, line in kept if len(line) <= _MAX_ENTRY and line[-1] not in ".!?:"]
    if len(menu) >= _MENU_SIZE and len(menu) == len(kept) and len(block) > _MENU_SIZE:
        return []
    return kept


def _is_furniture(line: str) -> bool:
    return (
        is_statistic(line)
        or is_letterhead(line)
        or undoubled(line) is not None
        or is_widget_title(line)
        or posted_date(line) is not None
        or fold(line).strip(" :") in words.NAVIGATION_WORDS
        or any(mark in line for mark in (" > ", " » ", " / ", " | "))
    )
