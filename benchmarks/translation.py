"""``python -m benchmarks.translation``: a section of 200 pages submitted and synced (`make bench`).

This project's way against plain wagtail-localize on the same pages: queries and seconds a page, and
the ratio. Ends with 1 where a bar is missed. DATABASE=postgres measures on a PostgreSQL.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from benchmarks.errors import BenchmarkError
from benchmarks.sites import Site, database_server, var_folder

BARS = {"submit": 260, "sync": 95}
"""Queries a page that are not passed, however many segments it has."""


def lines(ours: dict[str, Any], plain: dict[str, Any]) -> list[str]:
    """The table."""
    found = [f"{ours['pages']} pages of {ours['segments']} segments", ""]
    found += ["| | queries a page | plain | ratio | ms a page | plain | ratio |"]
    found += ["|---|---:|---:|---:|---:|---:|---:|"]
    for work in BARS:
        q, p = ours[work]["queries"], plain[work]["queries"]
        s, t = ours[work]["seconds"], plain[work]["seconds"]
        found.append(
            f"| {work} | {q} | {p} | {p / q:.1f} | {s * 1000:.0f} | {t * 1000:.0f} | {t / s:.1f} |"
        )
    return found


def main() -> int:
    """Measure, print, keep; 1 where a bar is missed, 2 where it could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.translation")
    parser.add_argument("--pages", type=int, default=200)
    options = parser.parse_args()
    folder = var_folder() / "translation"
    try:
        with database_server() as url:
            site = Site("ours", options.pages, folder, url)
            site.fill(reuse=False)
            plain, ours = (
                site.ask("benchmarks.translating", {"how": h}) for h in ("plain", "ours")
            )
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(lines(ours, plain)))
    (folder / "result.json").write_text(json.dumps({"ours": ours, "plain": plain}, indent=1))
    missed = [work for work, most in BARS.items() if ours[work]["queries"] > most]
    for work in missed:
        print(f"MISSED: {work} takes {ours[work]['queries']} queries a page, not {BARS[work]}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
