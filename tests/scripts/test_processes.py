"""Child processes end with their parent, whatever ends it; ports are found and refused."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys

import pytest

from cms.settings.env import PROJECT_DIR
from scripts.processes import HOST, free_port, free_ports, port_is_free, start, stop
from tests.scripts.running import ends

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(60)
"""
PARENT = """
import sys, time
from scripts.processes import start
print(start([sys.executable, "-c", "import time; time.sleep(60)"]).pid, flush=True)
time.sleep(60)
"""


def test_stop_asks_first() -> None:
    child = start([sys.executable, "-c", "import time; time.sleep(60)"])
    assert stop(child) == -signal.SIGTERM


def test_stop_kills_a_child_that_does_not_listen() -> None:
    child = start([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE)
    assert child.stdout is not None
    with child.stdout as output:
        output.readline()
    assert stop(child, patience=0.2) == -signal.SIGKILL


def test_a_child_ends_when_its_parent_is_killed() -> None:
    parent = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, cwd=PROJECT_DIR
    )
    assert parent.stdout is not None
    with parent.stdout as output:
        child = int(output.readline())
    parent.kill()
    parent.wait()
    assert ends(child)


COMMAND = """
import os, signal, sys
from scripts.processes import run_command
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where a shell runs us aside
print("script", os.getpid(), flush=True)
code = "import os, time; print('command', os.getpid(), os.environ['X'], flush=True); {}"
sys.exit(run_command([sys.executable, "-c", code.format(sys.argv[1])], {"X": "given"}))
"""


def start_command(then: str) -> subprocess.Popen[str]:
    """Start a script that runs a command, which prints its pid and goes on with the code."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", COMMAND, then],
        stdout=subprocess.PIPE, text=True, cwd=PROJECT_DIR, start_new_session=True,
    )  # fmt: skip


def test_a_command_gets_its_environment_and_gives_its_exit_code() -> None:
    with start_command("raise SystemExit(3)") as script:
        printed, _ = script.communicate()
    assert printed.split()[-1] == "given"
    assert script.returncode == 3


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_a_command_ends_with_the_script_that_runs_it(sign: signal.Signals) -> None:
    with start_command("time.sleep(60)") as script:
        assert script.stdout is not None
        script.stdout.readline()
        command = int(script.stdout.readline().split()[1])
        script.send_signal(sign)
    assert ends(command)


def test_after_an_interrupt_from_the_terminal_a_command_may_tidy_up() -> None:
    tidy = """
try:
    print(flush=True); time.sleep(60)
except KeyboardInterrupt:
    time.sleep(0.5); print('tidy')
"""
    with start_command(tidy) as script:
        assert script.stdout is not None
        for _ in range(3):
            script.stdout.readline()
        os.killpg(script.pid, signal.SIGINT)
        assert script.stdout.read() == "tidy\n"


def test_free_ports_differ() -> None:
    assert len(set(free_ports(20))) == 20


def test_a_port_in_use_is_not_free() -> None:
    port = free_port()
    assert port_is_free(port)
    with socket.socket() as server:
        # As web servers that share a port between processes do.
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind((HOST, port))
        server.listen()
        assert not port_is_free(port)
