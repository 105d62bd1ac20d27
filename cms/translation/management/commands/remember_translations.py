"""``remember_translations``: fills the translation memory with what was translated before."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.translation.memory.remembering import remember_all


class Command(BaseCommand):
    """Can be run again: what is remembered already stays."""

    help = (
        "Takes every saved translation into the memory. Needed once for a portal that had "
        "translations before it had a memory; from then on they are taken in as they are saved."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{remember_all()} translations are remembered.")
