"""Who runs where: a web server on the first of the machine's cores, this process on the second.

This process sends the requests: so neither takes time from the other.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

__all__ = ["on_server_core", "pin_this_process"]

_CORES = sorted(os.sched_getaffinity(0))


@contextlib.contextmanager
def on_server_core() -> Iterator[None]:
    """Child processes that are started in here run on the server's core."""
    mine = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {_CORES[0]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, mine)


def pin_this_process() -> bool:
    """Keeps this process off the server's core; False where there is only one."""
    if len(_CORES) > 1:
        os.sched_setaffinity(0, {_CORES[1]})
    return len(_CORES) > 1
