"""``manage.py write_openapi``: remakes the API's description in docs/api/openapi.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext_lazy as _

from cms.delivery.openapi import openapi_document
from cms.settings.env import PROJECT_DIR

__all__ = ["OPENAPI_FILE", "Command", "dump"]

OPENAPI_FILE: Path = PROJECT_DIR / "docs" / "api" / "openapi.json"


def dump(document: dict[str, Any]) -> str:
    """The description as it stands in the file: for people to read, and to compare."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


class Command(BaseCommand):
    """Writes the description; a test compares the file with what the code says."""

    help = str(_("Write the description of the API (OpenAPI) into a file."))

    def add_arguments(self, parser: CommandParser) -> None:
        """One argument: the file."""
        parser.add_argument("file", nargs="?", type=Path, default=OPENAPI_FILE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes the file."""
        path: Path = options["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump(openapi_document()), encoding="utf-8")
        self.stdout.write(str(path))
