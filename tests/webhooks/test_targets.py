"""N44: nothing is sent to private, loopback or link-local targets, however they are written."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings

from benchmarks.receiver import Receiver, receive
from cms.changes.webhooks.sending import SendError, Transport
from cms.changes.webhooks.targets import (
    TargetError,
    look_up,
    parse_target,
    resolve,
    validate_target,
)
from tests.fixtures.certificates import make_certificate

FORBIDDEN = [
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "017700000001",
    "127.255.255.254", "0.0.0.0", "0", "0.1.2.3", "10.0.0.1", "10.255.1.2", "172.16.0.1",  # noqa: S104
    "172.31.255.255", "192.168.1.1", "169.254.169.254", "2852039166", "100.64.0.1",
    "100.100.100.200", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.1",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "[::]", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]",
    "[::ffff:a9fe:a9fe]", "[::127.0.0.1]", "[fe80::1]", "[fc00::1]", "[fd00::8]",
    "[fd00:ec2::254]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]", "[2001::1]",
    "[2002:7f00:1::]", "[2002:a00:1::]", "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b:1::1]", "[100::1]", "localhost",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "103.9.76.10", "[2606:4700::1111]", "[64:ff9b::101:101]", "[2002:101:101::]"]


@pytest.mark.parametrize("host", FORBIDDEN)
def test_n44_not_on_the_open_internet(host: str) -> None:
    with pytest.raises(TargetError):
        resolve(parse_target(f"https://{host}/hook"))


@pytest.mark.parametrize("host", PUBLIC)
def test_n44_what_is_public_is_reached(host: str) -> None:
    validate_target(f"https://{host}/hook")
    assert resolve(parse_target(f"https://{host}/hook")) == [host.strip("[]")]


@pytest.mark.parametrize("host", ["127.0.0.1", "[::ffff:10.0.0.1]", "169.254.169.254"])
def test_a_form_refuses_addresses_that_are_written_out(host: str) -> None:
    with pytest.raises(ValidationError):
        validate_target(f"https://{host}/hook")


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/", "ftp://a.example/", "//a.example/", "a.example", "https://", "https:///x",
        "https://user@a.example/", "https://user:word@a.example/", "https://a.example@127.0.0.1/",
        "https://@a.example/", "https://a.example:80/", "https://a.example:22/",
        "https://a.example:0/", "https://a.example:99999/", "https://a.example:x/",
        "https://a.example/#teil", "https://a.example\\@127.0.0.1/", "https://a.example/ x",
        "https://a.example/\r\nHost: b", "https://a.exa\tmple/", "https://a.example/\x00",
        "https://[fe80::1%25eth0]/", "https://[::1/", "https://" + "a" * 500 + ".example/",
        "https://a..example/", "https://%31%32%37.0.0.1/", "file:///etc/passwd", "gopher://a/",
    ],
)  # fmt: skip
def test_n44_addresses_that_are_no_webhooks(url: str) -> None:
    with pytest.raises(ValidationError):
        validate_target(url)


def test_an_address_in_vietnamese() -> None:
    target = parse_target("https://liênminh.example:8443/móc?a=ơ&b=%20")
    assert (target.host, target.port) == ("xn--linminh-kya.example", 8443)
    assert target.path == "/m%C3%B3c?a=%C6%A1&b=%20"


def test_n44_one_bad_address_among_good_ones_is_enough() -> None:
    with pytest.raises(TargetError):
        resolve(parse_target("https://a.example/"), lambda _h, _p: ["1.1.1.1", "10.0.0.1"])


def test_an_operator_opens_a_network_and_nothing_beyond(settings: Settings) -> None:
    settings.CMS_WEBHOOK_NETWORKS = ["10.1.2.0/24", "0.0.0.0/0", "::/0"]
    for host in ("10.1.2.3", "[::ffff:10.1.2.3]"):
        resolve(parse_target(f"https://{host}/"))
    for host in ("169.254.169.254", "[fd00:ec2::254]", "[fe80::1]", "0.0.0.0", "224.0.0.1"):  # noqa: S104
        with pytest.raises(TargetError):
            resolve(parse_target(f"https://{host}/"))


class Rebinding:
    """A name server that gives another address each time it is asked."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, _port: int) -> Sequence[str]:
        self.asked.append(host)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


@pytest.fixture
def open_port(settings: Settings) -> None:
    """Any port and plain HTTP, to one address of this machine alone."""
    settings.CMS_WEBHOOK_HTTP = True
    settings.CMS_WEBHOOK_PORTS = []
    settings.CMS_WEBHOOK_NETWORKS = ["127.0.0.2/32"]


@pytest.fixture
def inner() -> Iterator[Receiver]:
    """What an attacker would like to reach."""
    with receive("127.0.0.1") as running:
        yield running


def test_n44_a_name_that_is_rebound_is_asked_once_and_stays(
    open_port: None, inner: Receiver
) -> None:
    with receive("127.0.0.2") as outer:
        names = Rebinding(["127.0.0.2"], ["127.0.0.1"])
        target = parse_target(f"http://doi-dia-chi.example:{outer.port}/hook")
        Transport(resolver=names).post(target, {}, b"{}")
        assert names.asked == ["doi-dia-chi.example"]
        assert outer.requests[0].headers["host"] == f"doi-dia-chi.example:{outer.port}"
        target = parse_target(f"http://doi-dia-chi.example:{inner.port}/hook")
        with pytest.raises(TargetError):
            Transport(resolver=names).post(target, {}, b"{}")
    assert inner.connections == 0


def test_n44_no_proxy_is_taken_from_the_environment(
    open_port: None, inner: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, inner.url)
    with receive("127.0.0.2") as outer:
        Transport().post(parse_target(outer.url), {}, b"{}")
        assert len(outer.requests) == 1
    assert inner.connections == 0


# --- TLS: the certificate is the name's, the connection the checked address's ---------------------


@pytest.fixture
def authority(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a certificate for ``hook.example``, and a client's that trusts it."""
    served, trusted = make_certificate(tmp_path, "hook.example")
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(served)
    client = ssl.create_default_context(cafile=trusted)
    return server, client


def test_n44_the_certificate_is_checked_against_the_name(
    open_port: None, authority: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    server, client = authority
    asked: list[str | None] = []
    server.sni_callback = lambda _socket, name, _context: asked.append(name)
    with receive("127.0.0.2", server) as outer:
        transport = Transport(resolver=lambda _h, _p: ["127.0.0.2"], context=client)
        answer = transport.post(parse_target(f"https://hook.example:{outer.port}/a"), {}, b"{}")
        assert (answer.status, asked) == (204, ["hook.example"])
        assert outer.requests[0].headers["host"] == f"hook.example:{outer.port}"
        for host, context in (("other.example", client), ("hook.example", None)):
            transport = Transport(resolver=lambda _h, _p: ["127.0.0.2"], context=context)
            with pytest.raises(SendError, match="certificate"):
                transport.post(parse_target(f"https://{host}:{outer.port}/"), {}, b"{}")
        assert len(outer.requests) == 1


def test_a_server_that_never_answers_a_handshake_is_left(open_port: None) -> None:
    with socket.create_server(("127.0.0.2", 0)) as silent:
        target = parse_target(f"https://a.example:{silent.getsockname()[1]}/")
        transport = Transport(resolver=lambda _h, _p: ["127.0.0.2"], total_seconds=0.5)
        with pytest.raises(SendError, match=r"0\.5 giây"):
            transport.post(target, {}, b"{}")


def test_the_second_address_is_tried_where_the_first_refuses(open_port: None) -> None:
    with receive("127.0.0.2") as outer:
        target = parse_target(f"http://a.example:{outer.port}/")
        names = ["::ffff:127.0.0.2", "127.0.0.2"]
        assert Transport(resolver=lambda _h, _p: names).post(target, {}, b"").status == 204


def test_an_unknown_name_is_a_refusal() -> None:
    with pytest.raises(TargetError):
        resolve(parse_target("https://khong-co.invalid/"), look_up)
