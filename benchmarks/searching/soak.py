"""``python -m benchmarks.searching.soak``: search while pages are edited, indexes are rebuilt, and
Elasticsearch is away (`make soak` does it too).

Editors publish, withdraw and move pages and whole sections, 50 pages a second; readers search and
read; a worker keeps the indexes in step. For SECONDS (default 180) both indexes are built anew in
turn, and every other run is killed. Then the way to Elasticsearch refuses, is slow, sends
rubbish. Ends with 1 where an answer was empty, doubled or showed what had been withdrawn; where an
index was not equal to the database in time, or something was left over; where the memory of a
rebuild grew with the pages.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence

from benchmarks.errors import BenchmarkError
from benchmarks.faults import Proxy
from benchmarks.publishing.history import Event, State, unexplained
from benchmarks.searching.soaking import news, outages
from benchmarks.searching.soaking.judging import delays_to_be_found, sightings, state_of
from benchmarks.searching.soaking.rebuilds import ENGINES, Rebuilt, rebuild, rebuild_under_writes
from benchmarks.searching.soaking.site import Readers, SoakedSite, reading, working
from benchmarks.sites import database_server, var_folder
from scripts.elasticsearch import ADDRESS_VARIABLE

__all__ = ["main"]

RATE = 50.0  # changes of a page a second
SIZES = (1_000, 4_000)
GROWTH = 1.2
"""How many times as much memory a rebuild of the large site may take as one of the small one."""

SHOWN = 20


def _sites(database_url: str, search_url: str) -> Iterator[SoakedSite]:
    """The small one and the large one, filled anew."""
    for pages in SIZES:
        site = SoakedSite("ours", pages, var_folder() / "search-soak", database_url)
        site.connect(search_url)
        print(f"Filling a site with {pages:,} pages", flush=True)
        site.fill_anew()
        yield site


def _memory(sites: Sequence[SoakedSite]) -> Iterator[str]:
    """Builds all indexes for the first time, and says where that takes more of more pages."""
    for engine in ENGINES:
        small, large = (rebuild(site, engine).peak for site in sites)
        growth = large / small
        megabytes = " and ".join(f"{one / 2**20:.0f} MB" for one in (small, large))
        print(f"rebuild_search {engine}: {megabytes}, {growth:.2f} times", flush=True)
        if growth > GROWTH:
            yield f"rebuild_search {engine} takes {growth:.2f} times as much memory"


def _judge(
    site: SoakedSite, seen: Readers, rebuilt: Rebuilt, survived: Sequence[outages.Survived]
) -> Iterator[str]:
    """What is wrong in all that was seen; prints what was measured."""
    events = [*rebuilt.events, *(event for one in survived for event in one.events)]
    ids = site.ids["pages"]
    _steady, edited = news.pages_by_word(ids)
    first: dict[int, State] = {
        pk: state_of({"title": news.title_of(index), "path": news.path_of(index)})
        for index, pk in enumerate(ids)
    }
    yield from seen.problems
    yield from unexplained(first, events, sightings(seen.searches))
    print("\n".join(rebuilt.describe()))
    print(_behind(rebuilt, seen, events, edited))
    yield from rebuilt.problems()
    for one in survived:
        before, during = outages.paces(one, seen, events, edited)
        print("\n".join(outages.describe(one, before, during)))
        yield from outages.problems(one, before, during)
    print(f"{len(seen.searches)} searches and {len(seen.reads)} pages were answered")


def _behind(
    rebuilt: Rebuilt, seen: Readers, events: Sequence[Event], words: dict[str, list[int]]
) -> str:
    searches = [one for one in seen.searches if rebuilt.span.has(one.begun, one.ended)]
    behind = max(delays_to_be_found(events, searches, words))
    degraded = sum(one.degraded for one in searches)
    return (f"{len(searches)} searches meanwhile, {degraded} of them degraded; "
            f"behind by {behind:.1f} s at most")  # fmt: skip


def _run(seconds: float, server_url: str) -> list[str]:
    """The problems of one run; raises BenchmarkError where it can't be made."""
    with database_server(own_core=False) as database_url, Proxy(server_url) as proxy:
        sites = list(_sites(database_url, proxy.url))
        problems = list(_memory(sites))
        site = sites[-1]
        with site.serve() as server, working(site), reading(server) as seen:
            print(f"Rebuilding for {seconds:g} seconds", flush=True)
            rebuilt = rebuild_under_writes(site, server_url, RATE, seconds)
            survived = []
            for outage in outages.OUTAGES:
                print(f"Elasticsearch {outage.name}", flush=True)
                survived.append(outages.survive(site, proxy, outage, RATE))
        return [*problems, *_judge(site, seen, rebuilt, survived)]


def main() -> int:
    """Rebuild for SECONDS and survive the outages; returns the exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # editors and readers end as well
    if ADDRESS_VARIABLE not in os.environ:
        print(f"No server is named in {ADDRESS_VARIABLE}", file=sys.stderr)
        return 2
    try:
        problems = _run(float(os.environ.get("SECONDS") or 180), os.environ[ADDRESS_VARIABLE])
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(problems[:SHOWN]) or "No problem was seen.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
