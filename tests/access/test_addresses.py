"""The client's address, which nobody but a trusted proxy can say (N53)."""

from __future__ import annotations

import ipaddress

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from cms.delivery.access.addresses import address_key, client_address

CASES = [
    # peer, X-Forwarded-For, trusted networks, the client
    ("198.51.100.7", None, [], "198.51.100.7"),
    ("198.51.100.7", "203.0.113.9", [], "198.51.100.7"),
    ("198.51.100.7", "203.0.113.9", ["10.0.0.0/8"], "198.51.100.7"),
    ("10.0.0.1", "203.0.113.9", ["10.0.0.0/8"], "203.0.113.9"),
    ("10.0.0.1", "6.6.6.6, 203.0.113.9", ["10.0.0.0/8"], "203.0.113.9"),
    ("10.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.2", ["10.0.0.0/8"], "203.0.113.9"),
    ("10.0.0.1", "10.0.0.3, 10.0.0.2", ["10.0.0.0/8"], "10.0.0.3"),
    ("10.0.0.1", "nonsense, 10.0.0.2", ["10.0.0.0/8"], "10.0.0.2"),
    ("10.0.0.1", "nonsense", ["10.0.0.0/8"], "10.0.0.1"),
    ("10.0.0.1", "", ["10.0.0.0/8"], "10.0.0.1"),
    ("10.0.0.1", "203.0.113.9:4711", ["10.0.0.0/8"], "203.0.113.9"),
    ("10.0.0.1", "[2001:db8::1]:4711", ["10.0.0.0/8"], "2001:db8::1"),
    ("::ffff:10.0.0.1", "2001:db8::1", ["10.0.0.0/8"], "2001:db8::1"),
    ("", "203.0.113.9", ["10.0.0.0/8"], "203.0.113.9"),  # a Unix socket
    ("", "203.0.113.9", [], None),
]


@pytest.mark.parametrize(("peer", "forwarded", "trusted", "client"), CASES)
def test_the_rightmost_hop_that_is_no_proxy_of_ours(
    settings: Settings, peer: str, forwarded: str | None, trusted: list[str], client: str | None
) -> None:
    settings.CMS_TRUSTED_PROXIES = trusted
    request = RequestFactory().get("/", REMOTE_ADDR=peer)
    if forwarded is not None:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    expected = None if client is None else ipaddress.ip_address(client)
    assert client_address(request) == expected


@given(st.text(max_size=300), st.lists(st.ip_addresses().map(str), max_size=30))
def test_what_a_client_writes_left_of_the_proxy_changes_nothing(
    garbage: str, hops: list[str]
) -> None:
    from django.test import override_settings

    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1")
    written = ", ".join([garbage, *hops])
    request.META["HTTP_X_FORWARDED_FOR"] = f"{written}, 203.0.113.9"
    with override_settings(CMS_TRUSTED_PROXIES=["10.0.0.0/8"]):
        assert str(client_address(request)) == "203.0.113.9"
    with override_settings(CMS_TRUSTED_PROXIES=[]):
        assert str(client_address(request)) == "10.0.0.1"


@given(st.ip_addresses(v=6), st.integers(0, 2**64 - 1))
def test_a_subscriber_has_one_key_for_a_whole_64(address: ipaddress.IPv6Address, host: int) -> None:
    neighbour = ipaddress.IPv6Address((int(address) >> 64 << 64) | host)
    other = ipaddress.IPv6Address(int(address) ^ (1 << 64))
    assert address_key(address) == address_key(neighbour)
    assert address_key(address) != address_key(other)
