"""``verify_documents``: is every published document what a fresh build would be?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.pages.verification import verify_documents


class Command(BaseCommand):
    """Reads only; ends with status 1 when there is a difference."""

    help = "Compares every published document with a fresh build and names each difference."

    def handle(self, *args: Any, **options: Any) -> None:
        differences = [str(difference) for difference in verify_documents()]
        for difference in differences:
            self.stdout.write(difference)
        if differences:
            raise CommandError(
                f"{len(differences)} differences. Run: manage.py rebuild_documents --all"
            )
        self.stdout.write(self.style.SUCCESS("Every document is as a fresh build says."))
