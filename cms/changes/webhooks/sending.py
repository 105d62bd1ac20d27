"""One POST to a checked address: no redirects, no proxies, no pooled connections, bounded time.

The standard library's HTTP client does what is needed here and nothing beyond: it follows nothing,
reads no environment, and takes a socket that somebody else has connected. The certificate is
checked against the name in the address, while the connection goes to the address that was checked.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.changes.webhooks.targets import Resolver, Target, resolve

__all__ = ["CONNECT_SECONDS", "TOTAL_SECONDS", "Answer", "SendError", "Transport"]

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 15.0
"""From the connection to the last byte that is read, however slowly they come."""
MAX_ANSWER = 1_000  # bytes that are kept; the rest is not read


class SendError(Exception):
    """No answer: the text says why, for an administrator."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said: the beginning of its body as text."""

    status: int
    body: str
    retry_after: float | None
    """Seconds that the other side asks to be left alone for."""


@dataclass(frozen=True, slots=True)
class Transport:
    """How messages leave: the seam where tests put a resolver and certificates of their own."""

    resolver: Resolver | None = None
    context: ssl.SSLContext | None = None
    connect_seconds: float = CONNECT_SECONDS
    total_seconds: float = TOTAL_SECONDS

    def post(self, target: Target, headers: Mapping[str, str], body: bytes) -> Answer:
        """Sends the body and returns the answer, whatever its status.

        Raises TargetError for an address that is forbidden or unknown, SendError where there is
        no answer in time.
        """
        addresses = resolve(target, self.resolver)
        ends = time.monotonic() + self.total_seconds
        try:
            with self._connect(target, addresses) as raw, _cut_at(raw, ends):
                return self._exchange(raw, target, headers, body)
        except (OSError, http.client.HTTPException) as error:
            if time.monotonic() >= ends:
                seconds = f"{self.total_seconds:g}"
                raise SendError(
                    _("There was no answer within %(seconds)s s.") % {"seconds": seconds}
                ) from None
            raise SendError(f"{type(error).__name__}: {error}") from None

    def _connect(self, target: Target, addresses: Sequence[str]) -> socket.socket:
        """To the first address that takes the connection, in the time that one may take."""
        ends, failed = time.monotonic() + self.connect_seconds, OSError("no address")
        for address in addresses:
            left = ends - time.monotonic()
            if left <= 0:
                break
            try:
                return socket.create_connection((address, target.port), timeout=left)
            except OSError as error:
                failed = error
        raise failed

    def _exchange(
        self, raw: socket.socket, target: Target, headers: Mapping[str, str], body: bytes
    ) -> Answer:
        raw.settimeout(self.total_seconds)
        client: http.client.HTTPConnection
        if target.scheme == "https":
            context = self.context or _context()
            client = http.client.HTTPSConnection(target.host, target.port, context=context)
            client.sock = context.wrap_socket(raw, server_hostname=target.host)
        else:
            client = http.client.HTTPConnection(target.host, target.port)
            client.sock = raw
        with contextlib.closing(client):
            client.request("POST", target.path, body=body, headers=dict(headers))
            response = client.getresponse()
            return Answer(
                response.status,
                _beginning(response),
                _retry_after(response.getheader("Retry-After")),
            )


def _beginning(response: http.client.HTTPResponse) -> str:
    """The start of the body, or nothing where it doesn't come: the status has said it all."""
    try:
        body = response.read(MAX_ANSWER)
    except (OSError, http.client.HTTPException):
        return ""
    return body.decode("utf-8", "replace").replace("\x00", "\ufffd")  # PostgreSQL takes no NUL


@contextlib.contextmanager
def _cut_at(raw: socket.socket, ends: float) -> Iterator[None]:
    """Cuts the connection at a moment: a timeout of the socket begins anew with each byte."""
    with contextlib.closing(raw.dup()) as line:  # TLS takes the socket over; this one stays

        def cut() -> None:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(max(0.0, ends - time.monotonic()), cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    """The system's certificates; names are checked."""
    return ssl.create_default_context()


def _retry_after(header: str | None) -> float | None:
    """RFC 9110, 10.2.3: seconds or a date; None for anything else."""
    if not header:
        return None
    if header.isascii() and header.isdecimal():
        return float(header[:9])
    try:
        when = parsedate_to_datetime(header)
    except ValueError:
        return None
    if when.tzinfo is None:
        return None
    return max(0.0, (when - timezone.now()).total_seconds())
