"""The load generator: one process, keep-alive connections, the next request on each answer.

With more connections than the server has threads, the server always has a request waiting: what is
measured is the time that it takes, not the way there and back.
"""

from __future__ import annotations

import contextlib
import re
import selectors
import socket
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle

from benchmarks.errors import BenchmarkError
from scripts.processes import HOST

__all__ = ["CONNECTIONS", "Answer", "fetch", "measure"]

CONNECTIONS = 4
TIMEOUT = 30  # seconds without any answer
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
_CHUNK = 1 << 18  # bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    status: int
    headers: bytes
    body: bytes


@dataclass(slots=True)
class _Connection:
    """One keep-alive connection and what it has received of the answer that it waits for."""

    socket: socket.socket
    path: str = ""
    received: bytearray = field(default_factory=bytearray)

    def send(self, path: str) -> None:
        self.path = path
        self.received.clear()
        self.socket.sendall(_request(path))

    def receive(self) -> Answer | None:
        """Takes what has come; the answer once it is whole."""
        chunk = self.socket.recv(_CHUNK)
        if not chunk:
            raise BenchmarkError(f"The server closed the connection: {self.path}")
        self.received += chunk
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            return None
        length = _LENGTH.search(self.received, 0, end + 2)
        if length is None:
            raise BenchmarkError(f"An answer without its length: {self.path}")
        whole = end + 4 + int(length[1])
        if len(self.received) < whole:
            return None
        status = int(self.received[9:12])
        return Answer(status, bytes(self.received[:end]), bytes(self.received[end + 4 : whole]))


def _request(path: str) -> bytes:
    # The headers of a proxy that ended TLS: production settings redirect anything else.
    return (
        f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: application/json\r\n"
        "X-Forwarded-Proto: https\r\n\r\n"
    ).encode("ascii")


def _connect(port: int) -> _Connection:
    sock = socket.create_connection((HOST, port), timeout=TIMEOUT)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return _Connection(sock)


def fetch(port: int, paths: Iterable[str]) -> Iterator[tuple[str, Answer]]:
    """Each path with its answer, one after the other on one connection."""
    connection = _connect(port)
    with connection.socket:
        for path in paths:
            connection.send(path)
            while (answer := connection.receive()) is None:
                pass
            yield path, answer


def measure(
    port: int, lengths: Mapping[str, int], seconds: float, *, skip: int = 0
) -> tuple[int, float]:
    """How many answers came in how many seconds; the paths in turn, from the ``skip``-th on.

    ``lengths`` are the paths with the bytes that each answer's body must have. Raises
    BenchmarkError for any other answer: a fast error is no result.
    """
    paths = cycle(lengths)
    for _ in range(skip % len(lengths)):
        next(paths)
    done = 0
    with contextlib.ExitStack() as stack:
        selector = stack.enter_context(selectors.DefaultSelector())
        for _ in range(CONNECTIONS):
            connection = _connect(port)
            stack.enter_context(connection.socket)
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send(next(paths))
        started = time.perf_counter()
        while (elapsed := time.perf_counter() - started) < seconds:
            ready = selector.select(TIMEOUT)
            if not ready:
                raise BenchmarkError("The server does not answer")
            for key, _events in ready:
                connection = key.data
                answer = connection.receive()
                if answer is None:
                    continue
                if answer.status != 200 or len(answer.body) != lengths[connection.path]:
                    raise BenchmarkError(f"Status {answer.status}: {connection.path}")
                done += 1
                connection.send(next(paths))
    return done, elapsed
