"""``import_content``: reads what ``export_content`` wrote, or what a person wrote like it."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from cms.pages.kinds import IntakeError
from cms.pages.transfer.addresses import read_address
from cms.pages.transfer.folder import MediaFolder
from cms.pages.transfer.importer import Importer, import_file
from cms.pages.transfer.quiet import quiet_wagtail


class Command(BaseCommand):
    """Creates what is missing, publishes what differs, leaves the rest alone."""

    help = (
        "Imports pages, shared records, images and files from JSON Lines. Pages are matched by "
        "locale and path, records by their natural key, media by their SHA-256; fields that a "
        "line leaves out stay as they are, and a line that changes nothing writes nothing. A bad "
        "line is reported with its number and does not hold back the others; the exit code is "
        "then 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The file; - for standard input.")
        parser.add_argument(
            "--dry-run", action="store_true",
            help="Do all of it in one transaction and roll it back: nothing is written. Editors "
            "can't save meanwhile on the embedded database.",
        )  # fmt: skip
        parser.add_argument(
            "--media", type=Path, metavar="DIR", help="The folder of files that lines name."
        )
        parser.add_argument(
            "--under", metavar="PATH", help="Import only the pages at this path or below it."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            under = read_address(options["under"]) if options["under"] else None
        except IntakeError as error:
            raise CommandError(f"--under: {error.message}") from error
        folder = options["media"]
        if folder is not None and not folder.is_dir():
            raise CommandError(f"--media: there is no folder {folder}.")
        importer = Importer(
            MediaFolder(folder) if folder else None, under=under, store=not options["dry_run"]
        )
        with quiet_wagtail(), _open(options["file"]) as (file, size), _bar(size) as bar:
            tally = import_file(
                file,
                importer,
                report=self._report,
                progress=bar.update,
                dry_run=options["dry_run"],
            )
        would = "Would be: " if options["dry_run"] else ""
        self.stdout.write(f"{would}{tally}.")
        if tally.failed:
            raise CommandError(f"{tally.failed} lines failed.", returncode=1)

    def _report(self, number: int, reason: str) -> None:
        with tqdm.external_write_mode(file=sys.stderr):
            self.stderr.write(f"line {number}: {reason}")


def _bar(size: int) -> tqdm[Any]:
    """A progress bar over bytes; none where standard error is no terminal (disable=None)."""
    return tqdm(total=size, unit="B", unit_scale=True, disable=None, file=sys.stderr)


@contextmanager
def _open(path: Path) -> Iterator[tuple[BinaryIO, int]]:
    """The file and its size in bytes; standard input is put by first, as it can't be reread."""
    if str(path) != "-":
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        with path.open("rb") as file:
            yield file, path.stat().st_size
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
        size = copy.tell()
        copy.seek(0)
        yield copy, size
