"""Requests that end in time, however slowly a server talks.

The timeouts of sockets count between two packets: a server that sends a byte now and then would
keep a reader waiting for ever. Here an answer's head and body share what is left of the whole.
"""

from __future__ import annotations

import io
import socket
import time
from http.client import HTTPResponse
from typing import Any, cast, override

import urllib3
from elastic_transport import NodeConfig, Urllib3HttpNode
from elastic_transport.client_utils import DEFAULT, DefaultType
from urllib3.connection import HTTPConnection, HTTPSConnection

__all__ = ["PunctualNode"]


class _PunctualReader(io.RawIOBase):
    """A socket's bytes for as long as the timeout that the socket had in the beginning."""

    def __init__(self, stream: io.RawIOBase, connection: socket.socket) -> None:
        self._stream = stream
        self._connection = connection
        timeout = connection.gettimeout()
        self._ends = None if timeout is None else time.monotonic() + timeout

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Any) -> int | None:
        if self._ends is not None:
            left = self._ends - time.monotonic()
            if left <= 0:
                raise TimeoutError("timed out")
            self._connection.settimeout(left)
        return self._stream.readinto(buffer)

    @override
    def close(self) -> None:
        self._stream.close()
        super().close()


class _PunctualResponse(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp = io.BufferedReader(_PunctualReader(self.fp.detach(), sock))


class _PunctualConnection(HTTPConnection):
    response_class = _PunctualResponse


class _PunctualTlsConnection(HTTPSConnection):
    response_class = _PunctualResponse


class PunctualNode(Urllib3HttpNode):
    """A server. ``request_timeout`` is for connecting, asking and the whole answer together."""

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        tls = config.scheme == "https"
        self.pool.ConnectionCls = _PunctualTlsConnection if tls else _PunctualConnection

    @override
    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: Any = None,
        request_timeout: DefaultType | float | None = DEFAULT,
    ) -> Any:
        if not isinstance(request_timeout, DefaultType):
            total = urllib3.Timeout(total=request_timeout)
            request_timeout = cast(float, total)  # it is handed to urllib3 as it is
        return super().perform_request(method, target, body, headers, request_timeout)
