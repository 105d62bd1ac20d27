"""``export_content``: the public content as JSON Lines."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from cms.pages.transfer.export import Output, count_pages, export_lines
from cms.pages.transfer.folder import MediaFolder


class Command(BaseCommand):
    """Writes shared records, images, files and pages, one a line, always in the same order."""

    help = (
        "Writes the published content as JSON Lines, for import_content: pages from the root "
        "down, before them the shared records, images and files that they show. Only what an "
        "anonymous reader may see: no drafts, nothing private or expired, no revisions, no "
        "accounts. For a backup copy the database and the media folder instead."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, help="Where to write; standard output by default."
        )
        parser.add_argument(
            "--media",
            type=Path,
            metavar="DIR",
            help="Write images and files there, instead of into their lines.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path | None = options["file"]
        folder = MediaFolder(options["media"]) if options["media"] else None
        problems: list[str] = []
        if path is None:
            self._export(_standard_output(self.stdout), folder, problems)
        else:
            partial = path.with_name(f"{path.name}.partial")
            with partial.open("wb") as out:
                self._export(out, folder, problems)
            partial.replace(path)
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError("The export lacks what is named above.")

    def _export(self, out: Output, folder: MediaFolder | None, problems: list[str]) -> None:
        # disable=None: no bar where standard error is no terminal.
        with tqdm(total=count_pages(), unit=" pages", disable=None, file=sys.stderr) as bar:
            export_lines(out, folder=folder, report=problems.append, progress=bar.update)
        out.flush()


def _standard_output(wrapper: Any) -> Output:
    """The bytes behind standard output: the lines are UTF-8, whatever the terminal's encoding."""
    stream = getattr(wrapper, "_out", wrapper)
    found: Output = getattr(stream, "buffer", None) or _Text(stream)
    return found


class _Text:
    """A stream of text that takes UTF-8 bytes."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, data: bytes) -> int:
        """Writes whole lines."""
        self._stream.write(data.decode())
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""
