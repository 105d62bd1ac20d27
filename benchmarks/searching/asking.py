"""Asks one server the same things again and again, and notes how long each answer takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from statistics import quantiles

from benchmarks.errors import BenchmarkError
from benchmarks.figures import Rounds

__all__ = ["Asked", "Question"]

CONNECTIONS = 4


@dataclass(frozen=True, slots=True)
class Question:
    """A request: with a body it is a POST of JSON."""

    path: str
    body: bytes | None = None


@dataclass
class Asked(Rounds):
    """``rates``: answers a second on four connections; ``times``: seconds of answers on one."""

    name: str
    port: int
    questions: Sequence[Question]
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @property
    def p95(self) -> float:
        """The time, in seconds, that 95 % of the answers stay below."""
        return quantiles(self.times, n=20)[18]

    def warm_up(self, seconds: float) -> None:
        """Asks without noting anything."""
        self.measure(seconds)
        self.rates.clear()
        self.times.clear()

    def measure(self, seconds: float) -> None:
        """One round of both; raises BenchmarkError for any other answer than 200."""
        self.times += self._ask_for(seconds / 2, 0)
        counts: list[int] = []
        ended: list[BaseException] = []

        def work(first: int) -> None:
            try:
                counts.append(len(self._ask_for(seconds, first)))
            except BaseException as error:  # noqa: BLE001 - raised by who waits for the thread
                ended.append(error)

        started = time.perf_counter()
        threads = [threading.Thread(target=work, args=(n,)) for n in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if ended:
            raise ended[0]
        self.rates.append(sum(counts) / (time.perf_counter() - started))

    def _ask_for(self, seconds: float, first: int) -> list[float]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Content-Type": "application/json", "X-Forwarded-Proto": "https"}
        times: list[float] = []
        ends = time.perf_counter() + seconds
        while (began := time.perf_counter()) < ends:
            question = self.questions[(first + len(times)) % len(self.questions)]
            method = "GET" if question.body is None else "POST"
            connection.request(method, question.path, question.body, headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise BenchmarkError(f"{self.name}: {answer.status} for {question.path}")
            times.append(time.perf_counter() - began)
        connection.close()
        return times
