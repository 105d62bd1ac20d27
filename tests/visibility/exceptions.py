"""Cells in which there is nothing to see, even while everything is public; each with its reason.

A rule that no longer holds fails the test: its cells are looked at like all others.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tests.visibility.axes import Reason, Way

__all__ = ["RULES", "Rule", "why_nothing", "why_unlike"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Cells and why nothing shows in them; an empty part stands for all."""

    why: str
    endpoints: Collection[str] = ()
    ways: Collection[Way] = ()
    reasons: Collection[Reason] = ()

    def covers(self, endpoint: str, way: Way, reason: Reason) -> bool:
        """Whether the cell is one of them."""
        return (
            endpoint in (self.endpoints or (endpoint,))
            and way in (self.ways or (way,))
            and reason in (self.reasons or (reason,))
        )


_OF_PAGES = [one for one in Reason if one is not Reason.COLLECTION]
_MEDIA = ("image-preset", "image-vector", "wagtaildocs_serve")

RULES = [
    Rule("An error names parameters and what they may be, never content.", ways=[Way.ERROR]),
    Rule(
        "A picture and a file have no parent, no translation, no address of their own in lists, "
        "menus, maps and redirects, and pages are neither filtered nor sorted by them.",
        ways=[Way.PARENT, Way.TRANSLATION, Way.FILTER, Way.SORT, Way.COUNT, Way.MENU,
              Way.SITEMAP, Way.REDIRECT],
        reasons=[Reason.COLLECTION],
    ),
    Rule(
        "A change of a picture or a file is told of by its number alone.",
        ways=[Way.CHANGES, Way.WEBHOOK],
        reasons=[Reason.COLLECTION],
    ),
    Rule(
        "A menu and a map of the site show no picture and no file.",
        endpoints=["api-menu", "api-sitemap", "api-redirects"],
        reasons=[Reason.COLLECTION],
    ),
    Rule(
        "A picture or a file stands by itself: it is hidden by its collection, whatever becomes of "
        "the pages that show it.",
        endpoints=_MEDIA,
        reasons=_OF_PAGES,
    ),
    Rule(
        "A picture has no page of its own.",
        endpoints=["api-page", "api-resolve", "graphql", "wagtail_serve"],
        ways=[Way.DIRECT],
        reasons=[Reason.COLLECTION],
    ),
    Rule(
        "What stands below is hidden as well: who previews it may see where it stands.",
        endpoints=["api-preview"],
        ways=[Way.PARENT],
        reasons=[one for one in Reason if one.hides_below],
    ),
    Rule("Drafts are for the holders of tokens.", endpoints=["api-draft"]),
    Rule(
        "It tells of one plugin's pages alone.",
        endpoints=["api-upcoming-courses"],
        reasons=[one for one in Reason if one is not Reason.DISABLED],
    ),
]  # fmt: skip


def why_nothing(endpoint: str, way: Way, reason: Reason) -> str | None:
    """Why nothing shows in a cell; None for one in which the subject must be seen while public."""
    found = (rule.why for rule in RULES if rule.covers(endpoint, way, reason))
    return next(found, None)


_UNLIKE: dict[tuple[str, Reason], str] = dict.fromkeys(
    [("wagtail_serve", Reason.PRIVATE), ("wagtail_serve", Reason.ANCESTOR)],
    "A private page is for who logs in: its address asks for that, as Wagtail's does, and the "
    "answer has nothing of the page. Of the API it is not there.",
)


def why_unlike(endpoint: str, reason: Reason) -> str | None:
    """Why what is hidden is told apart from what never was; None where it must not be."""
    return _UNLIKE.get((endpoint, reason))
