"""A small portal for tests of publishing: a home page, two sections, pages made on demand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from wagtail.models import Locale, Page, Site

from cms.pages.models import ContentPage, PublishedDocument
from cms.plugins.article.models import ArticlePage
from cms.plugins.official_document.models import OfficialDocumentPage
from cms.plugins.section.models import HomePage, SectionPage

__all__ = ["Portal", "make_portal", "stored"]


@dataclass(frozen=True, slots=True)
class Portal:
    """The pages that every test starts from, all of them published."""

    home: HomePage
    news: SectionPage
    texts: SectionPage

    def article(
        self, title: str = "Bài", *, parent: Page | None = None, **fields: Any
    ) -> ArticlePage:
        """A published article, below the news unless said otherwise."""
        return publish(parent or self.news, ArticlePage(title=title, **fields))

    def draft(self, title: str = "Bản nháp", *, parent: Page | None = None) -> ArticlePage:
        """An article that was never published."""
        page = ArticlePage(title=title, live=False)
        (parent or self.news).add_child(instance=page)
        page.save_revision()
        return page

    def document(self, number: str = "60/KH-LMHTX", **fields: Any) -> OfficialDocumentPage:
        """A published plan."""
        values = {"issued_on": date(2026, 4, 21), "document_type": "KH", "abstract": "Trích yếu"}
        page = OfficialDocumentPage(
            title=f"Kế hoạch {number}", number=number, **{**values, **fields}
        )
        return publish(self.texts, page)


def make_portal() -> Portal:
    """Builds the portal in place of Wagtail's welcome page."""
    root = Page.objects.get(depth=1)
    Locale.objects.get_or_create(language_code="en")
    home = HomePage(title="Trang chủ", slug="trang-chu")
    root.add_child(instance=home)
    site = Site.objects.get(is_default_site=True)
    site.root_page = home
    site.save()
    Page.objects.filter(depth=2).exclude(pk=home.pk).delete()
    home = HomePage.objects.get(pk=home.pk)
    home.save_revision().publish()
    news = publish(home, SectionPage(title="Tin tức"))
    texts = publish(home, SectionPage(title="Văn bản"))
    return Portal(HomePage.objects.get(pk=home.pk), news, texts)


def publish[P: ContentPage](parent: Page, page: P) -> P:
    """Adds the page below ``parent`` and publishes it the way an editor does."""
    page.live = False
    Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
    page.save_revision().publish()
    fresh: P = type(page).objects.get(pk=page.pk)
    return fresh


def stored(page: Page) -> dict[str, Any]:
    """The stored document of a page; raises DoesNotExist where the public has none."""
    document: dict[str, Any] = orjson.loads(PublishedDocument.objects.get(pk=page.pk).body)
    return document
