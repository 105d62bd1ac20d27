"""Child processes end with their parent, whatever ends it; ports are found and refused."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time

from cms.settings.env import PROJECT_DIR
from scripts.processes import HOST, free_port, port_is_free, start, stop

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


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        return file.read().rsplit(")", 1)[1].split()[0] != "Z"


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
    deadline = time.monotonic() + 10
    while is_running(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(child)


def test_a_port_in_use_is_not_free() -> None:
    port = free_port()
    assert port_is_free(port)
    with socket.socket() as server:
        # As web servers that share a port between processes do.
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind((HOST, port))
        server.listen()
        assert not port_is_free(port)
