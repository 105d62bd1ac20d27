"""A dead process's lease is seen to be free; nobody else's is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from cms.changes.holders import is_dead, new_holder


def _holder_of_a_process() -> tuple[subprocess.Popen[str], str]:
    code = (
        "import sys; from cms.changes.holders import new_holder; "
        "print(new_holder(), flush=True); sys.stdin.read()"
    )
    child = subprocess.Popen(  # noqa: S603 - this interpreter, a fixed program
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    return child, child.stdout.readline().strip()


def test_a_holder_is_alive_until_its_process_is_killed() -> None:
    child, holder = _holder_of_a_process()
    assert len(holder) <= 64
    assert not is_dead(holder)
    os.kill(child.pid, signal.SIGKILL)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert is_dead(holder)  # it has ended, though its parent has not asked how
    child.communicate()
    assert is_dead(holder)


def test_another_process_under_the_same_id_is_not_the_holder() -> None:
    place, pid, started, token = new_holder().split(":")
    assert not is_dead(f"{place}:{pid}:{started}:{token}")
    assert is_dead(f"{place}:{pid}:{int(started) + 1}:{token}")


def test_nothing_is_said_of_processes_elsewhere() -> None:
    place, _pid, started, token = new_holder().split(":")
    for holder in ("", "dead", f"x{place}:999999:{started}:{token}", f"{place}:999999:0:{token}"):
        assert not is_dead(holder)
