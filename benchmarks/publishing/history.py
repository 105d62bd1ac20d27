"""Whether what readers saw can be explained by what an editor did, within the promised second.

Each page has one state at a time: its title while the public may see it, else None. The editor
notes each change with the moments before and after it, each reader each answer. An answer may show
a state that stood at any moment from a second before it was asked for until it had come.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

__all__ = ["Event", "Sighting", "State", "unexplained"]

PROMISE = 1.0  # seconds within which every process shows a change

type State = str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one page: it was begun and committed between these moments (monotonic)."""

    page: int
    begun: float
    done: float
    state: State


@dataclass(frozen=True, slots=True)
class Sighting:
    """One answer: what was asked, when (monotonic), and the states of the pages in it."""

    what: str
    begun: float
    ended: float
    states: Mapping[int, State]


def unexplained(
    first: Mapping[int, State], events: Iterable[Event], sightings: Iterable[Sighting]
) -> list[str]:
    """What no state of the page explains; ``first`` are the states before any event.

    The events of a page must be in their order, and none begin before the last was done.
    """
    ever = float("-inf")
    histories = {page: [Event(page, ever, ever, state)] for page, state in first.items()}
    for event in events:
        histories[event.page].append(event)
    return [
        f"{seen.what}: page {page} as {state!r}, at that time {allowed!r}"
        for seen in sightings
        for page, state in seen.states.items()
        if state not in (allowed := _allowed(histories[page], seen))
    ]


def _allowed(history: Sequence[Event], seen: Sighting) -> list[State]:
    """The last state that was known a second before, and those that came since."""
    known = bisect_right(history, seen.begun - PROMISE, key=lambda event: event.done) - 1
    since = takewhile(lambda event: event.begun <= seen.ended, history[known:])
    return [event.state for event in since]
