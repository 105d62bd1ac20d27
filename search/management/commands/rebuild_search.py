"""``rebuild_search``: builds the search index anew while the site goes on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from cms.pages.visibility import visible_documents
from search.contract import Engine, EngineError
from search.engines import choose_engines
from search.indexing.rebuild import rebuild_index


def _chosen(name: str | None) -> tuple[Engine, ...]:
    try:
        return choose_engines(name)
    except EngineError as error:
        raise CommandError(str(error)) from error


class Command(BaseCommand):
    """Safe at any time: readers search the old index until the new one takes its place."""

    help = "Builds the search index anew, of every engine or of the one that is named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("engine", nargs="?", help="embedded or elasticsearch; left out: all.")

    def handle(self, *args: Any, **options: Any) -> None:
        for engine in _chosen(options["engine"]):
            with tqdm(
                total=visible_documents().count(),
                desc=engine.name,
                unit="page",
                disable=not self.stderr.isatty(),
                file=self.stderr,
            ) as bar:
                try:
                    count = rebuild_index(engine, bar.update)
                except EngineError as error:
                    raise CommandError(
                        f"{engine.name}: {error} The index in use is as it was."
                    ) from error
            self.stdout.write(self.style.SUCCESS(f"{engine.name}: {count} pages."))
