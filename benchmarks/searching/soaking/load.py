"""Fill the soaked site: ``python -m benchmarks.searching.soaking.load COUNT IDS_FILE``."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import transaction

from benchmarks.load_ours import build, make_portal
from benchmarks.searching.soaking import news


def _page(index: int, count: int) -> Any:
    """A page with its text, none of it written yet."""
    from cms.plugins.article.models import ArticlePage

    paragraph = {"type": "paragraph", "value": news.body_of(index, count), "id": f"p{index}"}
    return ArticlePage(
        title=news.title_of(index),
        slug=news.slug_of(index),
        body=json.dumps([paragraph]),
        topics=[],
        related_pages=[],
        attachments=[],
    )


def _sections() -> dict[str, Any]:
    """The sections that pages are put into and moved to, by slug."""
    from cms.plugins.section.models import SectionPage

    home = make_portal().get_parent()
    found = {}
    for slug in (news.STEADY, *(slug for n in range(news.EDITORS) for slug in news.shelves(n))):
        section = SectionPage(title=f"Mục {slug}", slug=slug)
        home.add_child(instance=section)
        section.save_revision().publish()
        found[slug] = SectionPage.objects.get(pk=section.pk)
    return found


@transaction.atomic
def load(count: int, ids_file: Path) -> None:
    """So many published pages, and their documents."""
    from benchmarks.bulk import insert_pages, write_ids
    from cms.pages.subtree import sync_below

    sections = _sections()
    pages = [_page(index, count) for index in range(count)]
    by_section = defaultdict(list)
    for index, page in enumerate(pages):
        by_section[news.section_of(index)].append(page)
    for slug, below in by_section.items():
        insert_pages(sections[slug], below)
        sync_below(sections[slug])
    write_ids(ids_file, pages, [])
    build(pages)


def main() -> None:
    """Migrate an empty database and fill it."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    load(int(sys.argv[1]), Path(sys.argv[2]))


if __name__ == "__main__":
    main()
