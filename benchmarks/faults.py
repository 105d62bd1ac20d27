"""A small proxy on the way to a server, which does to the traffic what networks and servers do.

For tests and the soak.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal, Self
from urllib.parse import urlsplit

__all__ = ["Answer", "Delay", "Fault", "Proxy"]

HOST = "127.0.0.1"
TRICKLE_BYTES, TRICKLE_SECONDS = 100, 0.1


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered to every request, in the server's place."""

    status: int
    body: str
    kind: str = "application/vnd.elasticsearch+json;compatible-with=9"
    product: str | None = "Elasticsearch"

    def __str__(self) -> str:
        return f"{self.status} {self.body[:20]}"

    def bytes(self) -> bytes:
        """The whole answer as it is sent."""
        body = self.body.encode()
        lines = [f"HTTP/1.1 {self.status} ?", f"content-type: {self.kind}",
                 f"content-length: {len(body)}"]  # fmt: skip
        if self.product:
            lines.append(f"x-elastic-product: {self.product}")
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(frozen=True, slots=True)
class Delay:
    """The server's answer comes so many seconds late."""

    seconds: float


type Fault = Literal["refuse", "reset", "hang", "trickle", "truncate"] | Answer | Delay


class Proxy:
    """Passes everything on, until it is given a fault; `requests` are those that came.

    ``refuse``: nobody listens. ``reset``: connections break when a request comes. ``hang``: the
    server's answer is held back for good. ``trickle``: an endless answer comes at 1 kB a second.
    ``truncate``: the server does what it is asked, and half of its answer is lost.
    """

    def __init__(self, url: str) -> None:
        """``url`` is the server's address."""
        parts = urlsplit(url)
        self._server = (parts.hostname or HOST, parts.port or 80)
        self._listener = socket.create_server((HOST, 0))
        self._port = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._fault: Fault | None = None
        self._only = b""
        self.requests: list[str] = []
        self._accept(self._listener)

    @property
    def url(self) -> str:
        """The address to use in the server's place."""
        return f"http://{HOST}:{self._port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._closed.set()
        self._stop_listening()
        self._break_all()

    @contextlib.contextmanager
    def failing(self, fault: Fault, only: str = "") -> Iterator[None]:
        """Has the fault meanwhile; ``only`` requests whose first line has this text in it."""
        self._break_all()
        self._fault, self._only = fault, only.encode()
        if fault == "refuse":
            self._stop_listening()
        try:
            yield
        finally:
            self._fault = None
            self._break_all()
            if fault == "refuse":
                self._listener = socket.create_server((HOST, self._port))
                self._accept(self._listener)

    def _stop_listening(self) -> None:
        # Closing alone does not wake a thread that waits in accept().
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _break_all(self) -> None:
        with self._lock:
            connections, self._open = self._open, set()
        for connection in connections:
            _reset(connection)

    def _accept(self, listener: socket.socket) -> None:
        def accept() -> None:
            with contextlib.suppress(OSError):  # it was closed
                while True:
                    connection, _ = listener.accept()
                    self._start(self._serve, connection)

        self._start(accept)

    def _start(self, target: object, *arguments: object) -> None:
        threading.Thread(target=target, args=arguments, daemon=True).start()  # type: ignore[arg-type]

    def _serve(self, client: socket.socket) -> None:
        """One connection: each request is read whole, answered or passed on."""
        with self._lock:
            self._open.add(client)
        with contextlib.suppress(OSError, ValueError), client:
            server = socket.create_connection(self._server)
            with server, client.makefile("rb") as asked, server.makefile("rb") as answered:
                while request := _message(asked):
                    line = request.split(b"\r\n", 1)[0]
                    self.requests.append(line.decode().rsplit(" ", 1)[0])
                    fault = self._fault if self._only in line else None
                    # One that was just being accepted when the listening ended is refused too.
                    if fault in ("reset", "refuse"):
                        _reset(client)
                        return
                    if isinstance(fault, Answer):
                        client.sendall(fault.bytes())
                        continue
                    server.sendall(request)
                    if not self._answer(client, _message(answered), fault):
                        return

    def _answer(self, client: socket.socket, answer: bytes, fault: Fault | None) -> bool:
        """Whether the connection goes on."""
        if isinstance(fault, Delay):
            self._closed.wait(fault.seconds)
        if fault == "hang":
            self._closed.wait()
        elif fault == "trickle":
            client.sendall(Answer(200, "").bytes().replace(b"length: 0", b"length: 1000000"))
            while not self._closed.wait(TRICKLE_SECONDS):
                client.sendall(b" " * TRICKLE_BYTES)
        elif fault == "truncate":
            client.sendall(answer[: len(answer) // 2])
        else:
            client.sendall(answer)
            return True
        return False


def _message(stream: BinaryIO) -> bytes:
    """The next request or answer, head and body; empty at the end."""
    head = b""
    while (line := stream.readline()) and line != b"\r\n":
        head += line
    if not line:
        return b""
    fields = dict(field.lower().split(b": ", 1) for field in head.splitlines()[1:])
    if fields.get(b"transfer-encoding") == b"chunked":
        return head + line + b"".join(_chunks(stream))
    return head + line + stream.read(int(fields.get(b"content-length", 0)))


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    length = -1
    while length:
        size = stream.readline()
        length = int(size, 16)
        yield size + stream.read(length + len(b"\r\n"))


def _reset(connection: socket.socket) -> None:
    """Closes so that the other side gets a reset."""
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.shutdown(socket.SHUT_RD)
        connection.close()
