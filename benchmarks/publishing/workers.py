"""``python -m benchmarks.publishing.workers``: starts workers, each a process to be killed.

Reads a command a line: ``run`` starts the worker and prints its process id; ``once`` lets one do
all there is; ``prepare URL`` and ``check SEQ`` print what they find. Django is loaded once and each
command forks: a hundred starts cost what one does.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django
from django.core.management import call_command

from benchmarks.publishing.check import check, prepare


def _once() -> str:
    call_command("run_worker", once=True)
    return "done"


def _fork(work: Callable[[], Any]) -> int:
    """The id of a new process that does the work, prints what it returns and ends."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        print(json.dumps(work()), flush=True)
        code = 0
    finally:
        os._exit(code)


def main() -> None:
    """Serve commands until the input ends."""
    django.setup()
    worker = 0
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        if command == "run":
            worker = _fork(lambda: call_command("run_worker"))
            print(worker, flush=True)
            continue
        work: dict[str, Callable[[], Any]] = {
            "once": _once,
            "prepare": lambda found=argument: prepare(found),  # type: ignore[misc]
            "check": lambda found=argument: check(found),  # type: ignore[misc]
        }
        waited = _fork(work[command])
        while (ended := os.wait())[0] != waited:
            pass  # a worker that was killed before
        if ended[1] != 0:
            sys.exit(f"{command} failed")
    if worker:
        with contextlib.suppress(ProcessLookupError):  # nobody is left to kill it
            os.kill(worker, signal.SIGKILL)


if __name__ == "__main__":
    main()
