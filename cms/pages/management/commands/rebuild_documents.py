"""``rebuild_documents``: builds published documents anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm
from wagtail.models import Page

from cms.pages.models import PublishedDocument
from cms.pages.publishing import rebuild, stale_documents, sync_page


class Command(BaseCommand):
    """Safe at any time: readers see the old document or the new one, and nothing is announced."""

    help = (
        "Rebuilds published documents: those that are stale, or with --all every one, including "
        "documents that are missing and without those that should not be."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="Every document, stale or not.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            live = Page.objects.filter(live=True).values_list("pk", flat=True)
            stored = PublishedDocument.objects.values_list("pk", flat=True)
            PublishedDocument.objects.update(stale=True)
            for page_id in self._progress(sorted({*live, *stored})):
                sync_page(page_id)
        stale = stale_documents()
        rebuilt = sum(rebuild(page_id) for page_id in self._progress(stale))
        self.stdout.write(self.style.SUCCESS(f"{rebuilt} documents rebuilt."))

    def _progress(self, ids: list[int]) -> Any:
        return tqdm(ids, unit="page", disable=not self.stderr.isatty(), file=self.stderr)
