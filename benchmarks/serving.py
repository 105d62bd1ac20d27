"""The server that all are measured with."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator, Sequence

from benchmarks.cores import on_server_core
from benchmarks.errors import BenchmarkError
from scripts.processes import HOST, free_port, port_is_free, start, stop

__all__ = ["serve_application"]

START_PATIENCE = 60  # seconds


@contextlib.contextmanager
def serve_application(
    name: str,
    wsgi: str,
    environment: dict[str, str],
    python: str = sys.executable,
    *,
    threads: int = 1,
    own_core: bool = True,
) -> Iterator[tuple[int, int]]:
    """A WSGI application behind the server that all are measured with: its port and process id.

    ``own_core`` keeps it on the server's core, which is left to it by who measures.
    """
    port = free_port()
    command: Sequence[str] = [
        python, "-m", "granian", "--interface", "wsgi", "--no-ws",
        "--host", HOST, "--port", str(port), "--workers", "1", "--blocking-threads", str(threads),
        "--log-level", "warning", wsgi,
    ]  # fmt: skip
    with on_server_core() if own_core else contextlib.nullcontext():
        process = start(command, environment=environment)
    try:
        deadline = time.monotonic() + START_PATIENCE
        while port_is_free(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise BenchmarkError(f"The server of {name} does not start")
            time.sleep(0.1)
        yield port, process.pid
    finally:
        stop(process)
