"""What to do next: an ordered list of the kinds of work that a user can do now."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import ngettext

from cms.translation.dashboard.matrix import Cell
from cms.translation.dashboard.steps import Step

__all__ = ["Todo", "todo_items"]


@dataclass(frozen=True, slots=True)
class Todo:
    """One kind of work: how many pages, in words, and where they are listed."""

    step: Step
    count: int
    text: str
    url: str


def todo_items(total: Cell, index_url: str) -> list[Todo]:
    """The user's own work, in the order in which it helps readers most."""
    items = []
    for step in Step:
        count = total.steps[step.value]
        if count:
            query = urlencode({"step": step.value, "mine": "yes"})
            text = _words(step, count) % {"count": count}
            items.append(Todo(step, count, text, f"{index_url}?{query}#pages"))
    return items


def _words(step: Step, count: int) -> str:
    match step:
        case Step.SYNC:
            return ngettext(
                "Sync %(count)s page whose source was edited",
                "Sync %(count)s pages whose sources were edited",
                count,
            )
        case Step.REVIEW:
            return ngettext(
                "Review the carried-over segments of %(count)s page",
                "Review the carried-over segments of %(count)s pages",
                count,
            )
        case Step.PUBLISH:
            return ngettext(
                "Publish the finished translation of %(count)s page",
                "Publish the finished translations of %(count)s pages",
                count,
            )
        case Step.TRANSLATE:
            return ngettext(
                "Go on translating %(count)s page", "Go on translating %(count)s pages", count
            )
        case Step.REVISE:
            return ngettext(
                "Bring %(count)s page up to date that was written by hand",
                "Bring %(count)s pages up to date that were written by hand",
                count,
            )
        case _:
            return ngettext(
                "Submit %(count)s page that nobody has begun",
                "Submit %(count)s pages that nobody has begun",
                count,
            )
