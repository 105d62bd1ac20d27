"""``python -m benchmarks.searching.soaking.editing EDITOR RATE IDS_FILE``: a steady editor.

Publishes, withdraws and moves its own pages, and whole folders of them, until SIGTERM: RATE pages a
second, or fewer where the machine is too slow. Prints the changes of each page as
:class:`benchmarks.publishing.history.Event`: the page, the moments before and after, and what the
public may see of it since, its title and path, or null.
"""

from __future__ import annotations

import json
import random
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

from benchmarks.searching.soaking import news
from benchmarks.searching.soaking.judging import state_of

KINDS = ("publish", "publish", "withdraw", "move", "move_folder")
"""What an editor does, the more often the oftener it stands here."""

type Change = tuple[int, float, float, str | None]


class Editor:
    """Changes pages through Wagtail's own methods, as the admin does."""

    def __init__(self, number: int, ids: list[int]) -> None:
        from cms.plugins.article.models import ArticlePage
        from cms.plugins.section.models import SectionPage

        self._pages, self._sections = ArticlePage.objects, SectionPage.objects
        self._ids = [pk for index, pk in enumerate(ids) if news.editor_of(index) == number]
        shelves = self._sections.filter(slug__in=news.shelves(number))
        self._shelves = [shelf.pk for shelf in shelves]
        self._folders = [one.pk for shelf in shelves for one in shelf.get_children()]
        self._chance = random.Random(time.time_ns())  # noqa: S311 - no secret

    def act(self) -> list[Change]:
        """Does one thing; returns what it changed of pages."""
        page = self._pages.get(pk=self._chance.choice(self._ids))
        kind = self._chance.choice(KINDS) if page.live else "publish"
        if kind == "move_folder":
            page = self._sections.get(pk=self._chance.choice(self._folders))
        do: Callable[[Any], None] = getattr(self, kind)
        begun = time.monotonic()
        do(page)
        done = time.monotonic()
        changed = self._pages.descendant_of(page, inclusive=True)
        return [
            (pk, begun, done, _seen(title, url_path) if live else None)
            for pk, title, url_path, live in changed.values_list("pk", "title", "url_path", "live")
        ]

    def publish(self, page: Any) -> None:
        """With a new title."""
        page.title = f"{page.title.split(' (')[0]} ({time.time_ns()})"
        page.save_revision().publish()

    def withdraw(self, page: Any) -> None:
        """Until it is published again."""
        page.unpublish()

    def move(self, page: Any) -> None:
        """Into another of the editor's folders."""
        self._move(page, self._folders)

    def move_folder(self, folder: Any) -> None:
        """To the editor's other shelf, with all pages in it."""
        self._move(folder, self._shelves)

    def _move(self, page: Any, targets: list[int]) -> None:
        here = page.get_parent().pk
        target = self._chance.choice([pk for pk in targets if pk != here])
        page.move(self._sections.get(pk=target), pos="last-child")


def _seen(title: str, url_path: str) -> str:
    below_home = url_path.split("/", 2)[2]
    return state_of({"title": title, "path": f"/{below_home}"})


def main() -> None:
    """Edit at that pace; what could not be done in time is left out, not made up for."""
    django.setup()
    number, rate, ids_file = int(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3])
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    editor = Editor(number, json.loads(ids_file.read_bytes())["pages"])
    done: list[Change] = []
    due = time.monotonic()
    while not ended.wait(max(0.0, due - time.monotonic())):
        changes = editor.act()
        done += changes
        due = max(due + len(changes) / rate, time.monotonic() - 1)
    json.dump(done, sys.stdout)


if __name__ == "__main__":
    main()
