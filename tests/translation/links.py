"""Pages that lead to pages, and where their links go."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import orjson
from wagtail.models import Page

from cms.pages.models import ContentPage, PublishedDocument
from cms.plugins.article.models import ArticlePage, RelatedPage
from tests.factories import block
from tests.fixtures.portal import read

__all__ = ["Linked", "fresh", "led_to", "linking", "public_path", "targets", "unpublish"]


@dataclass(frozen=True, slots=True)
class Linked:
    """A Vietnamese page that others lead to, and an English page that leads to it."""

    chosen: ArticlePage
    english: ArticlePage
    """What the chosen page is in English."""
    host: ArticlePage


def linking(*chosen: Page) -> dict[str, Any]:
    """Fields of an article that leads to these pages in each way there is."""
    links = "".join(f'<a linktype="page" id="{page.pk}">trang</a>' for page in chosen)
    return {
        "body": [
            block("paragraph", f"<p>{links}</p>"),
            block("page_cards", {"title": "", "pages": [page.pk for page in chosen]}),
        ],
        "related_pages": [RelatedPage(target=page) for page in chosen],
    }


def led_to(page: Page) -> str:
    """The path to which every link of the page's document leads; empty where it leads nowhere."""
    body = orjson.loads(read(pk=page.pk).body)
    paragraph, cards = (one["value"] for one in body["body"])
    led = [card["path"] for card in (*cards["pages"], *targets(body))]
    led += re.findall('href="(.+?)"', paragraph)
    assert len(led) in (0, 3)
    (path,) = set(led) or {""}
    return str(path)


def targets(body: Any) -> list[Any]:
    """The related pages in a document."""
    return [row["target"] for row in body["related_pages"]]


def public_path(page: Page) -> str:
    """Where readers find the page."""
    return PublishedDocument.objects.get(pk=page.pk).path


def fresh(page: ContentPage) -> Any:
    """The page as it stands in the database now."""
    return type(page).objects.get(pk=page.pk)


def unpublish(page: ContentPage) -> None:
    """Takes the page away from readers."""
    fresh(page).unpublish()
