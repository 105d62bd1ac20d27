"""``verify_search``: does the search index hold what is published?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.contract import Engine, EngineError
from search.engines import choose_engines
from search.indexing.verify import Differences, verify_index
from search.stamp import stamp

_SHOWN = 20


def _chosen(name: str | None) -> tuple[Engine, ...]:
    try:
        return choose_engines(name)
    except EngineError as error:
        raise CommandError(str(error)) from error


class Command(BaseCommand):
    """Ends with status 1 where an index differs and ``--mend`` was not asked for."""

    help = "Compares the search index with what is published; --mend writes what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("engine", nargs="?", help="embedded or elasticsearch; left out: all.")
        parser.add_argument("--mend", action="store_true", help="Write what differs.")

    def handle(self, *args: Any, **options: Any) -> None:
        differ = False
        for engine in _chosen(options["engine"]):
            try:
                if engine.stamp() != stamp():
                    raise CommandError(
                        f"{engine.name}: the index was made by other code or with another "
                        "glossary. Run: manage.py rebuild_search"
                    )
                found = verify_index(engine, mend=options["mend"])
            except EngineError as error:
                raise CommandError(f"{engine.name}: {error}") from error
            differ |= bool(found)
            self._report(engine, found, mended=options["mend"])
        if differ and not options["mend"]:
            raise CommandError("The index differs. Run: manage.py verify_search --mend")

    def _report(self, engine: Engine, found: Differences, *, mended: bool) -> None:
        self.stdout.write(f"{engine.name}: {found.compared} pages compared.")
        kinds = {
            "not in the index": found.missing,
            "in the index and not public": found.left_over,
            "outdated in the index": found.outdated,
        }
        for what, ids in kinds.items():
            if ids:
                shown = ", ".join(map(str, ids[:_SHOWN])) + (" …" if len(ids) > _SHOWN else "")
                self.stdout.write(f"  {len(ids)} {what}: {shown}")
        if found and mended:
            self.stdout.write(self.style.SUCCESS("  mended."))
