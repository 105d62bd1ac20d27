"""``import_text``: makes a page of a real page's plain text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.pages.kinds import IntakeError
from cms.pages.text_import import ImportedText
from cms.pages.transfer.addresses import read_address
from cms.pages.transfer.outcome import Outcome
from cms.pages.transfer.quiet import quiet_wagtail
from cms.pages.transfer.texts import ImportedPage, import_text, text_importers

_SHOWN = 200
_DONE = {
    Outcome.CREATED: "created",
    Outcome.UPDATED: "updated",
    Outcome.DRAFTED: "a new draft",
    Outcome.UNCHANGED: "nothing to change",
}


class Command(BaseCommand):
    """Says what it found and what it left out, for a person to check."""

    help = (
        "Reads a web page's plain text: leaves out the site's menus, counters and footer, finds "
        "title, number, date, issuer, provisions and references, and makes a page of it. The page "
        "is a draft, for an editor to look at, unless --publish is given. Running it again brings "
        "the same page up to date."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="Plain text in UTF-8.")
        parser.add_argument("--type", required=True, help="official_document, article …")
        parser.add_argument(
            "--under", required=True, metavar="PATH", help="The page that it goes below."
        )
        state = parser.add_mutually_exclusive_group()
        state.add_argument("--publish", action="store_true", help="Publish it at once.")
        state.add_argument("--draft", action="store_true", help="Leave a draft (the default).")

    def handle(self, *args: Any, **options: Any) -> None:
        importers = text_importers()
        importer = importers.get(options["type"])
        if importer is None:
            known = ", ".join(sorted(importers))
            raise CommandError(f"No importer reads {options['type']!r}. There are: {known}.")
        try:
            text = options["file"].read_text(encoding="utf-8-sig")
        except FileNotFoundError as error:
            raise CommandError(f"There is no file {options['file']}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{options['file']} is not UTF-8: {error}.") from error
        try:
            under = read_address(options["under"])
            read = importer.read(text)
            with quiet_wagtail():
                page = import_text(options["type"], read, under, publish=options["publish"])
        except IntakeError as error:
            raise CommandError(str(error)) from error
        self._tell(read, page, publish=options["publish"])

    def _tell(self, read: ImportedText, page: ImportedPage, *, publish: bool) -> None:
        for label, value in read.found:
            self.stdout.write(f"found {label}: {_short(value)}")
        for left in read.left_out:
            self.stdout.write(f"left out ({left.reason}): {_short(left.text)}")
        for name in page.records:
            self.stdout.write(f"made the shared record {name}: look at it in the admin")
        state = "published" if publish else "not published: look at it in the admin"
        self.stdout.write(self.style.SUCCESS(f"{page.address}: {_DONE[page.outcome]}, {state}."))


def _short(text: str) -> str:
    joined = " | ".join(line for line in text.splitlines() if line)
    return joined if len(joined) <= _SHOWN else f"{joined[: _SHOWN - 1]}…"
