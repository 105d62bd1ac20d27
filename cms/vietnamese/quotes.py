"""Quotation marks that have no partner.

Vietnamese documents use “ ” and, on the web, the straight ". Amending texts quote whole articles
with “ in one line and ” many lines further down, which is in order.
"""

import re
from typing import Final

__all__ = ["find_unbalanced_quotes"]

_MARK: Final = re.compile('[“”"]')


def find_unbalanced_quotes(text: str) -> list[int]:
    """Return the offsets of quotation marks without a partner, in order; linear.

    Curly marks are paired within a line first, then across lines. Straight ones are paired within
    a line, where the last of an odd number stands alone; after a figure they are inches.
    """
    unbalanced: list[int] = []
    opened: list[int] = []
    offset = 0
    for line in text.split("\n"):
        straight: list[int] = []
        opened_here: list[int] = []
        for match in _MARK.finditer(line):
            at = match.start()
            if match[0] == "“":
                opened_here.append(offset + at)
            elif match[0] == '"':
                if not line[at - 1 : at].isdigit() or len(straight) % 2:
                    straight.append(offset + at)
            elif opened_here:
                opened_here.pop()
            elif opened:
                opened.pop()
            else:
                unbalanced.append(offset + at)
        opened += opened_here
        if len(straight) % 2:
            unbalanced.append(straight[-1])
        offset += len(line) + 1
    return sorted(unbalanced + opened)
