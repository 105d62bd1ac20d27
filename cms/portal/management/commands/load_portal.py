"""``load_portal``: the demo portal, ready to read and to edit."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from cms.pages.transfer.quiet import quiet_wagtail
from cms.portal.content import CONTENT_FOLDER, BadContentError
from cms.portal.loading import PortalLoader


class Command(BaseCommand):
    """Makes what is missing; a second run changes nothing."""

    help = (
        "Loads the demo portal: images and files, shared records, pages, translations, site "
        "facts and menus. "
        "Only what is missing is made; what is there is left as it is, whoever changed it. What "
        "was deleted comes back."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--refresh",
            action="store_true",
            help="Also bring up to date what differs from the shipped content, save for what a "
            "person has ever edited in the admin.",
        )
        parser.add_argument(
            "--only-translations",
            action="store_true",
            help="Leave out all that is in the portal's own language.",
        )
        parser.add_argument(
            "--content", type=Path, default=CONTENT_FOLDER, help="Another folder of content."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        loader = PortalLoader(
            options["content"],
            refresh=options["refresh"],
            only_translations=options["only_translations"],
        )
        try:
            # disable=None: no bar where standard error is no terminal.
            with (
                quiet_wagtail(),
                tqdm(
                    total=loader.size(), unit="B", unit_scale=True, disable=None, file=sys.stderr
                ) as bar,
            ):
                loaded = loader.load(bar.update)
        except BadContentError as error:
            raise CommandError(str(error)) from error
        for source in loaded.kept:
            self.stdout.write(f"Left as a person has changed it: {source}")
        for problem in loaded.problems:
            self.stderr.write(problem)
        if loaded.tally.failed:
            raise CommandError(f"{loaded.tally}.")
        if not loaded.changed:
            self.stdout.write("The demo portal is loaded already; nothing was changed.")
        else:
            self.stdout.write(self.style.SUCCESS(f"The demo portal is loaded: {loaded.tally}."))
