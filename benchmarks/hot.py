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
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from benchmarks import report
from benchmarks.apis import DETAILS, LISTS, Interface
from benchmarks.client import Answer, fetch
from benchmarks.freshness import measure_freshness
from benchmarks.sites import (
    BenchmarkError,
    Server,
    Site,
    database_server,
    pin_this_process,
    serve_application,
    var_folder,
)
from scripts.processes import HOST

PATHS = 200  # details that are asked for in turn
CONNECTIONS = 8
SCRIPT = Path(__file__).with_name("wrk.lua")
QUERY = (
    "query($id: Int!){page(id:$id){id type locale path title publishedAt updatedAt "
    "... on OfficialDocument{number documentType issuedOn abstract bodyJson}}}"
)
_HOP = {"server", "date", "connection", "transfer-encoding"}
_NOT_IN_304 = {"content-length", "content-type"}


@dataclass(slots=True)
class Lane:
    """One thing that is asked for again and again: paths, each with the ETag that is known."""

    name: str
    port: int
    lines: Sequence[str]
    rates: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests a second, the median of the rounds."""
        return median(self.rates)

    def ratio_to(self, other: Lane) -> float:
        """The median of the rounds' own ratios."""
        return median(a / b for a, b in zip(self.rates, other.rates, strict=True))

    def measure(self, seconds: float) -> None:
        """One round; raises BenchmarkError for any error."""
        program = shutil.which("wrk")
        if program is None:
            raise BenchmarkError("wrk is not installed (apt-get install wrk)")
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
            file.write("\n".join(self.lines))
            file.flush()
            done = subprocess.run(  # noqa: S603
                [program, "-t1", f"-c{CONNECTIONS}", f"-d{seconds:g}s", "-s", str(SCRIPT),
                 f"http://{HOST}:{self.port}", "--", file.name],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
        found = re.search(r"^RESULT (.*)$", done.stdout, re.MULTILINE)
        if found is None:
            raise BenchmarkError(f"wrk: {done.stderr or done.stdout}")
        result = json.loads(found[1])
        if result["errors"] or not result["requests"]:
            raise BenchmarkError(f"{self.name}: {result}")
        self.rates.append(result["requests"] / result["seconds"])


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
def _ceiling(answers: Sequence[Answer]) -> Iterator[tuple[int, str]]:
    """A plain callable with the answer of middle length: its port, and the ETag."""
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
            yield found[0], _etag(answer)


def _lanes(stack: contextlib.ExitStack, site: Site, plain: Site) -> dict[str, Lane]:
    ours = stack.enter_context(site.serve())
    theirs = stack.enter_context(plain.serve())
    details, lists = _paths(site, DETAILS[0], PATHS), _paths(site, LISTS[0], 20)
    detail_answers, list_answers = _warm(ours, details), _warm(ours, lists)
    detail, etag = stack.enter_context(_ceiling(detail_answers))
    listed, _ = stack.enter_context(_ceiling(list_answers))
    known = [f"{path}\t{_etag(one)}" for path, one in zip(details, detail_answers, strict=True)]
    lanes = [
        Lane("ceiling, detail", detail, ["/"]),
        Lane("hot, detail", ours.port, details),
        Lane("ceiling, 304", detail, [f"/\t{etag}"]),
        Lane("hot, 304", ours.port, known),
        Lane("ceiling, list of 20", listed, ["/"]),
        Lane("hot, list of 20", ours.port, lists),
        Lane("hot, persisted GraphQL", ours.port, _persisted(site, ours)),
        Lane("v2, detail", theirs.port, _paths(plain, DETAILS[1], PATHS)),
    ]
    return {lane.name: lane for lane in lanes}


def _bars(lanes: Mapping[str, Lane], fresh: Mapping[str, Any]) -> list[report.Bar]:
    def against(one: str, other: str, bar: float) -> report.Bar:
        return report.Bar(f"{one} : {other}", lanes[one].ratio_to(lanes[other]), bar)

    return [
        against("hot, detail", "ceiling, detail", 0.60),
        against("hot, 304", "ceiling, 304", 0.75),
        against("hot, list of 20", "ceiling, list of 20", 0.50),
        against("hot, detail", "v2, detail", 300),
        against("hot, persisted GraphQL", "hot, detail", 0.8),
        report.Bar("hit rate while one page a second is published", fresh["hit_rate"], 0.95),
        report.Bar(
            "publish until visible in another process, p99 seconds", fresh["p99"], 1, at_least=False
        ),
    ]


def main() -> int:
    """Fill what is missing, measure, report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hot")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--pages", type=int, default=10_000, help="of the site that is edited")
    parser.add_argument("--edited-for", type=float, default=60.0, help="seconds")
    options = parser.parse_args()
    try:
        with database_server() as url:
            folder = var_folder()
            site, plain = (
                Site("ours", 1_000, folder, url, hot=True), Site("plain", 1_000, folder, url)
            )  # fmt: skip
            large = Site("ours", options.pages, folder, url, hot=True)
            for one in (site, plain, large):
                one.fill(reuse=True)
            pinned = pin_this_process()
            with contextlib.ExitStack() as stack:
                lanes = _lanes(stack, site, plain)
                for number in range(options.rounds + 1):
                    order = list(lanes.values())
                    for lane in order if number % 2 == 0 else reversed(order):
                        lane.measure(options.seconds)
                for lane in lanes.values():
                    del lane.rates[0]  # warming up
            fresh = measure_freshness(large, options.edited_for)
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 2
    bars = _bars(lanes, fresh)
    for lane in lanes.values():
        spread = (max(lane.rates) - min(lane.rates)) / lane.rate
        print(f"{lane.name:24} {lane.rate:10,.0f} requests/s  (spread {spread:.0%})")
    print(f"Edited while being read: {fresh}")
    print("\n".join(map(str, bars)))
    run = {"pinned": pinned, "rounds": options.rounds, "seconds": options.seconds}
    found = report.heading(run) | {
        "rates": {lane.name: lane.rates for lane in lanes.values()},
        "freshness": fresh,
        "bars": [{"name": bar.name, "value": bar.value, "met": bar.met} for bar in bars],
    }
    print(f"Kept as {report.write(folder / 'hot', found)}")
    return 0 if all(bar.met for bar in bars) else 1


if __name__ == "__main__":
    sys.exit(main())
