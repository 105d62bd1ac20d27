"""The caches that can be told: by tag where they know tags, else by address.

Each is one entry of ``CMS_PURGE``. Its addresses are the operator's own and are not checked as
those of webhooks are; redirects are not followed and no proxy is taken from the environment.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import batched
from typing import Annotated, Any, ClassVar, Literal, Protocol
from urllib.parse import quote, urlsplit, urlunsplit

import orjson
import urllib3
from django.core.exceptions import ImproperlyConfigured
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    TypeAdapter,
    ValidationError,
    field_validator,
)
from wagtail.contrib.frontend_cache.utils import get_backends

__all__ = ["Cache", "Changed", "PurgeError", "read_caches"]

SECONDS = 10.0
"""For one request, the connection included."""
_NOT_KEPT = frozenset({404, 412})
"""How Squid and nginx answer to a PURGE of what they don't have."""
_http = urllib3.PoolManager(
    timeout=urllib3.Timeout(connect=5.0, total=SECONDS), retries=False, maxsize=2
)


class PurgeError(Exception):
    """A cache did not do what it was asked for; it is asked again."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What is to be forgotten: tags as ``Cache-Tag`` writes them, pages by id, public paths."""

    tags: Sequence[str]
    pages: Sequence[int]
    paths: Sequence[str]


class Cache(Protocol):
    """A cache in front of this server."""

    def forget(self, changed: Changed) -> None:
        """Makes it forget all of it. Raises PurgeError, or what the connection ended with."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(pattern="^https?://")
    headers: dict[str, SecretStr] = Field(default_factory=dict)
    most: int = Field(default=100, ge=1, le=1_000)

    def _send(
        self,
        method: str,
        headers: dict[str, str],
        body: bytes | None = None,
        *,
        place: str = "",
        fine: Container[int] = (),
    ) -> None:
        """``place`` is a path at the address, ``fine`` what is a success as well."""
        own = {name: value.get_secret_value() for name, value in self.headers.items()}
        url = f"{self.url.rstrip('/')}{place}" if place else self.url
        answer = _http.request(method, url, body=body, headers={**headers, **own}, redirect=False)
        if not 200 <= answer.status < 300 and answer.status not in fine:
            raise PurgeError(f"{self.url} answered {answer.status}: {answer.data[:300]!r}")


class HeaderCache(_Entry):
    """Tags in a header: Varnish (PURGE or BAN with xkey), Fastly (POST with Surrogate-Key)."""

    by: Literal["header"]
    method: Literal["PURGE", "BAN", "POST"] = "PURGE"
    header: str = "Cache-Tag"
    separator: str = ","

    def forget(self, changed: Changed) -> None:
        for tags in batched(changed.tags, self.most):
            self._send(self.method, {self.header: self.separator.join(tags)})


class JsonCache(_Entry):
    """Tags as a list in JSON: Cloudflare's ``purge_cache`` and those like it."""

    by: Literal["json"]
    field: str = "tags"

    def forget(self, changed: Changed) -> None:
        for tags in batched(changed.tags, self.most):
            body = orjson.dumps({self.field: list(tags)})
            self._send("POST", {"Content-Type": "application/json"}, body)


class _Addresses(BaseModel):
    """A cache without tags.

    It forgets the pages themselves, at the frontend and in the API, and none of what else shows
    them (lists, menus): those stay until their time is over.
    """

    site_url: str = Field(default="", pattern="^(https?://.*)?$")
    api_url: str = Field(default="", pattern="^(https?://.*)?$")
    _API: ClassVar[str] = "/api/v1"

    def _of(self, changed: Changed) -> Iterator[str]:
        site, api = self.site_url.rstrip("/"), self.api_url.rstrip("/")
        if site:
            yield from (f"{site}{quote(path)}" for path in changed.paths)
        if api:
            yield from (f"{api}{self._API}/pages/{pk}" for pk in changed.pages)
            yield from (f"{api}{self._API}/resolve?path={quote(path)}" for path in changed.paths)


class AddressCache(_Addresses, _Entry):
    """One PURGE for each address: nginx, Squid, Varnish without xkey."""

    by: Literal["address"]

    def forget(self, changed: Changed) -> None:
        for address in self._of(changed):
            parts = urlsplit(address)
            place = urlunsplit(("", "", parts.path, parts.query, ""))
            self._send("PURGE", {"Host": parts.netloc}, place=place, fine=_NOT_KEPT)


class BackendCache(_Addresses):
    """By one of Wagtail's ``frontend_cache`` backends: CloudFront, Azure.

    They log what fails and return, so that an error in the log is what tells of it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: Literal["backend"]
    backend: dict[str, Any]
    """As an entry of ``WAGTAILFRONTENDCACHE``: BACKEND and its own settings."""

    @field_validator("backend")
    @classmethod
    def _has_a_class(cls, value: dict[str, Any]) -> dict[str, Any]:
        if "BACKEND" not in value:
            raise ValueError("BACKEND is missing: the class's dotted path")
        if str(value["BACKEND"]).endswith(".HTTPBackend"):
            raise ValueError('it waits without end: use "by": "address" and "url"')
        return value

    def forget(self, changed: Changed) -> None:
        if addresses := list(self._of(changed)):
            (backend,) = get_backends({"cache": self.backend}).values()
            with _logged_errors() as errors:
                backend.purge_batch(addresses)
            if errors:
                raise PurgeError("; ".join(errors[:10]))


@contextmanager
def _logged_errors() -> Iterator[list[str]]:
    """What this thread logs as errors meanwhile."""
    errors: list[str] = []
    handler = logging.Handler(logging.ERROR)
    thread = threading.get_ident()

    def note(record: logging.LogRecord) -> None:
        if record.thread == thread:
            errors.append(record.getMessage())

    handler.emit = note  # type: ignore[method-assign]
    root = logging.getLogger()  # some use a logger of their own, some this one
    root.addHandler(handler)
    try:
        yield errors
    finally:
        root.removeHandler(handler)


type _AnyCache = HeaderCache | JsonCache | AddressCache | BackendCache

_reader: TypeAdapter[_AnyCache] = TypeAdapter(Annotated[_AnyCache, Field(discriminator="by")])


def read_caches(settings: dict[str, dict[str, Any]]) -> dict[str, Cache]:
    """The caches of ``CMS_PURGE`` by name; raises ImproperlyConfigured without repeating values."""
    caches: dict[str, Cache] = {}
    for name, entry in settings.items():
        try:
            caches[name] = _reader.validate_python(entry)
        except ValidationError as error:
            problems = error.errors(include_url=False, include_input=False)
            wrong = "; ".join(f"{'.'.join(map(str, p['loc']))}: {p['msg']}" for p in problems)
            raise ImproperlyConfigured(f"CMS_PURGE[{name!r}]: {wrong}") from None
    return caches
