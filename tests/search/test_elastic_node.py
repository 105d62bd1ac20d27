"""The connections to a server: kept, encrypted, and given up in time."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from elastic_transport import (
    ConnectionError,
    ConnectionTimeout,
    NodeConfig,
    TlsError,
)

from benchmarks.receiver import Receiver, Reply, receive
from search.elastic.node import PunctualNode
from tests.fixtures.certificates import make_certificate


@contextmanager
def node(
    receiver: Receiver, *, scheme: str = "http", ca_certs: Path | None = None
) -> Iterator[PunctualNode]:
    host = "localhost" if scheme == "https" else "127.0.0.1"
    trusted = str(ca_certs) if ca_certs else None
    asked = PunctualNode(NodeConfig(scheme, host, receiver.port, ca_certs=trusted))
    yield asked
    asked.close()


@pytest.fixture
def server() -> Iterator[Receiver]:
    with receive() as receiver:
        receiver.reply = lambda request: Reply(200, {"x-what": "Echo"}, request.body)
        yield receiver


def test_a_connection_serves_many_requests(server: Receiver) -> None:
    headers = {"X-What": "Echo", "Connection": "keep-alive"}
    server.reply = lambda request: Reply(200, headers, request.body)
    with node(server) as asked:
        for body in (b"one", b"", b"three" * 100_000):
            meta, answer = asked.perform_request("POST", "/hook?x=1", body)
            assert (meta.status, meta.headers["X-What"], answer) == (200, "Echo", body)
    first = server.requests[0]
    assert (first.path, first.headers["content-length"]) == ("/hook?x=1", "3")
    assert server.connections == 1


def test_a_connection_that_the_server_closed_is_not_used(server: Receiver) -> None:
    server.reply = lambda _request: Reply(200, {"Connection": "close"}, b"bye")
    with node(server) as asked:
        for _ in range(3):
            assert asked.perform_request("GET", "/")[1] == b"bye"
    assert server.connections == 3


@pytest.mark.parametrize(
    "reply", [Reply(200, body=b"late", delay=2.0), Reply(200, body=b"x" * 50, drip=0.1)]
)
def test_the_whole_answer_comes_in_time_or_not_at_all(server: Receiver, reply: Reply) -> None:
    server.reply = lambda _request: reply
    with node(server) as asked, pytest.raises(ConnectionTimeout):
        asked.perform_request("GET", "/", request_timeout=0.3)


def test_nobody_listens() -> None:
    with receive() as gone:
        pass
    with node(gone) as asked, pytest.raises(ConnectionError):
        asked.perform_request("GET", "/", request_timeout=1)


@pytest.mark.parametrize("target", ["/a\r\nx: y", "/tìm"])
def test_a_target_is_one_line_of_ascii(server: Receiver, target: str) -> None:
    with node(server) as asked, pytest.raises(ValueError, match="one line of ASCII"):
        asked.perform_request("GET", target)
    assert server.requests == []


def test_the_certificate_is_checked(tmp_path: Path) -> None:
    served, trusted = make_certificate(tmp_path, "localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(served)
    with receive("localhost", context) as server:
        with node(server, scheme="https", ca_certs=trusted) as asked:
            assert asked.perform_request("GET", "/")[0].status == 204
        with node(server, scheme="https") as doubting, pytest.raises(TlsError):
            doubting.perform_request("GET", "/", request_timeout=5)
    assert len(server.requests) == 1
