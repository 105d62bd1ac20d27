"""Measuring in rounds: every target once a round, so that a slow minute is slow for all of them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from benchmarks.apis import DETAILS, GRAPHQL_LISTS, LISTS, Interface
from benchmarks.client import fetch, measure
from benchmarks.errors import BenchmarkError
from benchmarks.figures import Rounds
from benchmarks.sites import Server
from benchmarks.watch import cpu_seconds

__all__ = ["CASES", "Case", "Target", "prepare", "run_rounds"]

type Case = Literal["detail", "list of 20", "GraphQL list of 20"]

CASES: Sequence[tuple[Case, Sequence[Interface]]] = (
    ("detail", DETAILS),
    ("list of 20", LISTS),
    ("GraphQL list of 20", GRAPHQL_LISTS),
)

SAMPLE = 200
"""How many details of the plain site are checked and asked for; of this project's, all of them."""

LISTS_ASKED = 20
"""Every pair of type and issuer; of GraphQL as many texts."""

WARM_UP = 0.5  # seconds


@dataclass(slots=True)
class Target(Rounds):
    """One kind of question to one server, and what its rounds gave.

    ``rates`` are requests a second; ``costs`` the web server's processor time of one request in
    seconds, which what else the machine does disturbs less.
    """

    case: Case
    interface: Interface
    server: Server
    lengths: Mapping[str, int]
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    asked: int = 0

    def measure(self, seconds: float) -> None:
        """One round, which goes on where the last one stopped, so that all ids get their turn."""
        before = cpu_seconds(self.server.pid)
        done, elapsed = measure(self.server.port, self.lengths, seconds, skip=self.asked)
        self.asked += done
        self.rates.append(done / elapsed)
        self.costs.append((cpu_seconds(self.server.pid) - before) / done)

    @property
    def pages(self) -> int:
        """How many pages the site has."""
        return self.server.site.pages


def prepare(servers: Iterable[Server]) -> list[Target]:
    """Every target, each of its answers checked once; raises BenchmarkError for a wrong one."""
    served = list(servers)
    return [
        Target(case, interface, server, _check(case, interface, server))
        for case, interfaces in CASES
        for interface in interfaces
        for server in served
        if server.site.kind == interface.kind
    ]


def _check(case: Case, interface: Interface, server: Server) -> dict[str, int]:
    """The paths that are asked for, spread over all pages, with their answers' lengths."""
    indexes = list(range(LISTS_ASKED))
    if case == "detail":
        indexes = list(range(server.site.pages))
        random.Random(0).shuffle(indexes)  # noqa: S311
        indexes = indexes if interface.kind == "ours" else indexes[:SAMPLE]
    questions = {one.path: one for one in (interface.ask(server.site, i) for i in indexes)}
    lengths = {}
    for path, answer in fetch(server.port, list(questions)):
        if answer.status != 200 or not interface.is_right(questions[path], answer.body):
            raise BenchmarkError(
                f"{interface.name} on {server.site.name} gives a wrong answer (status "
                f"{answer.status}) to {path}: {answer.body[:300]!r}"
            )
        lengths[path] = len(answer.body)
    return lengths


def run_rounds(targets: Sequence[Target], rounds: int, seconds: float) -> None:
    """Fills in the targets' rates; a first round of warming up is left out."""
    for target in targets:
        measure(target.server.port, target.lengths, WARM_UP)
    for number in range(rounds):
        # There and back: what comes first in one round comes last in the next.
        for target in targets if number % 2 == 0 else reversed(targets):
            target.measure(seconds)
