"""Count SQL queries: reads ``{name: [path, …]}``, prints ``{name: most queries of one path}``.

Each path is asked twice through the whole of Django and the second time is counted, so that what
the site keeps in memory by itself (roots, content types, renditions) is in its favour.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django


class Counter:
    """Counts the statements that go through a connection."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, *arguments: Any) -> Any:
        self.count += 1
        return execute(*arguments)


def count(paths: list[str]) -> int:
    """The most queries that one of the paths takes."""
    from django.db import connection
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1", HTTP_X_FORWARDED_PROTO="https")
    most = 0
    for counted in (False, True):
        for path in paths:
            counter = Counter()
            with connection.execute_wrapper(counter):
                response = client.get(path)
            if response.status_code != 200:
                raise SystemExit(f"Status {response.status_code}: {path}")
            if counted:
                most = max(most, counter.count)
    return most


def main() -> None:
    """Answer the question on standard input."""
    django.setup()
    questions: dict[str, list[str]] = json.load(sys.stdin)
    json.dump({name: count(paths) for name, paths in questions.items()}, sys.stdout)


if __name__ == "__main__":
    main()
