"""What becomes of readers and editors while Elasticsearch is away, and how soon all is equal."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.faults import Answer, Delay, Fault, Proxy
from benchmarks.publishing.history import Event
from benchmarks.searching.soaking.judging import Span, Spread, actions, delays_to_be_found
from benchmarks.searching.soaking.site import EQUAL_WITHIN, Readers, SoakedSite, editing

__all__ = ["OUTAGES", "Outage", "Pace", "Survived", "describe", "paces", "problems", "survive"]

CALM = 15.0
"""Seconds of edits and reads before an outage, which it is compared with."""

SLOWER = 300.0  # milliseconds that a search may take longer in an outage
_GIVE_UP = 180.0


@dataclass(frozen=True, slots=True)
class Outage:
    """What the way to Elasticsearch does, for how many seconds."""

    name: str
    fault: Fault
    seconds: float


OUTAGES = (
    Outage("refuses", "refuse", 30),
    Outage("is 5 s late", Delay(5), 30),
    Outage("sends rubbish", Answer(200, "<html><h1>Welcome</h1></html>", "text/html", None), 15),
)


@dataclass(slots=True)
class Survived:
    """One outage: the time before, the outage itself, and after how many seconds both engines were
    equal to the database (None: not in time)."""

    outage: Outage
    before: Span
    during: Span
    equal_after: float | None
    events: list[Event] = field(default_factory=list)


def survive(site: SoakedSite, proxy: Proxy, outage: Outage, rate: float) -> Survived:
    """Has editors at work before and during an outage, and waits until all is equal after it."""
    with editing(site, rate) as events:
        time.sleep(5)  # until they have started
        begun = time.monotonic()
        time.sleep(CALM)
        with proxy.failing(outage.fault):
            failing = time.monotonic()
            time.sleep(outage.seconds)
            ended = time.monotonic()
    equal_after = site.seconds_until_equal(_GIVE_UP)
    if equal_after is not None:
        equal_after = time.monotonic() - ended  # the editors' end is part of it
    return Survived(outage, Span(begun, failing), Span(failing, ended), equal_after, events)


@dataclass(frozen=True, slots=True)
class Pace:
    """How quick everything was in a span of time."""

    reads: Spread
    searches: Spread
    editing: Spread
    rate: float
    """Changes of a page a second."""
    degraded: int
    behind: float
    """Seconds at most that a page had been public for when a search did not find it."""


def _pace(
    span: Span, seen: Readers, events: Sequence[Event], words: Mapping[str, Sequence[int]]
) -> Pace:
    searches = [one for one in seen.searches if span.has(one.begun, one.ended)]
    inside = [one for one in events if span.has(one.begun, one.done)]
    return Pace(
        Spread.of(one.ended - one.begun for one in seen.reads if span.has(one.begun, one.ended)),
        Spread.of(one.ended - one.begun for one in searches),
        Spread.of(actions(inside)),
        len(inside) / (span.ended - span.begun),
        sum(one.degraded for one in searches),
        max(delays_to_be_found(events, searches, words)),
    )


def paces(
    survived: Survived, seen: Readers, events: Sequence[Event], words: Mapping[str, Sequence[int]]
) -> tuple[Pace, Pace]:
    """Before the outage, and during it; ``events`` are all there ever were."""
    before, during = (_pace(one, seen, events, words) for one in (survived.before, survived.during))
    return before, during


def describe(survived: Survived, before: Pace, during: Pace) -> Iterator[str]:
    """What was measured, a line each."""
    yield f"Elasticsearch {survived.outage.name} for {survived.outage.seconds:.0f} s"
    for name, one in (("before", before), ("during", during)):
        yield (
            f"  {name}: {one.rate:.1f} pages changed a second, an edit {one.editing}; "
            f"a read {one.reads}; a search {one.searches}, "
            f"{one.degraded} of {one.searches.count} degraded; behind by {one.behind:.1f} s at most"
        )
    equal = survived.equal_after
    after = "not in time" if equal is None else f"{equal:.1f} s later"
    yield f"  both engines equal to the database: {after}"


def problems(survived: Survived, before: Pace, during: Pace) -> Iterator[str]:
    """What is not as promised."""
    name = f"Elasticsearch {survived.outage.name}:"
    if during.degraded != during.searches.count:
        yield f"{name} {during.searches.count - during.degraded} answers are not degraded"
    for which in ("median", "p95"):
        more = getattr(during.searches, which) - getattr(before.searches, which)
        if more > SLOWER:
            yield f"{name} the {which} of a search is {more:.0f} ms more"
    if survived.equal_after is None or survived.equal_after > EQUAL_WITHIN:
        yield f"{name} equal after {survived.equal_after} s"
