"""``export_translations``: the texts of a page or a section for another translation tool."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Locale, Page

from cms.translation.exchange.formats import FORMATS
from cms.translation.exchange.sheets import make_bundle
from cms.translation.segments import translations_below


class Command(BaseCommand):
    """Writes one file, whatever the number of pages."""

    help = (
        "Writes the texts of a page and of all below it, with the translations that there are, to "
        "one file in XLIFF 1.2, XLIFF 2.0 or PO. Pages that were not submitted for translation "
        "into that locale are left out. import_translations takes the file back in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--page", type=int, required=True, help="The source page's number.")
        parser.add_argument("--locale", required=True, help="The locale to translate into: en.")
        parser.add_argument("--format", choices=FORMATS, default="xliff12")
        parser.add_argument(
            "--only-untranslated", action="store_true", help="Leave out what is translated."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        page = Page.objects.select_related("locale").filter(pk=options["page"]).first()
        if page is None:
            raise CommandError(f"There is no page {options['page']}.")
        locale = Locale.objects.filter(language_code=options["locale"]).first()
        if locale is None or locale == page.locale:
            others = Locale.objects.exclude(pk=page.locale_id)
            known = ", ".join(others.values_list("language_code", flat=True))
            raise CommandError(f"Not a locale to translate this page into. There are: {known}.")
        bundle = make_bundle(
            list(translations_below(page, locale)),
            page.locale.language_code,
            locale.language_code,
            only_untranslated=options["only_untranslated"],
        )
        if not bundle.sheets:
            raise CommandError("There is nothing to translate: no page was submitted, or all is.")
        try:
            options["file"].write_bytes(FORMATS[options["format"]].write(bundle))
        except OSError as error:
            raise CommandError(f"{options['file']} can't be written: {error.strerror}.") from error
        units = sum(len(sheet.units) for sheet in bundle.sheets)
        self.stdout.write(f"{len(bundle.sheets)} pages, {units} segments: {options['file']}")
