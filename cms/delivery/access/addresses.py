"""The client's address: the peer's, or what proxies that are trusted say of it."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from django.conf import settings
from django.http import HttpRequest

__all__ = ["address_key", "client_address"]

type Address = IPv4Address | IPv6Address

MAX_HOPS = 20
"""So many entries of ``X-Forwarded-For`` are looked at, from the right: what a client writes itself
stands further left."""


def client_address(request: HttpRequest) -> Address | None:
    """The address that the request comes from; None where the server doesn't know it.

    ``X-Forwarded-For`` counts only where the peer is one of ``CMS_TRUSTED_PROXIES``: its rightmost
    entry that isn't a trusted proxy itself. Everything left of that is the client's own word.
    """
    trusted = _networks(tuple(settings.CMS_TRUSTED_PROXIES))
    client = _parse(request.META.get("REMOTE_ADDR", ""))
    if not trusted or (client is not None and not _is_in(client, trusted)):
        return client
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    for hop in reversed(forwarded.rsplit(",", MAX_HOPS)[-MAX_HOPS:]):
        address = _parse(hop)
        if address is None:
            break  # nobody vouches for what stands left of it
        client = address
        if not _is_in(address, trusted):
            break
    return client


def address_key(address: Address | None) -> str:
    """What stands for the client in a limit: its IPv4 address, or the /64 of its IPv6 address.

    One subscriber has a whole /64, so that a key for each address would be no limit.
    """
    if isinstance(address, IPv6Address):
        return f"{int(address) >> 64:x}::/64"
    return str(address)


def _parse(text: str) -> Address | None:
    """An address, maybe with a port, as proxies write it; IPv4 within IPv6 as IPv4."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_in(address: Address, networks: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    return any(address in network for network in networks)


@lru_cache(maxsize=8)
def _networks(texts: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ipaddress.ip_network(text) for text in texts)
