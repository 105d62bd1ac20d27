"""``python -m benchmarks``: this project against a plain Wagtail site, and one with grapple.

DATABASE=postgres measures on a PostgreSQL of its own instead of SQLite. Ends with 1 where a bar is
missed, 2 where a measurement could not be made.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from benchmarks import report
from benchmarks.apis import our_list
from benchmarks.content import issuer_of, type_of
from benchmarks.cores import pin_this_process
from benchmarks.environments import interpreter
from benchmarks.errors import BenchmarkError
from benchmarks.rounds import CASES, prepare, run_rounds
from benchmarks.sites import Kind, Site, database_server, var_folder

QUERY_SAMPLE = 20  # paths whose queries are counted


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--pages", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=2.0, help="of one target in one round")
    parser.add_argument("--reuse", action="store_true", help="keep the sites of the last run")
    return parser.parse_args()


def count_queries(site: Site) -> dict[str, int]:
    """The queries of each interface of the site, of this project's also by the list's length."""
    indexes = range(0, site.pages, max(1, site.pages // QUERY_SAMPLE))
    questions = {
        f"{one.name}, {case}": [one.ask(site, index).path for index in indexes]
        for case, interfaces in CASES
        for one in interfaces
        if one.kind == site.kind
    }
    if site.kind == "ours":
        for limit in (1, 100):
            questions[f"ours, list of {limit}"] = [
                our_list(site, type_of(index), issuer_of(index), limit) for index in indexes
            ]
    found: dict[str, int] = site.ask("benchmarks.queries", questions)
    return found


def run(options: argparse.Namespace, folder: Path, server_url: str) -> int:
    """Fill, check, measure, report; returns the exit code."""
    kinds: list[Kind] = ["ours", "plain"]
    sites = [
        Site(kind, pages, folder, server_url) for pages in sorted(options.pages) for kind in kinds
    ]
    filled = {}
    for site in sites:
        print(f"Filling {site.name}", flush=True)
        filled[site.name] = round(site.fill(reuse=options.reuse), 1)
    if interpreter("grapple") is None:
        print("GraphQL is not compared: wagtail-grapple can't be installed here (see above)")
    else:
        sites += [Site("grapple", pages, folder, server_url) for pages in sorted(options.pages)]
    pinned = pin_this_process()
    with contextlib.ExitStack() as stack:
        print("Checking every answer once", flush=True)
        targets = prepare([stack.enter_context(site.serve()) for site in sites])
        print(f"Measuring {len(targets)} targets in {options.rounds} rounds", flush=True)
        run_rounds(targets, options.rounds, options.seconds)
    smallest = [site for site in sites if site.pages == min(options.pages)]
    queries = {name: count for site in smallest for name, count in count_queries(site).items()}
    bars = report.judge(targets, queries)
    how = {
        "database": "postgresql" if server_url else "sqlite",
        "rounds": options.rounds,
        "seconds": options.seconds,
        "server_and_client_on_cores_of_their_own": pinned,
        "seconds_to_fill": filled,
    }
    print(f"\n{report.table(targets)}\n")
    print("SQL queries: " + "; ".join(f"{name}: {count}" for name, count in queries.items()))
    print("\n".join(map(str, bars)))
    path = report.write(folder, report.summary(targets, queries, bars, how))
    print(f"Kept as {path}")
    return 0 if all(bar.met for bar in bars) else 1


def main() -> int:
    """Measure on the database system that DATABASE names."""
    options = arguments()
    try:
        with database_server() as url:
            return run(options, var_folder(), url)
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
