"""``python -m benchmarks.searching``: search over HTTP against Elasticsearch's raw answers, and the
embedded engine as the portal grows. Rounds are interleaved.

Ends with 1 where a bar is missed, 2 where a measurement could not be made.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from statistics import median
from urllib.parse import quote, urlsplit

from benchmarks import report
from benchmarks.cores import pin_this_process
from benchmarks.errors import BenchmarkError
from benchmarks.searching.asking import Asked, Question
from benchmarks.searching.questions import QUERIES
from benchmarks.searching.site import SearchSite
from benchmarks.sites import var_folder
from scripts.elasticsearch import ADDRESS_VARIABLE

SIZES = (1_000, 10_000)
_SERVER = "elasticsearch"
_WARM_UP_SECONDS = 10.0
"""Elasticsearch's Java is twice as quick after some thousands of searches."""


def _site(pages: int, *, server: bool) -> SearchSite:
    site = SearchSite("ours", pages, var_folder())
    if server:
        site.engine = {
            "CMS_ELASTICSEARCH_URLS": os.environ[ADDRESS_VARIABLE],
            "CMS_ELASTICSEARCH_PREFIX": f"bench-{pages}",
            "CMS_ELASTICSEARCH_REPLICAS": "0",
            "CMS_SEARCH_TIMEOUT": "10",  # a slow answer is measured, not given up
            ADDRESS_VARIABLE: os.environ[ADDRESS_VARIABLE],
        }
    return site


@contextlib.contextmanager
def _lanes() -> Iterator[dict[str, Asked]]:
    """Everything that is asked in turn, by name."""
    asked = [Question(f"/api/v1/search?q={quote(query)}") for query in QUERIES]
    lanes: list[Asked] = []
    with contextlib.ExitStack() as stack:
        for pages in SIZES:
            site = _site(pages, server=False)
            port = stack.enter_context(site.serve()).port
            lanes.append(Asked(f"embedded, {pages:,}", port, asked))
        large = _site(SIZES[-1], server=True)
        lanes.append(Asked(_SERVER, stack.enter_context(large.serve()).port, asked))
        raw = large.ask("benchmarks.searching.inside", "bodies")
        port = urlsplit(os.environ[ADDRESS_VARIABLE]).port or 9200
        questions = [Question(path, json.dumps(body).encode()) for path, body in raw]
        lanes.append(Asked("raw _search", port, questions))
        yield {lane.name: lane for lane in lanes}


def _prepare() -> tuple[dict[str, list[float]], float, float]:
    """Fills sites and indexes: seconds of indexing, of our whole command, of Wagtail's.

    The server has compiled its code by the time the commands run.
    """
    for pages in SIZES:
        _site(pages, server=False).fill(reuse=True)
        _site(pages, server=False).manage("rebuild_search", "embedded")
    indexing = _site(SIZES[-1], server=True).ask("benchmarks.searching.inside", "indexing")
    ours = _site(SIZES[-1], server=True).manage("rebuild_search", "elasticsearch")
    plain = SearchSite("plain", SIZES[-1], var_folder())
    plain.engine = {"PLAIN_ELASTICSEARCH_URL": os.environ[ADDRESS_VARIABLE]}
    plain.fill(reuse=True)
    theirs = plain.manage("update_index", "--backend", "elasticsearch")
    return indexing, ours, theirs


def _bars(
    lanes: Mapping[str, Asked], indexing: Mapping[str, list[float]], ours: float, theirs: float
) -> list[report.Bar]:
    small, large = (lanes[f"embedded, {pages:,}"] for pages in SIZES)
    server, raw = lanes[_SERVER], lanes["raw _search"]
    bulk = median(a / b for a, b in zip(indexing["raw"], indexing["ready"], strict=True))
    return [
        report.Bar("search over Elasticsearch : raw _search", server.ratio_to(raw), 0.6),
        report.Bar("indexing (entries ready) : raw bulk of ready documents", bulk, 0.6),
        report.Bar("rebuild_search, times Wagtail's update_index", theirs / ours, 4),
        report.Bar("embedded p95, 10,000 : 1,000 pages", large.p95 / small.p95, 1.6,
                   at_least=False),
        report.Bar("embedded p95 : Elasticsearch's", large.p95 / server.p95, 1, at_least=False),
    ]  # fmt: skip


def main() -> int:
    """Fill what is missing, measure, report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.searching")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0)
    options = parser.parse_args()
    if ADDRESS_VARIABLE not in os.environ:
        print(f"No server is named in {ADDRESS_VARIABLE}", file=sys.stderr)
        return 2
    try:
        indexing, ours, theirs = _prepare()
        pin_this_process()
        with _lanes() as lanes:
            for lane in lanes.values():
                lane.warm_up(_WARM_UP_SECONDS)
            for _ in range(options.rounds):
                for lane in lanes.values():
                    lane.measure(options.seconds)
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 2
    for lane in lanes.values():
        print(f"{lane.name:20} {lane.rate:8,.0f} answers/s (spread {lane.spread:.0%}), "
              f"p95 {lane.p95 * 1000:.1f} ms alone")  # fmt: skip
    print(f"{SIZES[-1]:,} pages indexed, seconds by round:")
    for name, rounds in indexing.items():
        print(f"  {name:6} {', '.join(f'{one:.1f}' for one in rounds)}")
    print(f"  the commands: rebuild_search {ours:.1f}, Wagtail's update_index {theirs:.1f}")
    bars = _bars(lanes, indexing, ours, theirs)
    print("\n".join(map(str, bars)))
    return 0 if all(bar.met for bar in bars) else 1


if __name__ == "__main__":
    sys.exit(main())
