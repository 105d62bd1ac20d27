"""A site whose search is measured."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping
from typing import ClassVar

from benchmarks.errors import BenchmarkError
from benchmarks.searching.asking import CONNECTIONS
from benchmarks.sites import Site

__all__ = ["SearchSite"]


class SearchSite(Site):
    """The benchmark's site with an engine."""

    threads: ClassVar[int] = CONNECTIONS
    """While one waits for Elasticsearch, another works, as in any installation."""

    engine: Mapping[str, str] = {}

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | dict(self.engine)

    def manage(self, *command: str) -> float:
        """Runs a management command; returns seconds. Raises BenchmarkError where it fails."""
        started = time.perf_counter()
        done = subprocess.run(  # noqa: S603 - a command of this project
            [sys.executable, "-m", "django", *command],
            env=self.environment, stdout=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise BenchmarkError(f"{' '.join(command)} failed for {self.name}")
        return time.perf_counter() - started
