"""What ``wrk`` measures: one question to one server, asked as fast as it is answered."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.errors import BenchmarkError
from benchmarks.figures import Rounds
from benchmarks.watch import cpu_seconds
from scripts.processes import HOST

__all__ = ["Lane", "run_lanes"]

CONNECTIONS = 8
SCRIPT = Path(__file__).with_name("wrk.lua")


@dataclass(slots=True)
class Lane(Rounds):
    """One thing that is asked for again and again: paths, each with the ETag that is known.

    ``rates`` are requests a second; ``costs`` the web server's processor time of one request in
    seconds, which what else the machine does disturbs less.
    """

    name: str
    port: int
    pid: int
    lines: Sequence[str]
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)

    def measure(self, seconds: float) -> None:
        """One round; raises BenchmarkError for any error."""
        program = shutil.which("wrk")
        if program is None:
            raise BenchmarkError("wrk is not installed (apt-get install wrk)")
        before = cpu_seconds(self.pid)
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
        self.costs.append((cpu_seconds(self.pid) - before) / result["requests"])


def run_lanes(lanes: Sequence[Lane], rounds: int, seconds: float) -> None:
    """Fills in the lanes' rounds, there and back; a first one of warming up is left out."""
    for number in range(rounds + 1):
        for lane in lanes if number % 2 == 0 else reversed(lanes):
            lane.measure(seconds)
    for lane in lanes:
        del lane.rates[0], lane.costs[0]
