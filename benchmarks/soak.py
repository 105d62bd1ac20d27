"""``python -m benchmarks.soak``: web server and worker under reads and edits (`make soak`).

For SECONDS (default 600) one reader asks for pages and lists as fast as it gets them, while an
editor publishes, withdraws and renames. Ends with 1 where an answer was a server error, where a
change did not show within a second, where memory kept growing, or where at the end a document is
not what a fresh build would be.
"""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle, islice
from statistics import median
from typing import Any

from benchmarks.apis import DETAILS, LISTS
from benchmarks.client import fetch
from benchmarks.errors import BenchmarkError
from benchmarks.sites import Server, Site, database_server, var_folder
from benchmarks.watch import anonymous_bytes
from scripts.processes import start, stop

__all__ = ["main"]

PAGES = 200
SAMPLE_SECONDS = 2.0
GROWTH = 1.2
"""How many times as much memory a process may hold in the last quarter as in the second."""


@dataclass(slots=True)
class Watch:
    """What was seen of a run: answers by status, and memory in bytes by process."""

    answers: Counter[int] = field(default_factory=Counter)
    memory: dict[str, list[int]] = field(default_factory=lambda: {"web": [], "worker": []})

    def growth(self, process: str) -> float:
        """Memory of the last quarter as a multiple of the second quarter's, medians of both."""
        samples = self.memory[process]
        quarter = max(1, len(samples) // 4)
        return median(samples[-quarter:]) / median(samples[quarter : 2 * quarter] or samples)


def _paths(site: Site) -> Iterator[str]:
    """Pages in turn, with a list after every ninth."""
    for number, index in enumerate(cycle(range(site.pages)), 1):
        yield DETAILS[0].ask(site, index).path
        if number % 9 == 0:
            yield LISTS[0].ask(site, index).path


def _read(server: Server, worker: int, editor: subprocess.Popen[str]) -> Watch:
    """Reads until the editor has ended, and samples memory."""
    watch = Watch()
    paths = list(islice(_paths(server.site), 10 * server.site.pages))
    sampled = time.monotonic()
    for _path, answer in fetch(server.port, cycle(paths)):
        watch.answers[answer.status] += 1
        if time.monotonic() - sampled >= SAMPLE_SECONDS:
            sampled = time.monotonic()
            watch.memory["web"].append(anonymous_bytes(server.pid))
            watch.memory["worker"].append(anonymous_bytes(worker))
            if editor.poll() is not None:
                break
    return watch


def _problems(watch: Watch, edits: Mapping[str, Any], verified: int) -> list[str]:
    problems = [f"{count} answers with status {status}"
                for status, count in watch.answers.items() if status not in (200, 404)]  # fmt: skip
    problems += [f"a change did not show: {wrong}" for wrong in edits["wrong"]]
    problems += [
        f"the {name} holds {watch.growth(name):.2f} times as much memory as at the beginning"
        for name in watch.memory
        if watch.growth(name) > GROWTH
    ]
    return problems + (["documents differ from a fresh build"] if verified else [])


def run(site: Site, seconds: float) -> dict[str, Any]:
    """One soak of a filled site; returns what was seen, with the list of ``problems``."""
    manage = [sys.executable, "manage.py"]

    def command(*arguments: str) -> int:
        child = start([*manage, *arguments], environment=site.environment)
        return child.wait()

    with site.serve() as server:
        worker = start([*manage, "run_worker"], environment=site.environment)
        try:
            editor = subprocess.Popen(  # noqa: S603 - a module of this package
                [sys.executable, "-m", "benchmarks.edits", str(server.port), str(seconds)],
                env=site.environment, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
            watch = _read(server, worker.pid, editor)
            output, _errors = editor.communicate()
        finally:
            stop(worker)
    if editor.returncode != 0:
        raise BenchmarkError("The editor ended with an error")
    edits = json.loads(output)
    command("run_worker", "--once")
    return {
        "seconds": seconds,
        "answers": watch.answers,
        "edits": edits["done"],
        "slowest_to_show": max(edits["delays"]),
        "memory_mb": {k: [round(one / 2**20, 1) for one in v] for k, v in watch.memory.items()},
        "growth": {name: round(watch.growth(name), 3) for name in watch.memory},
        "problems": _problems(watch, edits, command("verify_documents")),
    }


def main() -> int:
    """Soak for SECONDS; returns the exit code."""
    seconds = float(os.environ.get("SECONDS") or 600)
    try:
        with database_server() as url:
            site = Site("ours", PAGES, var_folder() / "soak", url, hot=True)
            print(f"Filling a site with {PAGES} plans", flush=True)
            site.fill(reuse=False)
            print(f"Soaking for {seconds:g} seconds", flush=True)
            found = run(site, seconds)
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 2
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H%M%S")
    path = var_folder() / f"soak-{now}.json"
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
    for name, samples in found["memory_mb"].items():
        print(f"Memory of the {name}: {samples[0]} MB, at the end {samples[-1]} MB")
    print(f"Answers by status: {dict(found['answers'])}; changes: {found['edits']}")
    print("\n".join(found["problems"]) or "No problem was seen.")
    print(f"Kept as {path}")
    return 1 if found["problems"] else 0


if __name__ == "__main__":
    sys.exit(main())
