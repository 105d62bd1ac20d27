"""``python -m benchmarks.kills``: the worker is killed again and again (`make soak` does it too).

One process publishes and withdraws pages without pause, another is the worker, which dies by
SIGKILL at random moments KILLS times (default 100) and is started anew. Two web servers are asked
for those pages all the while. This process is the server that the webhooks and the cache purges go
to; it refuses a tenth of the messages once. At the end every entry of the feed must have reached
every follower, and every message its server: at least once, under one id, with a good signature;
and no answer, from memory or not, may have shown what had been withdrawn a second before.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from benchmarks.errors import BenchmarkError
from benchmarks.publishing.arrivals import missing
from benchmarks.publishing.history import Event, unexplained
from benchmarks.publishing.readers import reading
from benchmarks.receiver import Receiver, Reply, Request, receive
from benchmarks.serving import serve_application
from benchmarks.sites import Site, database_server, var_folder

__all__ = ["Outcome", "main", "run"]

PAGES = 20
WEB_SERVERS = 2
HOT_CACHE_BYTES = str(2**26)
START_PATIENCE = 90  # seconds until a worker sends its first message
DRAIN_ROUNDS = 20
PUBLISH = [sys.executable, "-m", "benchmarks.publishing.publish"]
WORKERS = [sys.executable, "-m", "benchmarks.publishing.workers"]


@dataclass(slots=True)
class Outcome:
    """What was seen; ``problems`` is empty when nothing was lost."""

    kills: int = 0
    changes: int = 0
    messages: int = 0
    sent_twice: int = 0
    purges: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def run(environment: Mapping[str, str], kills: int, seed: int = 1) -> Outcome:
    """Kills the worker so often on the site of this environment, which has pages already.

    The settings must let webhooks go to this machine, as those of development do.
    """
    chance, outcome = random.Random(seed), Outcome()  # noqa: S311
    with receive() as receiver:
        receiver.reply = _refuse_some(receiver)
        cache = {"by": "header", "url": receiver.url.replace("/hook", "/purge")}
        environment = {**environment, "CMS_PURGE": json.dumps({"edge": cache})}
        environment["CMS_WORKER_POLL_SECONDS"] = "0.05"
        with _Workers(environment) as workers:
            prepared = workers.ask(f"prepare {receiver.url}")
            workers.ask("once")  # every follower has its cursor before the first change
            pages = dict(prepared["pages"])
            with contextlib.ExitStack() as stack:
                ports = [stack.enter_context(_serve(environment)) for _ in range(WEB_SERVERS)]
                seen = stack.enter_context(reading(ports, list(pages)))
                events = _publish_and_kill(environment, workers, receiver, outcome, kills, chance)
            outcome.answers = seen.kinds
            outcome.problems += seen.problems + unexplained(pages, events, seen.sightings)
            found: dict[str, Any] = {}
            for _round in range(DRAIN_ROUNDS):
                workers.ask("once")
                found = workers.ask(f"check {prepared['first']}")
                if not found["waiting"]:
                    break
                time.sleep(2)  # what was refused once comes again after a pause
        outcome.problems += missing(found, receiver.requests, prepared["secrets"])
        outcome.messages = len(found["messages"])
        outcome.sent_twice = sum(n > 1 for message, n in receiver.ids.items() if message)
        outcome.purges = sum(one.method == "PURGE" for one in receiver.requests)
    return outcome


def _refuse_some(receiver: Receiver) -> Any:
    seen: set[str] = set()

    def reply(request: Request) -> Reply:
        message = request.headers.get("webhook-id", "")
        first = message not in seen
        seen.add(message)
        return Reply(500) if first and message.endswith(("7", "c")) else Reply()

    return reply


@contextlib.contextmanager
def _serve(environment: Mapping[str, str]) -> Iterator[int]:
    """The port of a web server that keeps finished answers in memory."""
    environment = {**os.environ, **environment, "CMS_HOT_CACHE_BYTES": HOT_CACHE_BYTES}
    with serve_application("ours", "cms.wsgi:application", environment) as (port, _pid):
        yield port


class _Workers:
    """The process that starts workers, and what it is asked."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - a module of this package
            WORKERS, env=os.environ | environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.communicate()

    def ask(self, command: str) -> Any:
        """What a command prints; raises BenchmarkError where it fails."""
        print(command, file=self._process.stdin, flush=True)
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise BenchmarkError(f"{command} failed")
        return json.loads(line)


def _publish_and_kill(
    environment: Mapping[str, str],
    workers: _Workers,
    receiver: Receiver,
    outcome: Outcome,
    kills: int,
    chance: random.Random,
) -> list[Event]:
    """Has pages changed while one worker after the other dies; returns the changes."""
    publisher = subprocess.Popen(  # noqa: S603 - a module of this package
        PUBLISH, env=os.environ | environment, stdout=subprocess.PIPE
    )
    try:
        for number in range(kills):
            _kill_one(workers, receiver, chance, at_work=number % 8 != 7)
            outcome.kills += 1
    finally:
        publisher.terminate()
        output, _errors = publisher.communicate(timeout=60)
    if publisher.returncode != 0:
        raise BenchmarkError("The publisher ended with an error")
    events = [Event(*one) for one in json.loads(output)]
    outcome.changes = len(events)
    return events


def _kill_one(
    workers: _Workers, receiver: Receiver, chance: random.Random, *, at_work: bool
) -> None:
    """Starts a worker and kills it, once it sends something or somewhere before."""
    before, started = len(receiver.requests), time.monotonic()
    worker = workers.ask("run")
    try:
        while at_work and len(receiver.requests) == before:
            if time.monotonic() - started > START_PATIENCE:
                raise BenchmarkError("The worker does not send anything")
            time.sleep(0.002)
        time.sleep(chance.expovariate(3 if at_work else 20))
    finally:
        os.kill(worker, signal.SIGKILL)


def main() -> int:
    """Kill the worker KILLS times on a site of its own; returns the exit code."""
    kills = int(os.environ.get("KILLS") or 100)
    try:
        with database_server() as url:
            site = Site("ours", PAGES, var_folder() / "kills", url)
            print(f"Filling a site with {PAGES} plans", flush=True)
            site.fill(reuse=False)
            print(f"Killing the worker {kills} times", flush=True)
            settings = {"DJANGO_SETTINGS_MODULE": "cms.settings.development"}
            found = run({**site.environment, **settings}, kills, seed=time.time_ns())
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 2
    print(
        f"{found.kills} kills, {found.changes} changes of pages: {found.messages} messages "
        f"arrived, {found.sent_twice} of them more than once; {found.purges} purges"
    )
    print(f"Answers of {WEB_SERVERS} web servers meanwhile: {dict(found.answers)}")
    print("\n".join(found.problems[:20]) or "Nothing was lost, nothing shown that was withdrawn.")
    return 1 if found.problems else 0


if __name__ == "__main__":
    sys.exit(main())
