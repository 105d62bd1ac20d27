"""What a run found: bars, tables, and the JSON that is kept."""

from __future__ import annotations

import datetime
import json
import os
import platform
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.rounds import Case, Target

__all__ = ["Bar", "Queries", "heading", "judge", "summary", "table", "write"]

type Queries = Mapping[str, int]
"""What was asked → the most SQL queries that it took."""

PACKAGES = ("django", "wagtail", "djangorestframework", "django-ninja", "granian", "orjson",
            "strawberry-graphql")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """One promise and what was measured; ``at_least`` False makes it a most."""

    name: str
    value: float
    bar: float
    at_least: bool = True

    @property
    def met(self) -> bool:
        """Whether the promise is kept."""
        return self.value >= self.bar if self.at_least else self.value <= self.bar

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        word = "met   " if self.met else "MISSED"
        return f"{word} {self.name}: {self.value:.2f} ({sign} {self.bar:g})"


def judge(targets: Sequence[Target], queries: Queries) -> list[Bar]:
    """The issue's bars, for every number of pages that was measured."""
    found = {(one.case, one.interface.name, one.pages): one for one in targets}
    sizes = sorted({one.pages for one in targets})
    bars: list[Bar] = []

    def ratio(case: Case, other: str, bar: float) -> None:
        for pages in sizes:
            value = found[case, "ours", pages].ratio_to(found[case, other, pages])
            bars.append(Bar(f"{case}, {pages:,} pages, times {other}", value, bar))

    ratio("detail", "v2", 15)
    ratio("detail", "v3", 10)
    ratio("list of 20", "v2", 20)
    if ("GraphQL list of 20", "grapple", sizes[0]) in found:
        ratio("GraphQL list of 20", "grapple", 8)
    if len(sizes) > 1:
        small, large = (found["detail", "ours", pages] for pages in (sizes[0], sizes[-1]))
        name = f"cost of a detail at {sizes[-1]:,} pages against {sizes[0]:,}"
        bars.append(Bar(name, small.ratio_to(large), 1.1, at_least=False))
    for name, count in queries.items():
        if name.startswith("ours"):
            bars.append(
                Bar(f"queries, {name}", count, 1 if "detail" in name else 2, at_least=False)
            )
    return bars


def table(targets: Sequence[Target]) -> str:
    """Requests a second and processor time as a Markdown table, each with ours against it.

    ``spread`` is how far the rounds lie apart; ``KB`` the mean size of an answer.
    """
    found = {(one.case, one.interface.name, one.pages): one for one in targets}
    lines = [
        "| question | pages | interface | requests/s | ours | CPU ms | ours | spread | KB |",
        "|---|---:|---|---:|---:|---:|---:|---:|---:|",
    ]
    for one in targets:
        ours = found[one.case, "ours", one.pages]
        size = sum(one.lengths.values()) / len(one.lengths) / 1024
        more = "" if one is ours else f"{ours.ratio_to(one):.1f} ×"
        less = "" if one is ours else f"{ours.cost_ratio_to(one):.1f} ×"
        lines.append(
            f"| {one.case} | {one.pages:,} | {one.interface.name} | {one.rate:,.0f} | {more} "
            f"| {one.cost * 1000:.2f} | {less} | {one.spread:.0%} | {size:.1f} |"
        )
    return "\n".join(lines)


def heading(run: Mapping[str, Any]) -> dict[str, Any]:
    """When, what and where was measured; ``run`` is how."""
    return {
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "commit": _git("rev-parse", "HEAD"),
        "changed_files": _git("status", "--porcelain", "--", "cms", "benchmarks").splitlines(),
        "machine": {
            "processor": _processor(),
            "cores": len(os.sched_getaffinity(0)),
            "system": platform.platform(),
            "load": os.getloadavg(),
        },
        "versions": {
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            **{name: version(name) for name in PACKAGES},
        },
        "run": run,
    }


def summary(
    targets: Sequence[Target], queries: Queries, bars: Sequence[Bar], run: Mapping[str, Any]
) -> dict[str, Any]:
    """Everything that is known of the run, as JSON; ``run`` is how it was made."""
    return heading(run) | {
        "measured": [
            {
                "case": one.case,
                "pages": one.pages,
                "interface": one.interface.name,
                "rate": one.rate,
                "rounds": one.rates,
                "cpu_seconds": one.cost,
                "cpu_rounds": one.costs,
                "spread": one.spread,
                "paths": len(one.lengths),
                "mean_bytes": sum(one.lengths.values()) / len(one.lengths),
            }
            for one in targets
        ],
        "queries": queries,
        "bars": [{**asdict(bar), "met": bar.met} for bar in bars],
    }


def write(folder: Path, found: Mapping[str, Any]) -> Path:
    """Keeps a summary as ``<date>.json``; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{found['date'].replace(':', '')}.json"
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
    return path


def _git(*arguments: str) -> str:
    """What git says; empty where there is none or no repository."""
    git = shutil.which("git")
    if git is None:
        return ""
    done = subprocess.run(  # noqa: S603
        [git, *arguments], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def _processor() -> str:
    """The processor's name, where Linux tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
