"""One server and the connections to it, whose answers come whole and in time.

The timeouts of sockets count between two packets: a server that sends a byte now and then would
keep a reader waiting for ever. Here connecting, asking and the whole answer share one deadline. A
search is one of many a second, so a request leaves in one packet, and a parser in C reads the
answer: that saves a quarter of a search's processor time (ADR 24).
"""

from __future__ import annotations

import select
import socket
import ssl
import time
from collections import deque
from typing import ClassVar, override

import certifi
import httptools
from elastic_transport import (
    ApiResponseMeta,
    BaseNode,
    ConnectionError,
    ConnectionTimeout,
    HttpHeaders,
    NodeConfig,
    TlsError,
)
from elastic_transport._node import NodeApiResponse  # what a node must return is not exported
from elastic_transport.client_utils import DEFAULT, DefaultType

__all__ = ["PunctualNode"]

_PIECE = 65_536
"""Bytes that are read at once."""


class _Answer:
    """What the parser has read so far."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.pieces: list[bytes] = []
        self.is_whole = False

    def on_message_begin(self) -> None:
        if self.is_whole:
            raise ValueError("a second answer, which nobody asked for")

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, piece: bytes) -> None:
        self.pieces.append(piece)

    def on_message_complete(self) -> None:
        self.is_whole = True


class _Connection:
    """A socket to the server, for one request after another. Raises OSError and the parser's."""

    def __init__(self, config: NodeConfig, tls: ssl.SSLContext | None, ends: float) -> None:
        self._socket = socket.create_connection((config.host, config.port), timeout=_left(ends))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls is not None:
            try:
                self._socket.settimeout(_left(ends))
                self._socket = tls.wrap_socket(self._socket, server_hostname=config.host)
            except BaseException:
                self.close()
                raise

    @property
    def is_lost(self) -> bool:
        """Whether the server has closed it, or talks though nothing was asked."""
        poll = select.poll()
        poll.register(self._socket, select.POLLIN)
        return bool(poll.poll(0))

    def ask(self, request: bytes, ends: float) -> tuple[int, _Answer, bool]:
        """The answer's status, the answer, and whether more may be asked."""
        answer = _Answer()
        parser = httptools.HttpResponseParser(answer)
        self._socket.settimeout(_left(ends))
        self._socket.sendall(request)
        while not answer.is_whole:
            self._socket.settimeout(_left(ends))
            piece = self._socket.recv(_PIECE)
            if not piece:
                raise ConnectionResetError("the server closed the connection")
            parser.feed_data(piece)
        # The parser knows whether the connection is kept only until the answer has ended.
        may_go_on = answer.headers.get("connection", "").lower() != "close"
        return parser.get_status_code(), answer, may_go_on

    def close(self) -> None:
        self._socket.close()


class PunctualNode(BaseNode):
    """A server. ``request_timeout`` is for connecting, asking and the whole answer together.

    Safe for threads. Bodies are sent and read as they are, without compression.
    """

    _CLIENT_META_HTTP_CLIENT: ClassVar[tuple[str, str]] = ("ht", httptools.__version__)

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        self._tls: ssl.SSLContext | None = None
        if config.scheme == "https":
            self._tls = ssl.create_default_context(cafile=config.ca_certs or certifi.where())
        self._idle: deque[_Connection] = deque()

    @override
    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: DefaultType | float | None = DEFAULT,
    ) -> NodeApiResponse:
        """See BaseNode. Raises the transport's ConnectionTimeout, TlsError and ConnectionError."""
        if isinstance(request_timeout, DefaultType):
            request_timeout = self.config.request_timeout
        begun = time.monotonic()
        ends = float("inf") if request_timeout is None else begun + request_timeout
        request = self._request(method, self.path_prefix + target, body or b"", headers)
        try:
            status, answer = self._ask(request, ends)
        except TimeoutError as error:
            raise ConnectionTimeout("no whole answer in time", errors=(error,)) from error
        except ssl.SSLError as error:
            raise TlsError(str(error), errors=(error,)) from error
        except (OSError, httptools.HttpParserError) as error:
            raise ConnectionError(str(error), errors=(error,)) from error
        meta = ApiResponseMeta(
            node=self.config,
            duration=time.monotonic() - begun,
            http_version="1.1",
            status=status,
            headers=HttpHeaders(answer.headers),
        )
        return NodeApiResponse(meta, b"".join(answer.pieces))

    @override
    def close(self) -> None:
        """Closes the connections that nobody uses just now."""
        while self._idle:
            self._idle.pop().close()

    def _ask(self, request: bytes, ends: float) -> tuple[int, _Answer]:
        connection = self._kept() or _Connection(self.config, self._tls, ends)
        try:
            status, answer, may_go_on = connection.ask(request, ends)
        except BaseException:
            connection.close()
            raise
        if may_go_on and len(self._idle) < self.config.connections_per_node:
            self._idle.append(connection)
        else:
            connection.close()
        return status, answer

    def _kept(self) -> _Connection | None:
        """The connection that was used last; those that the server has closed are dropped."""
        while True:
            try:
                connection = self._idle.pop()
            except IndexError:
                return None
            if not connection.is_lost:
                return connection
            connection.close()

    def _request(self, method: str, target: str, body: bytes, headers: HttpHeaders | None) -> bytes:
        host = f"[{self.host}]" if ":" in self.host else self.host
        lines = [f"{method} {target} HTTP/1.1", f"host: {host}:{self.port}"]
        fields = self.headers if headers is None else {**self.headers, **headers}
        lines += [f"{name}: {value}" for name, value in fields.items()]
        head = "\r\n".join([*lines, f"content-length: {len(body)}", "\r\n"])
        if not head.isascii() or head.count("\n") != len(lines) + 2:
            raise ValueError("A request's target and headers are one line of ASCII each.")
        return head.encode("ascii") + body


def _left(ends: float) -> float | None:
    """Seconds until then, None for ever; raises TimeoutError where there are none."""
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return None if left == float("inf") else left
