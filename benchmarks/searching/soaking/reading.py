"""``python -m benchmarks.searching.soaking.reading``: readers who search and read all the time.

Reads what to ask as a line of JSON: ``port``, ``steady`` and ``edited`` (ids of pages by the word
that they have). Asks until SIGTERM, then prints ``searches`` and ``reads``, the answers in their
order, and ``problems``. A search for a steady page's word is judged here: it must find just those.
"""

from __future__ import annotations

import http.client
import itertools
import json
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.searching.soaking.judging import Read, Search, found_wrong, state_of
from scripts.processes import HOST

RATE = 20.0
"""Requests a second of each reader: one searches, one reads pages."""

LIMIT = 100
_HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https"}

type Words = Mapping[str, Sequence[int]]


class Reader:
    """One who asks the same server again and again, at a steady pace."""

    def __init__(self, port: int, ended: threading.Event, problems: list[str]) -> None:
        self._port = port
        self._ended = ended
        self._problems = problems

    def ask(
        self, paths: Iterator[str], take: Callable[[str, float, float, int, Any], None]
    ) -> None:
        """Asks for the paths in turn, and has each answer taken: with the moments before and
        after, its status and its JSON."""
        connection = http.client.HTTPConnection(HOST, self._port, timeout=60)
        due = time.monotonic()
        while not self._ended.wait(max(0.0, due - time.monotonic())):
            due = max(due + 1 / RATE, time.monotonic())
            path, begun = next(paths), time.monotonic()
            try:
                connection.request("GET", path, headers=_HEADERS)
                response = connection.getresponse()
                body = response.read()
                ended = time.monotonic()
                take(path, begun, ended, response.status, json.loads(body))
            except (OSError, http.client.HTTPException, KeyError, TypeError, ValueError) as error:
                self._problems.append(f"{path}: {error!r}")
                connection.close()


def _search_path(word: str) -> str:
    return f"/api/v1/search?q={word}&limit={LIMIT}"


def read_until(ended: threading.Event, port: int, steady: Words, edited: Words) -> dict[str, Any]:
    """What was seen until then."""
    searches: list[Search] = []
    reads: list[Read] = []
    problems: list[str] = []
    words = {_search_path(word): word for word in (*steady, *edited)}

    def take_search(path: str, begun: float, ended: float, status: int, answer: Any) -> None:
        word = words[path]
        if status != 200:
            problems.append(f"Searching {word}: status {status}: {answer}")
            return
        ids = [item["id"] for item in answer["items"]]
        if wrong := found_wrong(ids, answer["total"], steady.get(word)):
            problems.append(
                f"Searching {word} at {begun:.2f}, degraded {answer['degraded']}: {wrong}"
            )
        states = {} if word in steady else {i["id"]: state_of(i) for i in answer["items"]}
        searches.append(Search(word, begun, ended, answer["degraded"], states))

    def take_read(path: str, begun: float, ended: float, status: int, _answer: Any) -> None:
        if status not in (200, 404):  # which it is while the page is withdrawn
            problems.append(f"{path}: status {status}")
        reads.append(Read(begun, ended))

    in_turn = itertools.chain(
        *itertools.zip_longest(map(_search_path, steady), map(_search_path, edited))
    )
    asked = itertools.cycle([path for path in in_turn if path])
    ids = itertools.chain(*steady.values(), *edited.values())
    pages = itertools.cycle([f"/api/v1/pages/{pk}" for pk in ids])
    threads = [
        threading.Thread(target=Reader(port, ended, problems).ask, args=arguments)
        for arguments in ((asked, take_search), (pages, take_read))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "searches": [asdict(one) for one in searches],
        "reads": [asdict(one) for one in reads],
        "problems": problems,
    }


def main() -> None:
    """Ask what the standard input says."""
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    json.dump(read_until(ended, **json.loads(sys.stdin.readline())), sys.stdout)


if __name__ == "__main__":
    main()
