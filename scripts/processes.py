"""Child processes that end with the process that started them; locks and ports among them."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import pwd
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

__all__ = ["free_port", "free_ports", "locked", "port_is_free", "run_command", "start", "stop"]

PR_SET_PDEATHSIG = 1  # Linux: <sys/prctl.h>
HOST = "127.0.0.1"
INTERRUPT_PATIENCE = 15  # seconds


def _ending_with_parent(death_signal: signal.Signals) -> Callable[[], None] | None:
    """What a child runs before its program: have the kernel end it when its parent dies."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)  # loaded here: between fork and exec, next to nothing is safe

    def ask_kernel() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(death_signal))

    return ask_kernel


def start(
    command: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    user: str | None = None,
    stdout: int | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches it only through `stop`.

    ``stdout`` takes what it prints, errors too. ``user`` runs it as another user, in that user's
    main group alone. ``death_signal`` is what it gets when this process dies, however that happens
    (Linux). Raises OSError where it can't start.
    """
    return subprocess.Popen(  # noqa: S603 - fixed commands of this project
        command,
        env=os.environ | (environment or {}),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=None if stdout is None else subprocess.STDOUT,
        start_new_session=True,
        user=user,
        group=None if user is None else pwd.getpwnam(user).pw_gid,
        extra_groups=None if user is None else [],
        preexec_fn=_ending_with_parent(death_signal),  # safe: these scripts have no threads
    )


def stop(
    process: subprocess.Popen[bytes], *, sign: signal.Signals = signal.SIGTERM, patience: float = 15
) -> int:
    """Ask a child to end, wait ``patience`` seconds, then kill its whole session.

    Returns its exit code, negative when a signal ended it.
    """
    if process.poll() is None:
        process.send_signal(sign)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


def run_command(command: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    """Run somebody's command on this terminal, as a shell does; returns its exit code.

    It ends with this process: a SIGTERM is handed on, Ctrl-C reaches both from the terminal, and
    it gets a SIGTERM when this process is killed (Linux). Raises KeyboardInterrupt after Ctrl-C.
    """
    child = subprocess.Popen(  # noqa: S603 - the caller's own command
        command,
        env=os.environ | (environment or {}),
        preexec_fn=_ending_with_parent(signal.SIGTERM),  # safe: these scripts have no threads
    )
    handler = signal.signal(signal.SIGTERM, lambda _number, _frame: child.terminate())
    try:
        return child.wait()
    except KeyboardInterrupt:
        try:
            child.wait(INTERRUPT_PATIENCE)  # the terminal has told it too
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        raise
    finally:
        signal.signal(signal.SIGTERM, handler)


def port_is_free(port: int) -> bool:
    """Whether nothing listens on the port. Web servers that share ports would not notice."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def free_ports(count: int) -> list[int]:
    """Different ports on the loopback address that nothing listens on at this moment."""
    with contextlib.ExitStack() as probes:
        ports = []
        for _ in range(count):
            probe = probes.enter_context(socket.socket())
            probe.bind((HOST, 0))
            ports.append(probe.getsockname()[1])
        return ports


def free_port() -> int:
    """A port on the loopback address that nothing listens on at this moment."""
    return free_ports(1)[0]


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time; the others wait. The kernel unlocks for one that is killed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
