"""Who holds a lease, and whether that process is still there.

A lease ends by itself; but where the holder can be seen to be dead, nobody has to wait for it.
That is only said of a process of this very kernel start and process namespace, and only when its
id is free or belongs to a process that started at another time. Of any other holder (another
machine, another container, another operating system) nothing is known.
"""

from __future__ import annotations

import os
import socket
import uuid
from functools import lru_cache
from pathlib import Path

__all__ = ["is_dead", "new_holder"]

_NO_START = "0"


def new_holder() -> str:
    """A name for one lease of this process, at most 64 characters; each is another."""
    pid = os.getpid()
    return f"{_place()}:{pid}:{_started(pid) or _NO_START}:{uuid.uuid4().hex[:8]}"


def is_dead(holder: str) -> bool:
    """Whether the process that made this name has certainly ended."""
    place, _, rest = holder.partition(":")
    pid, _, rest = rest.partition(":")
    started = rest.partition(":")[0]
    if place != _place() or not pid.isdecimal() or started in ("", _NO_START):
        return False
    return _started(int(pid)) != started


@lru_cache(maxsize=1)
def _place() -> str:
    """This start of this kernel, and the namespace that process ids are told apart in."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
        return f"{boot[:8]}-{os.stat('/proc/self/ns/pid').st_ino}"
    except OSError:
        return socket.gethostname()[:20]


def _started(pid: int) -> str | None:
    """When a process started, in the kernel's ticks (proc(5)); None where it runs no more."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = status.rpartition(")")[2].split()  # its name, in brackets, may hold anything
    return None if fields[0] in ("Z", "X") else fields[19]
