"""What a process and its children use, as Linux tells it in /proc."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

__all__ = ["anonymous_bytes", "cpu_seconds", "family", "peak_bytes"]

_TICK = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> Iterator[int]:
    """The process and all below it; what ends meanwhile is left out."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(task).split():
            yield from family(int(child))


def cpu_seconds(pid: int) -> float:
    """Processor time of the process and all below it, in seconds (to a hundredth)."""
    ticks = 0
    for one in family(pid):
        # The name, which comes second, is in brackets and may hold anything.
        fields = _read(Path(f"/proc/{one}/stat")).rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12]) if fields else 0
    return ticks / _TICK


def anonymous_bytes(pid: int) -> int:
    """Memory of their own that the process and all below it hold in RAM.

    Without what is mapped from files: SQLite maps its database, which grows with the content.
    """
    return sum(_memory(one, "RssAnon") for one in family(pid))


def peak_bytes(pid: int) -> int:
    """The most memory that the process, without its children, has held in RAM so far, mapped files
    and all; 0 where it has ended."""
    return _memory(pid, "VmHWM")


def _memory(pid: int, name: str) -> int:
    for line in _read(Path(f"/proc/{pid}/status")).splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    return 0


def _read(path: Path) -> str:
    """A file's text; empty where its process has ended."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
