"""``manage.py write_graphql_schema``: remakes GraphQL's schema in docs/api/schema.graphql."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext_lazy as _

from cms.delivery.graphql.types.schema import current_schema
from cms.settings.env import PROJECT_DIR

__all__ = ["SCHEMA_FILE", "Command"]

SCHEMA_FILE: Path = PROJECT_DIR / "docs" / "api" / "schema.graphql"


class Command(BaseCommand):
    """Writes the schema; a test compares the file with what the code says."""

    help = str(_("Write the schema of GraphQL into a file."))

    def add_arguments(self, parser: CommandParser) -> None:
        """One argument: the file."""
        parser.add_argument("file", nargs="?", type=Path, default=SCHEMA_FILE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes the file."""
        path: Path = options["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(current_schema().sdl(), encoding="utf-8")
        self.stdout.write(str(path))
