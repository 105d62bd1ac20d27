"""``python -m benchmarks.searching.soaking.editing EDITOR RATE IDS_FILE``: a steady editor.

Publishes, withdraws and moves its own pages, RATE times a second where the machine can, until
SIGTERM. Prints the changes as :class:`benchmarks.publishing.history.Event`: a page, the moments
before and after, and what the public may see of it since: its title and path, or null.
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

KINDS = ("publish", "publish", "publish", "withdraw", "move")
"""What an editor does, the more often the oftener it stands here."""


class Editor:
    """Changes pages through Wagtail's own methods, as the admin does."""

    def __init__(self, number: int, ids: list[int]) -> None:
        from cms.plugins.article.models import ArticlePage
        from cms.plugins.section.models import SectionPage

        self._model = ArticlePage
        self._ids = [pk for index, pk in enumerate(ids) if news.editor_of(index) == number]
        self._shelves = [SectionPage.objects.get(slug=slug).pk for slug in news.shelves(number)]
        self._sections = SectionPage.objects
        self._chance = random.Random(time.time_ns())  # noqa: S311

    def act(self) -> tuple[int, float, float, str | None]:
        """One change."""
        page = self._model.objects.get(pk=self._chance.choice(self._ids))
        kind = self._chance.choice(KINDS) if page.live else "publish"
        work: dict[str, Callable[[Any], object]] = {
            "publish": self._publish, "withdraw": lambda page: page.unpublish(), "move": self._move,
        }  # fmt: skip
        begun = time.monotonic()
        work[kind](page)
        done = time.monotonic()
        if kind == "withdraw":
            return page.pk, begun, done, None
        path = self._model.objects.values_list("url_path", flat=True).get(pk=page.pk)
        below_home = path.split("/", 2)[2]
        return page.pk, begun, done, state_of({"title": page.title, "path": f"/{below_home}"})

    def _publish(self, page: Any) -> None:
        page.title = f"{page.title.split(' (')[0]} ({time.time_ns()})"
        page.save_revision().publish()

    def _move(self, page: Any) -> None:
        """To the other of the editor's two sections."""
        here = page.get_parent().pk
        other = next(pk for pk in self._shelves if pk != here)
        page.move(self._sections.get(pk=other), pos="last-child")


def main() -> None:
    """Edit at that pace; what could not be done in time is left out, not made up for."""
    django.setup()
    number, rate, ids_file = int(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3])
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    editor = Editor(number, json.loads(ids_file.read_bytes())["pages"])
    done, due = [], time.monotonic()
    while not ended.wait(max(0.0, due - time.monotonic())):
        due = max(due + 1 / rate, time.monotonic() - 1)
        done.append(editor.act())
    json.dump(done, sys.stdout)


if __name__ == "__main__":
    main()
