"""``python -m benchmarks.hot``: answers from memory against what the server can do at all.

The same server (granian, WSGI, one worker, one thread, one core) gives the same bytes from a plain
callable and from this project's hot path; ``wrk`` asks from the other core. Rounds are interleaved.
Ends with 1 where a bar is missed, 2 where a measurement could not be made.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks import report
from benchmarks.apis import DETAILS, LISTS, Interface
from benchmarks.client import Answer, fetch
from benchmarks.cores import pin_this_process
from benchmarks.errors import BenchmarkError
from benchmarks.freshness import measure_freshness
from benchmarks.lanes import Lane, run_lanes
from benchmarks.serving import serve_application
from benchmarks.sites import Server, Site, database_server, var_folder

PATHS = 200  # details that are asked for in turn
QUERY = (
    "query($id: Int!){page(id:$id){id type locale path title publishedAt updatedAt "
    "... on OfficialDocument{number documentType issuedOn abstract bodyJson}}}"
)
_HOP = {"server", "date", "connection", "transfer-encoding"}
_NOT_IN_304 = {"content-length", "content-type"}


def _paths(site: Site, interface: Interface, count: int) -> list[str]:
    return list(dict.fromkeys(interface.ask(site, index).path for index in range(count)))


def _warm(server: Server, paths: Sequence[str]) -> list[Answer]:
    """Asks for each path until it is kept; the last answers must come from memory."""
    for _ in range(3):
        list(fetch(server.port, paths))
    answers = [answer for _, answer in fetch(server.port, paths)]
    if not all(answer.status == 200 and b"; hit" in answer.headers for answer in answers):
        raise BenchmarkError("An answer does not come from memory")
    return answers


def _headers(answer: Answer) -> list[list[str]]:
    lines = answer.headers.decode("latin-1").split("\r\n")[1:]
    pairs = [line.split(": ", 1) for line in lines if ": " in line]
    return [pair for pair in pairs if pair[0].lower() not in _HOP]


def _etag(answer: Answer) -> str:
    return next(value for name, value in _headers(answer) if name.lower() == "etag")


def _persisted(site: Site, server: Server) -> list[str]:
    """Paths that ask for the same details by a query that the server knows by its digest."""
    digest = hashlib.sha256(QUERY.encode()).hexdigest()
    extensions = json.dumps({"persistedQuery": {"version": 1, "sha256Hash": digest}})
    ids = site.ids["pages"][:PATHS]
    asked = [{"variables": json.dumps({"id": pk}), "extensions": extensions} for pk in ids]
    list(fetch(server.port, [f"/graphql/?{urlencode({'query': QUERY, **asked[0]})}"]))
    paths = [f"/graphql/?{urlencode(one)}" for one in asked]
    answers = _warm(server, paths)
    if not all(json.loads(answer.body)["data"]["page"]["bodyJson"] for answer in answers):
        raise BenchmarkError("A persisted query has no answer")
    return paths


@contextlib.contextmanager
def _ceiling(answers: Sequence[Answer]) -> Iterator[tuple[tuple[int, int], str]]:
    """A plain callable with the answer of middle length: its port and process id, the ETag."""
    answer = sorted(answers, key=lambda one: len(one.body))[len(answers) // 2]
    headers = _headers(answer)
    known = {
        "headers": headers,
        "headers_304": [pair for pair in headers if pair[0].lower() not in _NOT_IN_304],
        "body": answer.body.decode(),
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answer.json"
        file.write_text(json.dumps(known), encoding="utf-8")
        environment = {**os.environ, "CEILING_ANSWER": str(file)}
        with serve_application("ceiling", "benchmarks.ceiling:application", environment) as found:
            yield found, _etag(answer)


def _lanes(stack: contextlib.ExitStack, site: Site, plain: Site) -> dict[str, Lane]:
    ours = stack.enter_context(site.serve())
    theirs = stack.enter_context(plain.serve())
    details, lists = _paths(site, DETAILS[0], PATHS), _paths(site, LISTS[0], 20)
    detail_answers, list_answers = _warm(ours, details), _warm(ours, lists)
    detail, etag = stack.enter_context(_ceiling(detail_answers))
    listed, _ = stack.enter_context(_ceiling(list_answers))
    known = [f"{path}\t{_etag(one)}" for path, one in zip(details, detail_answers, strict=True)]
    hot = ours.port, ours.pid
    lanes = [
        Lane("ceiling, detail", *detail, ["/"]),
        Lane("hot, detail", *hot, details),
        Lane("ceiling, 304", *detail, [f"/\t{etag}"]),
        Lane("hot, 304", *hot, known),
        Lane("ceiling, list of 20", *listed, ["/"]),
        Lane("hot, list of 20", *hot, lists),
        Lane("hot, persisted GraphQL", *hot, _persisted(site, ours)),
        Lane("v2, detail", theirs.port, theirs.pid, _paths(plain, DETAILS[1], PATHS)),
    ]
    return {lane.name: lane for lane in lanes}


COMPARED = (
    ("hot, detail", "ceiling, detail", 0.60),
    ("hot, 304", "ceiling, 304", 0.75),
    ("hot, list of 20", "ceiling, list of 20", 0.50),
    ("hot, detail", "v2, detail", 300),
    ("hot, persisted GraphQL", "hot, detail", 0.8),
)


def _bars(lanes: Mapping[str, Lane], fresh: Mapping[str, Mapping[str, Any]]) -> list[report.Bar]:
    bars = [
        report.Bar(f"{one} : {other}", lanes[one].ratio_to(lanes[other]), bar)
        for one, other, bar in COMPARED
    ]
    for how, found in fresh.items():
        rate = f"hit rate while one page a second is published{how}"
        late = f"publish until visible in another process, p99 seconds{how}"
        bars.append(report.Bar(rate, found["hit_rate"], 0.95))
        bars.append(report.Bar(late, found["p99"], 1, at_least=False))
    return bars


def _freshness(site: Site, seconds: float) -> dict[str, dict[str, Any]]:
    """With PostgreSQL also while nothing is heard of changes."""
    fresh = {"": measure_freshness(site, seconds)}
    if site.server_url:
        fresh[", notifications cut"] = measure_freshness(site, seconds, cut=True)
    return fresh


def main() -> int:
    """Fill what is missing, measure, report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hot")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--pages", type=int, default=10_000, help="of the site that is edited")
    parser.add_argument("--edited-for", type=float, default=120.0, help="seconds")
    options = parser.parse_args()
    try:
        with database_server() as url:
            folder = var_folder()
            site, plain = (
                Site("ours", 1_000, folder, url, hot=True), Site("plain", 1_000, folder, url)
            )  # fmt: skip
            large = Site("ours", options.pages, folder, url, hot=True)
            for one in (site, plain):
                one.fill(reuse=True)
            large.fill(reuse=True, even_edited=True)
            pinned = pin_this_process()
            with contextlib.ExitStack() as stack:
                lanes = _lanes(stack, site, plain)
                run_lanes(list(lanes.values()), options.rounds, options.seconds)
            fresh = _freshness(large, options.edited_for)
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 2
    bars = _bars(lanes, fresh)
    for lane in lanes.values():
        print(
            f"{lane.name:24} {lane.rate:10,.0f} requests/s (spread {lane.spread:.0%})"
            f" {lane.cost * 1e6:10,.1f} µs of processor time"
        )
    for how, seen in fresh.items():
        print(f"Edited while being read{how}: {seen}")
    print("\n".join(map(str, bars)))
    by_time = {
        f"{one} : {other}": lanes[one].cost_ratio_to(lanes[other]) for one, other, _ in COMPARED
    }
    print("By processor time: " + "; ".join(f"{k} {v:.2f}" for k, v in by_time.items()))
    run = {"pinned": pinned, "rounds": options.rounds, "seconds": options.seconds}
    found = report.heading(run) | {
        "rates": {lane.name: lane.rates for lane in lanes.values()},
        "cpu_seconds": {lane.name: lane.costs for lane in lanes.values()},
        "ratios_by_processor_time": by_time,
        "freshness": fresh,
        "bars": [{"name": bar.name, "value": bar.value, "met": bar.met} for bar in bars],
    }
    print(f"Kept as {report.write(folder / 'hot', found)}")
    return 0 if all(bar.met for bar in bars) else 1


if __name__ == "__main__":
    sys.exit(main())
