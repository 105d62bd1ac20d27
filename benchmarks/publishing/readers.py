"""Readers who never rest: they ask web servers for pages that an editor publishes and withdraws."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import itertools
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlencode

from benchmarks.publishing.history import Sighting, State
from scripts.processes import HOST

__all__ = ["Seen", "reading"]

PAUSE = 0.004  # seconds between two requests to one server
LISTED = 100  # pages of the list, which must be all there are
QUERY = "query($id: Int!){page(id:$id){id title}}"
_PERSISTED = json.dumps(
    {"persistedQuery": {"version": 1, "sha256Hash": hashlib.sha256(QUERY.encode()).hexdigest()}}
)
_HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https"}

type States = Mapping[int, State]


@dataclass(slots=True)
class Seen:
    """What came: answers as ``kinds`` ("200", "304", "404", "from memory"), and what was wrong."""

    sightings: list[Sighting] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Question:
    """A path, and how the states of pages are read out of its answer."""

    path: str
    read: Callable[[Any], States]


@contextlib.contextmanager
def reading(ports: Sequence[int], pages: Sequence[int]) -> Iterator[Seen]:
    """Asks each server for these pages (alone, listed, by GraphQL) until the block ends."""
    seen, ended = Seen(), threading.Event()
    threads = [threading.Thread(target=_read, args=(port, pages, seen, ended)) for port in ports]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def _questions(pages: Sequence[int]) -> list[_Question]:
    """Every page over REST and as persisted GraphQL, with the list again and again between them."""
    listed = _Question(f"/api/v1/pages?limit={LISTED}", partial(_listed, pages))
    questions = []
    for number, pk in enumerate(pages):
        questions += [
            _Question(f"/api/v1/pages/{pk}", partial(_detail, pk)),
            _Question(_graphql(pk), partial(_asked, pk)),
        ]
        if number % 4 == 0:
            questions.append(listed)
    return questions


def _detail(pk: int, answer: Any) -> States:
    return {pk: answer.get("title")}


def _listed(pages: Sequence[int], answer: Any) -> States:
    if len(answer["items"]) >= LISTED:
        raise ValueError("there are more pages than one list holds")
    titles = {item["id"]: item["title"] for item in answer["items"]}
    return {pk: titles.get(pk) for pk in pages}


def _asked(pk: int, answer: Any) -> States:
    page = answer["data"]["page"]
    return {pk: None if page is None else page["title"]}


def _graphql(pk: int, **more: str) -> str:
    asked = {"variables": json.dumps({"id": pk}), "extensions": _PERSISTED, **more}
    return f"/graphql/?{urlencode(asked)}"


def _read(port: int, pages: Sequence[int], seen: Seen, ended: threading.Event) -> None:
    """One reader, who sends the ETag that it has every other time."""
    with contextlib.closing(http.client.HTTPConnection(HOST, port, timeout=60)) as connection:
        connection.request("GET", _graphql(pages[0], query=QUERY), headers=_HEADERS)
        connection.getresponse().read()  # the server knows the query by its digest from now on
        kept: dict[str, tuple[str, States]] = {}
        for number, question in enumerate(itertools.cycle(_questions(pages))):
            if ended.wait(PAUSE):
                return
            try:
                _ask(connection, question, seen, kept, conditional=number // 2 % 2 == 0)
            except (OSError, http.client.HTTPException, KeyError, TypeError, ValueError) as error:
                seen.problems.append(f"{question.path}: {error!r}")
                connection.close()


def _ask(
    connection: http.client.HTTPConnection,
    question: _Question,
    seen: Seen,
    kept: dict[str, tuple[str, States]],
    *,
    conditional: bool,
) -> None:
    etag, states = kept.get(question.path, ("", {}))
    headers = _HEADERS | ({"If-None-Match": etag} if conditional and etag else {})
    begun = time.monotonic()
    connection.request("GET", question.path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    ended = time.monotonic()
    if response.status in (200, 404):
        states = question.read(json.loads(body) if response.status == 200 else {})
        if new := response.headers.get("ETag"):
            kept[question.path] = new, states
    elif response.status != 304:
        raise ValueError(f"status {response.status}")
    seen.kinds[str(response.status)] += 1
    seen.kinds["from memory"] += "; hit" in response.headers.get("Cache-Status", "")
    what = f"{question.path} with status {response.status}"
    seen.sightings.append(Sighting(what, begun, ended, states))
