"""Rebuilding again and again while pages are edited and searched; some runs are killed."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from statistics import median

from elasticsearch import Elasticsearch

from benchmarks.errors import BenchmarkError
from benchmarks.publishing.history import Event
from benchmarks.searching.soaking.judging import Span, Spread, actions
from benchmarks.searching.soaking.site import EQUAL_WITHIN, SoakedSite, editing
from benchmarks.watch import peak_bytes

__all__ = ["ENGINES", "Rebuild", "Rebuilt", "rebuild", "rebuild_under_writes"]

ENGINES = ("elasticsearch", "embedded")
_LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Rebuild:
    """One run of ``rebuild_search``; ``peak`` in bytes, of the process alone."""

    engine: str
    seconds: float
    peak: int
    killed: bool


def rebuild(site: SoakedSite, engine: str, kill_after: float | None = None) -> Rebuild:
    """One run, killed after so many seconds; raises BenchmarkError where it fails by itself."""
    begun, peak = time.monotonic(), 0
    process = subprocess.Popen(  # noqa: S603 - a command of this project
        [sys.executable, "-m", "django", "rebuild_search", engine],
        env=site.environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while process.poll() is None:
            peak = max(peak, peak_bytes(process.pid))
            if kill_after is not None and time.monotonic() - begun > kill_after:
                process.kill()
            time.sleep(_LOOK_SECONDS)
    finally:
        process.kill()
        process.wait()
    if process.returncode > 0:
        raise BenchmarkError(f"rebuild_search {engine} failed")
    return Rebuild(engine, time.monotonic() - begun, peak, process.returncode < 0)


@dataclass(slots=True)
class Rebuilt:
    """What was done and found; ``equal_after`` as in :class:`~.outages.Survived`."""

    span: Span
    runs: list[Rebuild]
    left: list[str]
    equal_after: float | None
    events: Sequence[Event]

    def describe(self) -> Iterator[str]:
        """What was done, a line each."""
        rate = len(self.events) / (self.events[-1].done - self.events[0].begun)
        edits = Spread.of(actions(self.events))
        yield f"{len(self.events)} pages changed, {rate:.1f} a second, an edit {edits}"
        for engine in ENGINES:
            runs = [one for one in self.runs if one.engine == engine]
            whole = [one for one in runs if not one.killed]
            yield (
                f"rebuild_search {engine}: {len(whole)} runs of "
                f"{median(one.seconds for one in whole):.1f} s, {len(runs) - len(whole)} killed; "
                f"{max(one.peak for one in whole) / 2**20:.0f} MB at most"
            )
        equal = self.equal_after
        after = "not in time" if equal is None else f"after {equal:.0f} s"
        yield f"both engines equal to the database: {after}"

    def problems(self) -> Iterator[str]:
        """What is not as promised."""
        yield from (f"left over: {what}" for what in self.left)
        if self.equal_after is None:
            yield "an index differs from the database after the rebuilds"


def rebuild_under_writes(site: SoakedSite, url: str, rate: float, seconds: float) -> Rebuilt:
    """Rebuilds for so long while editors are at work; ``url`` is where Elasticsearch itself is."""
    begun = time.monotonic()
    with editing(site, rate) as events:
        runs = list(_rebuild_for(site, seconds))
        for engine in ENGINES:
            rebuild(site, engine)
        left = _left_over(site, url)
        span = Span(begun, time.monotonic())
    events.sort(key=lambda event: event.begun)
    return Rebuilt(span, runs, left, site.seconds_until_equal(EQUAL_WITHIN), events)


def _rebuild_for(site: SoakedSite, seconds: float) -> Iterator[Rebuild]:
    """The engines in turn; of each, every other run is killed at a moment by chance."""
    chance = random.Random(time.time_ns())  # noqa: S311 - no secret
    ends = time.monotonic() + seconds
    took: dict[str, float] = {}
    for number, engine in enumerate(cycle(ENGINES)):
        if time.monotonic() > ends and number >= 2 * len(ENGINES):
            return
        is_killed = number // len(ENGINES) % 2 == 1
        done = rebuild(site, engine, chance.uniform(0.2, 1.0) * took[engine] if is_killed else None)
        if not done.killed:
            took[engine] = done.seconds
        yield done


def _left_over(site: SoakedSite, url: str) -> list[str]:
    """What no search needs of the site's indices: in Elasticsearch at that address, and in its
    folder."""
    with Elasticsearch(url) as client:
        indices = client.indices.get(index=f"{site.prefix}-*")
    searched = {f"{site.prefix}-{locale}" for locale in ("vi", "en")}
    found = [
        f"index {name} behind {sorted(index['aliases']) or 'no alias'}"
        for name, index in indices.items()
        if len(index["aliases"]) != 1 or not searched.issuperset(index["aliases"])
    ]
    if len(indices) != len(searched):
        found.append(f"{len(indices)} indices for {len(searched)} languages")
    folder = site.search_folder
    generations = {path.name for path in folder.glob("generation-*")}
    others = {path.name for path in (*folder.glob("current-*"), *folder.glob("node-*"))}
    return found + sorted(generations - {(folder / "current").read_text()} | others)
