"""``python -m benchmarks.publishing.publish``: an editor who never rests.

Publishes, withdraws and hides pages until SIGTERM, then prints how many changes that were.
"""

from __future__ import annotations

import json
import random
import signal
import sys
import threading
import time
from typing import Any

import django

PAUSE = 0.05  # seconds between two changes


def main() -> None:
    """Change one page after the other, as editors do."""
    django.setup()
    from wagtail.models import Page, PageViewRestriction

    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    ids = list(Page.objects.filter(numchild=0, depth__gt=2).values_list("pk", flat=True))
    chance, done = random.Random(2), 0  # noqa: S311

    def change(page: Any) -> None:
        hidden = PageViewRestriction.objects.filter(page=page)
        kind = chance.choice(("publish", "publish", "withdraw", "hide"))
        if hidden.exists():
            hidden.get().delete()
        elif kind == "hide":
            PageViewRestriction.objects.create(
                page_id=page.pk, restriction_type=PageViewRestriction.LOGIN
            )
        elif kind == "withdraw" and page.live:
            page.unpublish()
        else:
            page.title = f"{page.title.split(' (')[0]} ({time.time_ns()})"
            page.save_revision().publish()

    while not ended.wait(PAUSE):
        change(Page.objects.get(pk=chance.choice(ids)).specific)
        done += 1
    json.dump({"done": done}, sys.stdout)


if __name__ == "__main__":
    main()
