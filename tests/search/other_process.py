"""What another process does to an index: `python -m tests.search.other_process ACTION CONNECT`.

CONNECT is the pickle, in hexadecimal, of what makes the engine. It says "ready" once it holds what
the action is about, and goes on until it is killed or its input ends.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal

import django

if TYPE_CHECKING:
    from search.contract import Engine

__all__ = ["Action", "other_process"]

type Action = Literal["write", "rebuild"]


@contextlib.contextmanager
def other_process(
    action: Action, connect: Callable[[], Engine]
) -> Iterator[subprocess.Popen[bytes]]:
    """A process in the middle of the action; it is killed at the end of the context."""
    command = [sys.executable, "-m", __name__, action, pickle.dumps(connect).hex()]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    with subprocess.Popen(  # noqa: S603 - these tests' own module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == b"ready\n"
            yield process
        finally:
            process.kill()


def _main(action: str, connect: Callable[[], Engine]) -> None:
    from tests.search.engine_cases import entry  # Django must be set up before

    engine = connect()
    held = engine.writing() if action == "write" else engine.rebuilding("of a killed process")
    with held as writer:
        writer.write((entry(number, "never committed") for number in range(900, 950)), 9)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    django.setup()
    # The test that started it handed this over.
    _main(sys.argv[1], pickle.loads(bytes.fromhex(sys.argv[2])))  # noqa: S301
