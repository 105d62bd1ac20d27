"""What every loader of a benchmark's site is as a program: ``python -m LOADER PAGES IDS_FILE``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import django
from django.core.management import call_command

__all__ = ["run_loader"]


def run_loader(load: Callable[[int, Path], None]) -> None:
    """Migrates an empty database and fills it; ``load`` gets the arguments."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    load(int(sys.argv[1]), Path(sys.argv[2]))
