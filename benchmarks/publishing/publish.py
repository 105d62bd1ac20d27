"""``python -m benchmarks.publishing.publish``: an editor who never rests.

Publishes, withdraws and hides pages until SIGTERM, then prints the changes: a page, the moments
before and after (monotonic), and the title that the public may see since, or null.
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
    chance, done = random.Random(2), []  # noqa: S311

    def change(page: Any) -> str | None:
        hidden = PageViewRestriction.objects.filter(page=page)
        kind = chance.choice(("publish", "publish", "withdraw", "hide"))
        if hidden.exists():
            hidden.get().delete()
        elif kind == "hide":
            PageViewRestriction.objects.create(
                page_id=page.pk, restriction_type=PageViewRestriction.LOGIN
            )
            return None
        elif kind == "withdraw" and page.live:
            page.unpublish()
        else:
            page.title = f"{page.title.split(' (')[0]} ({time.time_ns()})"
            page.save_revision().publish()
        now = Page.objects.get(pk=page.pk)
        return now.title if now.live else None

    while not ended.wait(PAUSE):
        page = Page.objects.get(pk=chance.choice(ids)).specific
        begun = time.monotonic()
        state = change(page)
        done.append((page.pk, begun, time.monotonic(), state))
    json.dump(done, sys.stdout)


if __name__ == "__main__":
    main()
