"""One request of the matrix, its answer, and how it is asked: of Django, or of the hot path."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.test import Client

from cms.changes.models import WebhookDelivery
from cms.delivery.graphql import persisted
from cms.delivery.graphql.types.schema import current_schema
from cms.plugins.registry import registry
from tests.graphql.selections import Everything
from tests.hot.conftest import Hot, ask

__all__ = [
    "NEVER",
    "Answer",
    "Ask",
    "Asker",
    "Evidence",
    "ask_hot",
    "everything",
    "get",
    "messages",
    "query",
]

NEVER = 987_654
"""The id of something that never was."""


class Evidence(Enum):
    """What shows that an answer tells of something."""

    WORDS = auto()
    """A word of it."""
    FOUND = auto()
    """That there is an answer at all: a picture's bytes have no words."""
    COUNTED = auto()
    """A total that isn't zero."""
    NOT_MODIFIED = auto()
    """That what the client has is said to be still right."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; ``is_hit``: it came from the hot path's memory."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    is_hit: bool = False

    @property
    def whole(self) -> bytes:
        """Everything that can be read in it."""
        return repr((self.status, self.headers)).encode() + self.body

    def shows(self, evidence: Evidence, words: re.Pattern[bytes]) -> bool:
        """Whether it tells of what the words stand in."""
        match evidence:
            case Evidence.FOUND:
                return self.status in (200, 206, 304)
            case Evidence.NOT_MODIFIED:
                return self.status == 304
            case Evidence.COUNTED:
                return re.search(rb'"total(Count)?":[1-9]', self.body) is not None
        return words.search(self.whole) is not None


@dataclass(frozen=True, slots=True)
class Ask:
    """A request. ``twin`` is the same one for something that never was."""

    path: str
    params: tuple[tuple[str, str], ...] = ()
    method: str = "GET"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    evidence: Evidence = Evidence.WORDS
    known: Ask | None = None
    """Sent with the ETag that this request was answered with before anything was hidden."""
    everything_of: tuple[int, str] | None = None
    """Asks GraphQL for all that the schema of the moment has of a page: its id and type."""
    preview_of: int | None = None
    """Sent with a preview token of this page."""
    twin: Ask | None = field(default=None, repr=False)
    is_tombstone: bool = False
    """Tells of what is gone: under its address, which was public."""
    echoes: bool = False
    """The answer may repeat the path that was asked for."""

    @property
    def url(self) -> str:
        """Path and query."""
        return f"{self.path}?{urlencode(self.params)}" if self.params else self.path

    def once_known(self) -> Ask:
        """The same from a client that has the answer; a 304 tells of what the answer tells of."""
        return replace(self, known=self, evidence=Evidence.NOT_MODIFIED, twin=None)

    def varied(self, method: str, headers: tuple[tuple[str, str], ...] = ()) -> Ask:
        """The same in another form; a POST stays one, with its body."""
        method = self.method if self.method == "POST" and method == "GET" else method
        return replace(self, method=method, headers=(*self.headers, *headers), twin=None)

    def __str__(self) -> str:
        parts = [self.method, self.url, self.body.decode()[:300]]
        parts += ["with the ETag from before"] * (self.known is not None)
        parts += [f"everything of {self.everything_of}"] * (self.everything_of is not None)
        parts += [f"with a preview token of {self.preview_of}"] * (self.preview_of is not None)
        return " ".join(part for part in parts if part)


def get(path: str, /, twin: Any = None, **params: Any) -> Ask:
    """A GET below ``/api/v1/``, or of a whole path. A parameter's ``__`` stand for brackets:
    ``filter__title__eq`` is ``filter[title][eq]``; ``evidence``, ``echoes`` … are the Ask's own."""
    own = {name: params.pop(name) for name in ("evidence", "preview_of", "is_tombstone", "echoes",
                                               "headers", "method") if name in params}  # fmt: skip
    pairs = tuple((_parameter(name), str(value)) for name, value in params.items())
    return Ask(path if path.startswith("/") else f"/api/v1/{path}", pairs, twin=twin, **own)


def _parameter(name: str) -> str:
    first, *rest = name.split("__")
    return first + "".join(f"[{one}]" for one in rest)


def query(text: str, /, *, kept: bool = False, evidence: Evidence = Evidence.WORDS,
          twin: Ask | None = None, **variables: Any) -> Ask:  # fmt: skip
    """A GraphQL query; ``kept`` asks for it as a persisted document, by GET."""
    if not kept:
        body = orjson.dumps({"query": text, "variables": variables})
        return Ask("/graphql/", (), "POST", body, evidence=evidence, twin=twin)
    sha256 = persisted.digest(text)
    persisted.register(sha256, text)
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": sha256}}
    params = [("extensions", orjson.dumps(extensions).decode())]
    if variables:
        params.append(("variables", orjson.dumps(variables).decode()))
    return Ask("/graphql/", tuple(params), evidence=evidence, twin=twin)


def everything(pk: int, type_name: str) -> Ask:
    """All fields of a page at once, each under the name of its type and its own."""
    return Ask("/graphql/", method="POST", everything_of=(pk, type_name))


def _everything(pk: int, type_name: str) -> bytes:
    text = _everything_of(type_name, tuple(settings.CMS_DISABLED_PLUGINS))
    return orjson.dumps({"query": text, "variables": {"id": pk}})


@lru_cache(maxsize=50)
def _everything_of(type_name: str, disabled: tuple[str, ...]) -> str:
    """One text for each type, so that it is parsed once."""
    known = {one.name: one.graphql_name for one in registry.pages()}
    text = "{ page(id: $id) { id title } }"
    if type_name in known:
        text = Everything(current_schema()).query("page(id: $id)", known[type_name])
    return f"query ($id: Int!) {text}"


def messages() -> Ask:
    """No request: the webhooks' messages, written since this was last asked for."""
    return Ask("webhooks", method="MESSAGES", is_tombstone=True)


class Asker:
    """Asks each request once and remembers the answer; askers share the ``etags`` of the first."""

    def __init__(self, etags: dict[Ask, str]) -> None:
        self.answers: dict[Ask, Answer] = {}
        self.tokens: dict[int, str] = {}
        self._etags = etags
        self._client = Client(raise_request_exception=False)

    def ask(self, asked: Ask) -> Answer:
        """Django's answer."""
        key = replace(asked, twin=None)
        if key not in self.answers:
            self.answers[key] = self._messages() if asked.method == "MESSAGES" else self._ask(key)
        return self.answers[key]

    def _ask(self, asked: Ask) -> Answer:
        headers, body = dict(asked.headers), asked.body
        if asked.everything_of is not None:
            body = _everything(*asked.everything_of)
        if asked.known is not None:
            headers["If-None-Match"] = self._etag_of(asked.known)
        if asked.preview_of is not None:
            headers["Authorization"] = f"Bearer {self.tokens[asked.preview_of]}"
        response: Any = self._client.generic(
            asked.method, asked.url, body, "application/json" if body else "", headers=headers
        )
        body = b"".join(response.streaming_content) if response.streaming else response.content
        sent = dict(response.headers)
        if asked.echoes and "Location" in sent:
            sent["Location"] = sent["Location"].replace(asked.path, "…")
        return Answer(response.status_code, tuple(sorted(sent.items())), body)

    def _etag_of(self, asked: Ask) -> str:
        """The ETag that it had when it was first asked for, by whichever asker."""
        if asked not in self._etags:
            self._etags[asked] = dict(self.ask(asked).headers).get("ETag", '"none"')
        return self._etags[asked]

    def _messages(self) -> Answer:
        rows = WebhookDelivery.objects.order_by("pk")
        body = "\n".join(rows.values_list("payload", flat=True)).encode()
        rows.delete()
        return Answer(200, (), body)


def ask_hot(hot: Hot, asked: Ask) -> Answer:
    """The hot path's answer to a GET."""
    given = ask(hot.path, asked.path, urlencode(asked.params))
    headers = {name: value for name, value in given.headers.items() if name != "cache-status"}
    return Answer(given.status, tuple(sorted(headers.items())), given.body, given.is_hit)
