"""Two axes of the matrix: why something is hidden, and by which way a reader might come to it.

The third, the endpoints, are the rows of ``tests.visibility.table``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Reason", "Secret", "Way"]


class Reason(StrEnum):
    """Why the public may not see something."""

    DRAFT = "draft"
    PRIVATE = "private"
    ANCESTOR = "private-ancestor"
    EXPIRED = "expired"
    SCHEDULED = "scheduled"
    PARENT = "unpublished-parent"
    SITE = "other-site"
    DISABLED = "disabled-plugin"
    COLLECTION = "private-collection"

    @property
    def number(self) -> int:
        """Its place, from 1 on: part of the words that stand in what it hides."""
        return list(Reason).index(self) + 1

    @property
    def word(self) -> str:
        """The canary of its texts: titles, leads, bodies, alternative texts, names of files."""
        return f"Kimtuyen{self.number:02}"

    @property
    def slug(self) -> str:
        """The canary of its page's address."""
        return f"duongkin{self.number:02}"

    @property
    def section_slug(self) -> str:
        """The last part of the address of its section."""
        return f"muckin{self.number:02}"

    @property
    def hides_below(self) -> bool:
        """Whether what stands below a page goes with it. Else it keeps its address, in which its
        parent's slug is public: that is what unpublishing one page means."""
        return self in (Reason.PRIVATE, Reason.ANCESTOR, Reason.SITE, Reason.DISABLED)


class Way(StrEnum):
    """How a reader might come to it."""

    DIRECT = "direct"
    PARENT = "parent"
    TRANSLATION = "translation"
    BLOCK = "block-three-levels-deep"
    LINK = "rich-text-link"
    LIST = "list"
    FILTER = "filter"
    SORT = "sort"
    COUNT = "count"
    MENU = "menu"
    FEED = "feed"
    SITEMAP = "sitemap"
    REDIRECT = "redirect"
    CHANGES = "changes"
    WEBHOOK = "webhook"
    ERROR = "error-message"
    NOT_MODIFIED = "304"
    HOT = "hot-path"


@dataclass(frozen=True, slots=True)
class Secret:
    """What gives a hidden thing away: its words, its address, its files' digests."""

    words: re.Pattern[bytes]
    """Without the address, which tombstones must name."""
    everything: re.Pattern[bytes]

    @classmethod
    def of(cls, reason: Reason, *digests: str) -> Secret:
        """The secret of what a reason hides."""
        words = "|".join([reason.word, *digests])
        below = "" if reason.hides_below else "(?!/[a-z0-9])"
        addresses = rf"{reason.slug}|{reason.section_slug}{below}"
        return cls(_pattern(words), _pattern(f"{words}|{addresses}"))


def _pattern(alternatives: str) -> re.Pattern[bytes]:
    return re.compile(alternatives.encode(), re.IGNORECASE)
