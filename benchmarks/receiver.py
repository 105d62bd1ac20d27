"""A server that is told of changes, for tests and the soak: real sockets on loopback."""

from __future__ import annotations

import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson

__all__ = ["Receiver", "Reply", "Request", "receive"]


@dataclass(frozen=True, slots=True)
class Request:
    """What came: header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, parsed."""
        return orjson.loads(self.body)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answers; ``delay`` seconds later.

    ``drip`` and ``drip_head`` are seconds between two bytes of the body or of what is before it.
    """

    status: int = 204
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    delay: float = 0.0
    drip: float = 0.0
    drip_head: float = 0.0


class Receiver:
    """Keeps every request; ``reply`` decides what is answered."""

    def __init__(self, port: int, scheme: str = "http", host: str = "127.0.0.1") -> None:
        self.url = f"{scheme}://{host}:{port}/hook"
        self.port = port
        self.requests: list[Request] = []
        self.connections = 0
        self.reply: Callable[[Request], Reply] = lambda _request: Reply()

    @property
    def ids(self) -> Counter[str]:
        """How often each message came."""
        return Counter(one.headers.get("webhook-id", "") for one in list(self.requests))

    def wait(self, number: int, seconds: float = 20.0) -> list[Request]:
        """The requests once there are so many; fails the test when they don't come."""
        ends = time.monotonic() + seconds
        while len(self.requests) < number:
            if time.monotonic() > ends:
                raise AssertionError(f"{len(self.requests)} of {number} requests came")
            time.sleep(0.01)
        return list(self.requests)


@contextmanager
def receive(host: str = "127.0.0.1", context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A running server on a free port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            receiver.connections += 1
            super().setup()

        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(length)
            if len(body) < length:  # whoever sent it died in the middle: nothing was received
                self.close_connection = True
                return
            request = Request(self.command, self.path, headers, body)
            reply = receiver.reply(request)
            receiver.requests.append(request)
            time.sleep(reply.delay)
            lines = [f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}"]
            fields = {"Content-Length": len(reply.body), "Connection": "close", **reply.headers}
            self.close_connection = fields["Connection"] == "close"
            lines += [f"{name}: {value}" for name, value in fields.items()]
            self._write("\r\n".join([*lines, "", ""]).encode(), reply.drip_head)
            self._write(reply.body, reply.drip)

        def _write(self, data: bytes, drip: float) -> None:
            for byte in data if drip else b"":
                self.wfile.write(bytes([byte]))
                time.sleep(drip)
            if not drip:
                self.wfile.write(data)

        do_POST = do_GET = do_PURGE = do_BAN = _answer

        def log_message(self, *_arguments: Any) -> None:
            """Says nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_arguments: Any) -> None:
            """A client that went away is what some tests want."""

    with Server((host, 0), Handler) as server:
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "http" if context is None else "https"
        receiver = Receiver(server.server_address[1], scheme, host)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()
