"""``run_worker``: scheduled publishing, expiry, rebuilding, and the feed's followers."""

from __future__ import annotations

import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from cms.changes.worker import Worker


class Command(BaseCommand):
    """Runs until SIGTERM or SIGINT; any number of workers may run."""

    help = "Publishes and withdraws what is due, and lets the change feed's followers catch up."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="One round, then end.")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(poll_seconds=settings.CMS_WORKER_POLL_SECONDS)
        if options["once"]:
            while worker.round() + worker.finish():
                pass
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        worker.run()
