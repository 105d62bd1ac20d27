"""Fill the soaked site: ``python -m benchmarks.searching.soaking.load COUNT IDS_FILE``."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.db import transaction

from benchmarks.load_ours import build, make_portal
from benchmarks.loading import run_loader
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


class _Sections:
    """Published sections below the home page, made when they are first asked for."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, ...], Any] = {(): make_portal().get_parent()}

    def at(self, place: tuple[str, ...]) -> Any:
        """The section at the place: slugs, the outermost first."""
        from cms.plugins.section.models import SectionPage

        if place not in self._found:
            section = SectionPage(title=f"Mục {place[-1]}", slug=place[-1])
            self.at(place[:-1]).add_child(instance=section)
            section.save_revision().publish()
            self._found[place] = SectionPage.objects.get(pk=section.pk)
        return self._found[place]


@transaction.atomic
def load(count: int, ids_file: Path) -> None:
    """So many published pages, and their documents."""
    from benchmarks.bulk import insert_pages, write_ids
    from cms.pages.subtree import sync_below

    sections = _Sections()
    for editor in range(news.EDITORS):
        for shelf in news.shelves(editor):
            sections.at((shelf,))
    pages = [_page(index, count) for index in range(count)]
    by_place = defaultdict(list)
    for index, page in enumerate(pages):
        by_place[news.place_of(index)].append(page)
    for place, below in by_place.items():
        insert_pages(sections.at(place), below)
        sync_below(sections.at(place))
    write_ids(ids_file, pages, [])
    build(pages)


if __name__ == "__main__":
    run_loader(load)
