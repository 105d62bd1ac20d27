"""``import_translations``: takes in what came back from another translation tool."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    no_translations,
)

from cms.translation.exchange.formats import read_file
from cms.translation.exchange.importing import ImportRefusedError, apply_import, plan_import
from cms.translation.terms.wording import explain


class Command(BaseCommand):
    """All of the file, or nothing of it."""

    help = (
        "Takes in a file that export_translations wrote and somebody has worked on. A file of "
        "which anything does not fit is refused whole, with each reason and its line. Pages show "
        "what was taken in once they are published anew."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="Only say what would be taken in."
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']} can't be read: {error.strerror}.") from error
        read = read_file(content)
        try:
            plan = plan_import(read) if options["dry_run"] else apply_import(read)
        except ImportRefusedError as error:
            problems = error.problems
        else:
            problems = plan.problems
        if problems:
            for problem in problems:
                self.stderr.write(f"line {problem.line}: {problem.reason}")
            raise CommandError(f"Nothing was taken in: {len(problems)} problems.")
        done = "would change" if options["dry_run"] else "changed"
        self.stdout.write(
            f"{len(plan.changes)} segments {done}, {plan.unchanged} are the same, "
            f"{plan.empty} untranslated, {plan.drafts} left out as drafts."
        )
        for change in plan.departing:
            sentences = " ".join(explain(finding) for finding in change.findings)
            self.stderr.write(f"warning, line {change.line}: {sentences}")
