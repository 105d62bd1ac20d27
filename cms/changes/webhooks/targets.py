"""Where webhooks may be sent: addresses that are checked before a single packet leaves.

A name is resolved once, every address that it has is checked, and the connection is made to one
of those very addresses (``sending``): a name that points elsewhere a moment later changes nothing
(DNS rebinding). What is checked is the address itself and not how it was written, so that
``2130706433``, ``0177.1`` and ``::ffff:127.0.0.1`` are all this machine.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

__all__ = ["Resolver", "Target", "TargetError", "parse_target", "resolve", "validate_target"]

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address
type Network = ipaddress.IPv4Network | ipaddress.IPv6Network
type Resolver = Callable[[str, int], Sequence[str]]
"""Gives the addresses of a host name, as text; raises OSError where it has none."""

MAX_URL = 500  # characters
_NEVER = [
    ipaddress.ip_network(one)
    for one in (
        "169.254.0.0/16",  # link-local; cloud metadata
        "fe80::/10",
        "224.0.0.0/4",  # multicast
        "ff00::/8",
        "0.0.0.0/8",
        "::/128",
        "255.255.255.255/32",
        "fd00:ec2::254/128",  # cloud metadata over IPv6
    )
]
"""What no setting opens."""
_UNROUTED = [
    ipaddress.ip_network(one)
    for one in (
        "100.64.0.0/10",  # carrier-grade NAT
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",
        "240.0.0.0/4",
        "::/96",  # IPv4-compatible
        "fc00::/7",
        "fec0::/10",
        "2001::/23",  # Teredo, ORCHID and other protocol assignments
        "2001:db8::/32",
        "100::/64",
        "64:ff9b:1::/48",  # NAT64 of a local network
    )
]
"""Not for the open internet, also where an older ``ipaddress`` module calls it global."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class TargetError(Exception):
    """An address that nothing is sent to; the text says why, for an administrator."""


@dataclass(frozen=True, slots=True)
class Target:
    """The parts of an address: ``host`` in ASCII without brackets, ``path`` with its query."""

    scheme: str
    host: str
    port: int
    path: str


def parse_target(url: str) -> Target:
    """Reads a webhook's address strictly; raises TargetError."""
    if len(url) > MAX_URL or re.search(r"[\s\\\x00-\x1f\x7f]", url):
        raise TargetError(_("This is not an address."))
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
        host = host if ":" in host else host.encode("idna").decode()
    except ValueError:  # UnicodeError is one
        raise TargetError(_("This is not an address.")) from None
    if parts.scheme not in (("https", "http") if settings.CMS_WEBHOOK_HTTP else ("https",)):
        raise TargetError(_("The address must begin with https://."))
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise TargetError(_("The address may not hold a user name or a password."))
    if not host or "%" in host or parts.fragment:
        raise TargetError(_("This is not an address."))
    port = port if port is not None else {"https": 443, "http": 80}[parts.scheme]
    if settings.CMS_WEBHOOK_PORTS and port not in settings.CMS_WEBHOOK_PORTS:
        allowed = ", ".join(map(str, settings.CMS_WEBHOOK_PORTS))
        raise TargetError(_("Only these ports are allowed: %(ports)s.") % {"ports": allowed})
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    if parts.query:
        path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    return Target(parts.scheme, host, port, path)


def validate_target(url: str) -> None:
    """For forms: the address can be read, and is no forbidden address that is written out."""
    try:
        target = parse_target(url)
        try:
            address = ipaddress.ip_address(target.host)
        except ValueError:
            return  # a name: it is looked up when there is something to send
        _check(address)
    except TargetError as error:
        raise ValidationError(str(error)) from None


def resolve(target: Target, resolver: Resolver | None = None) -> list[str]:
    """The addresses that the target may be reached at, from one resolution.

    Raises TargetError where there is none, and where even one of them is forbidden: a name with
    both sorts is an attack or a mistake.
    """
    try:
        found = (resolver or look_up)(target.host, target.port)
    except (OSError, UnicodeError) as error:
        raise TargetError(_("The host name is unknown: %(error)s") % {"error": error}) from None
    addresses = []
    for text in dict.fromkeys(found):
        address = ipaddress.ip_address(text.partition("%")[0])
        _check(address)
        addresses.append(str(address))
    if not addresses:
        raise TargetError(_("The host name has no address."))
    return addresses


def look_up(host: str, port: int) -> list[str]:
    """The system's own resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def _check(address: Address) -> None:
    real = _unwrapped(address)
    allowed = [ipaddress.ip_network(one, strict=False) for one in settings.CMS_WEBHOOK_NETWORKS]
    if _within(real, _NEVER) or (not _is_public(real) and not _within(real, allowed)):
        raise TargetError(
            _("The address %(address)s is not on the open internet.") % {"address": address}
        )


def _unwrapped(address: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for, where it does."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return inner or address
    return address


def _is_public(address: Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not _within(address, _UNROUTED)
    )


def _within(address: Address, networks: Sequence[Network]) -> bool:
    return any(address.version == one.version and address in one for one in networks)
