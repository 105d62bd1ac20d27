"""The editor of the soak: ``python -m benchmarks.edits PORT SECONDS [PAUSE [KIND …]]``.

Edits and publishes plans, saves drafts, takes a plan away and puts it back, renames a body that a
fifth of the plans show, or does those of these kinds alone that are named (``publish draft withdraw
rename``); after each change it asks the web server, another process, until it shows.
Prints ``{"done": {kind: count}, "wrong": [what did not show within a second, …], "delays": [seconds
from the end of each change until it showed, …]}``.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import django

from benchmarks.client import Answer, fetch

PAUSE = 0.1  # seconds between two changes, unless it is said

KINDS = ("publish", "publish", "draft", "withdraw", "rename")
"""What an editor does, the more often the oftener it stands here."""

PROMISE = 1.0  # seconds within which every process shows a change


class Editor:
    """Changes content through the product's own models and looks at what the API then says."""

    def __init__(self, port: int, kinds: Sequence[str]) -> None:
        from cms.plugins.official_document.models import OfficialDocumentPage

        self.port = port
        self.model = OfficialDocumentPage
        self.ids = list(OfficialDocumentPage.objects.values_list("pk", flat=True))
        self.done: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.delays: list[float] = []
        every: list[Callable[[], bool]] = [self.publish, self.draft, self.withdraw, self.rename]
        self._kinds = [next(one for one in every if one.__name__ == kind) for kind in kinds]
        self._chance = random.Random(1)  # noqa: S311

    def act(self) -> None:
        """One change of a random kind, and the look at it."""
        kind = self._chance.choice(self._kinds)
        if not kind():
            self.wrong.append(f"{kind.__name__} at change {self.done.total()}")
        self.done[kind.__name__] += 1

    def publish(self) -> bool:
        """A new title is there at once, in the page and in the list."""
        page = self._page()
        page.title = f"{page.title.split(' (')[0]} ({time.time_ns()})"
        page.save_revision().publish()
        return self._shows(page, page.title)

    def draft(self) -> bool:
        """A saved draft changes nothing."""
        page = self._page()
        before = page.title
        page.title = "Bản nháp, không ai được thấy"
        page.save_revision()
        return self._shows(page, before)

    def withdraw(self) -> bool:
        """What is unpublished is gone at once, and comes back when it is published again."""
        page = self._page()
        page.unpublish()
        gone = self._soon(lambda: self._get(f"/api/v1/pages/{page.pk}").status == 404)
        page.save_revision().publish()
        return gone and self._shows(page, page.title)

    def rename(self) -> bool:
        """A body's new name is in every document that shows it."""
        page = self._page()
        issuer = page.issuer
        issuer.name = f"{issuer.name.split(' (')[0]} ({time.time_ns()})"
        issuer.save()

        def shows() -> bool:
            answer = json.loads(self._get(f"/api/v1/pages/{page.pk}").body)
            return bool(answer["issuer"]["name"] == issuer.name)

        return self._soon(shows)

    def _page(self) -> Any:
        return self.model.objects.get(pk=self._chance.choice(self.ids))

    def _shows(self, page: Any, title: str) -> bool:
        path = f"/api/v1/pages/{page.pk}"
        return self._soon(lambda: json.loads(self._get(path).body).get("title") == title)

    def _soon(self, shows: Callable[[], bool]) -> bool:
        """Whether it shows within the time that is promised; notes how long it took."""
        begun = time.monotonic()
        while not (found := shows()) and time.monotonic() - begun < PROMISE:
            time.sleep(0.002)
        self.delays.append(time.monotonic() - begun)
        return found

    def _get(self, path: str) -> Answer:
        return next(answer for _path, answer in fetch(self.port, [path]))


def main() -> None:
    """Edit for so long, one change after the other."""
    django.setup()
    editor = Editor(int(sys.argv[1]), sys.argv[4:] or KINDS)
    ends = time.monotonic() + float(sys.argv[2])
    pause = float(sys.argv[3]) if len(sys.argv) > 3 else PAUSE
    while time.monotonic() < ends:
        editor.act()
        time.sleep(pause)
    json.dump({"done": editor.done, "wrong": editor.wrong, "delays": editor.delays}, sys.stdout)


if __name__ == "__main__":
    main()
