"""What readers saw, held against what editors did."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Any, Self

from benchmarks.publishing.history import Event, Sighting, State

__all__ = [
    "Read",
    "Search",
    "Span",
    "Spread",
    "actions",
    "delays_to_be_found",
    "found_wrong",
    "sightings",
    "state_of",
]


@dataclass(frozen=True, slots=True)
class Search:
    """One answer: the states of the edited pages in it, by id; none for a steady page's word."""

    word: str
    begun: float
    ended: float
    degraded: bool
    states: Mapping[int, State]


@dataclass(frozen=True, slots=True)
class Read:
    """One page that was read, between these moments."""

    begun: float
    ended: float


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another (monotonic)."""

    begun: float
    ended: float

    def has(self, begun: float, ended: float) -> bool:
        """Whether something lay wholly in it."""
        return self.begun <= begun and ended <= self.ended


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, in milliseconds; ``count`` times."""

    count: int
    median: float
    p95: float
    worst: float

    @classmethod
    def of(cls, seconds: Iterable[float]) -> Self:
        """Of at least two times, in seconds."""
        times = sorted(1000 * one for one in seconds)
        cuts = quantiles(times, n=20, method="inclusive")
        return cls(len(times), cuts[9], cuts[18], times[-1])

    def __str__(self) -> str:
        return f"{self.median:.0f} ms (p95 {self.p95:.0f}, worst {self.worst:.0f})"


def actions(events: Iterable[Event]) -> list[float]:
    """How many seconds each thing took that editors did: one may change many pages."""
    return [done - begun for begun, done in {(one.begun, one.done) for one in events}]


def state_of(card: Mapping[str, Any]) -> str:
    """What is looked at of a page that the public may see."""
    return f"{card['title']} at {card['path']}"


def found_wrong(ids: Sequence[int], total: int, right: Sequence[int] | None) -> str:
    """What is wrong with an answer of one page; ``right`` are the ids that it must have, None for
    edited pages. Empty where nothing is."""
    if len(set(ids)) != len(ids):
        return f"{len(ids) - len(set(ids))} pages twice"
    if total != len(ids):
        return f"{total} in all, and {len(ids)} pages"
    if right is not None and set(ids) != set(right):
        missing, others = len(set(right) - set(ids)), len(set(ids) - set(right))
        return f"{missing} of {len(right)} pages missing, {others} others"
    return ""


def sightings(searches: Iterable[Search]) -> list[Sighting]:
    """What edited pages were seen as. One that is not in an answer may not be indexed yet."""
    return [
        Sighting(f"Searching {s.word}", s.begun, s.ended, s.states) for s in searches if s.states
    ]


def delays_to_be_found(
    events: Iterable[Event], searches: Iterable[Search], words: Mapping[str, Sequence[int]]
) -> list[float]:
    """For each search for edited pages: how many seconds ago that page was published which was
    published first of those that it should have found and didn't; 0 where it found all.

    The events of a page must be in their order. Pages are public before any event.
    """
    histories: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        histories[event.page].append(event)
    return [
        max((_missing_for(histories[pk], search) for pk in words[search.word]
             if pk not in search.states), default=0.0)
        for search in searches if search.word in words
    ]  # fmt: skip


def _missing_for(history: Sequence[Event], search: Search) -> float:
    """How long the page had been public, without a break, when it was searched and not found."""
    until = bisect_right(history, search.begun, key=lambda event: event.done)
    if until < len(history) and history[until].begun <= search.ended:
        return 0.0  # it was being changed
    since = search.begun
    for event in reversed(history[:until]):
        if event.state is None:
            break
        since = event.done
    else:
        since = float("-inf")
    return search.begun - since
