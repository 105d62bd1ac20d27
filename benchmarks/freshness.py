"""How fresh and how often from memory: readers at work while an editor in another process edits."""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import psycopg
from psycopg import sql

from benchmarks.apis import DETAILS
from benchmarks.client import fetch
from benchmarks.errors import BenchmarkError
from benchmarks.sites import Server, Site

__all__ = ["measure_freshness"]

READS = 200  # a second
EXPONENT = 1.0
"""Of Zipf's law: the n-th most read page is read 1/n times as often as the first."""

PAUSE = 1.0  # seconds between two changes
KINDS = ("publish", "publish", "publish", "withdraw")

CUT_EVERY = 0.1  # seconds


def measure_freshness(site: Site, seconds: float, *, cut: bool = False) -> dict[str, Any]:
    """Reads ``site`` at a steady rate while another process publishes one page a second.

    Gives ``hit_rate`` (the share of answers from memory, each page having been read once before),
    ``p99`` and ``worst`` (seconds until a change showed), ``reads`` and ``changes``. With ``cut``
    PostgreSQL ends the connection on which the server hears of changes, again and again. Raises
    BenchmarkError where a change did not show within a second or an answer was an error.
    """
    site.mark_edited()
    with site.serve() as server:
        paths = _zipf(site)
        _read(server, iter(_details(site)), site.pages, pace=0)
        none: contextlib.AbstractContextManager[Counter[str]] = contextlib.nullcontext(Counter())
        with _cutting(site.database_url) if cut else none as cuts:
            editor = subprocess.Popen(  # noqa: S603 - a module of this package
                [sys.executable, "-m", "benchmarks.edits", str(server.port), str(seconds),
                 str(PAUSE), *KINDS],
                env=site.environment, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
            seen: Counter[str] = Counter()
            while editor.poll() is None:
                seen += _read(server, paths, READS, pace=1 / READS)
            output, _ = editor.communicate()
    if editor.returncode != 0:
        raise BenchmarkError("The editor ended with an error")
    edits = json.loads(output)
    if edits["wrong"]:
        raise BenchmarkError(f"Changes that did not show within a second: {edits['wrong']}")
    delays = sorted(edits["delays"])
    return {
        "hit_rate": seen["hit"] / seen.total(),
        "p99": delays[int(len(delays) * 0.99)],
        "median": delays[len(delays) // 2],
        "worst": delays[-1],
        "reads": seen.total(),
        "changes": edits["done"],
        "cuts": cuts.total(),
    }


@contextlib.contextmanager
def _cutting(database_url: str) -> Iterator[Counter[str]]:
    """Ends whatever listens in the database until the block ends; counts what it ended."""
    cuts: Counter[str] = Counter()
    ended = threading.Event()

    def cut() -> None:
        with psycopg.connect(database_url, autocommit=True) as connection:
            database = sql.Identifier(connection.info.dbname)
            quiet = sql.SQL("ALTER DATABASE {} SET log_min_messages TO panic")
            connection.execute(quiet.format(database))  # each cut would be a line on the screen
            while not ended.wait(CUT_EVERY):
                found = connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE query LIKE 'LISTEN %' AND datname = current_database()"
                )
                cuts["ended"] += found.rowcount

    thread = threading.Thread(target=cut)
    thread.start()
    try:
        yield cuts
    finally:
        ended.set()
        thread.join()
    if not cuts["ended"]:
        raise BenchmarkError("There was no notification connection to cut")


def _details(site: Site) -> list[str]:
    return [DETAILS[0].ask(site, index).path for index in range(site.pages)]


def _zipf(site: Site) -> Iterator[str]:
    """Paths of details without end, a few of them very often."""
    chance = random.Random(0)  # noqa: S311
    paths = _details(site)
    chance.shuffle(paths)
    weights = list(accumulate(1 / rank**EXPONENT for rank in range(1, len(paths) + 1)))
    while True:
        yield from chance.choices(paths, cum_weights=weights, k=1_000)


def _read(server: Server, paths: Iterator[str], count: int, *, pace: float) -> Counter[str]:
    """So many reads, one each ``pace`` seconds at most."""
    seen: Counter[str] = Counter()
    begun = time.monotonic()
    for number, (_, answer) in enumerate(fetch(server.port, (next(paths) for _ in range(count)))):
        if answer.status not in (200, 404):
            raise BenchmarkError(f"Status {answer.status}")
        seen["hit" if b"; hit" in answer.headers else "miss"] += 1
        rest = begun + number * pace - time.monotonic()
        if rest > 0:
            time.sleep(rest)
    return seen
