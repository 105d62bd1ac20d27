"""Pages that the public may not see, for each reason, and a public page that refers to them all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta

import time_machine
from django.test import override_settings
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from cms.delivery.models import Menu
from cms.pages.models import ContentPage
from cms.plugins.article.models import ArticlePage, RelatedPage
from cms.plugins.gallery.models import VideoPage
from cms.plugins.section.models import SectionPage
from cms.plugins.support.models import LegalBasis, SupportPage
from tests.factories import block, make_private, translate
from tests.fixtures.portal import Portal, publish

__all__ = ["CANARY", "Hidden", "hide_for_every_reason", "seen_by_the_public"]

CANARY = "Kimtuyen4711"
"""A word that stands in hidden pages only."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """The ids and paths of hidden pages by reason, and the public page that names them."""

    ids: dict[str, int]
    paths: dict[str, str]
    public: ContentPage


def _article(portal: Portal, slug: str, **fields: object) -> ArticlePage:
    body = [block("paragraph", f"<p>{CANARY}</p>")]
    return portal.article(f"{CANARY} {slug}", slug=slug, lead=CANARY, body=body, **fields)


def hide_for_every_reason(portal: Portal) -> Hidden:
    """Makes the pages; some of them were public before, under a path that gives nothing away."""
    later = timezone.now() + timedelta(days=1)
    pages: dict[str, ContentPage] = {"draft": portal.draft(f"{CANARY} nháp")}
    pages["scheduled"] = _article(portal, "hen-gio", go_live_at=later)
    pages["expired"] = _article(portal, "het-han", expire_at=timezone.now() + timedelta(hours=1))
    pages["disabled"] = publish(
        portal.news,
        VideoPage(title=f"{CANARY} phim", slug="phim", summary=CANARY, video_url="https://a.vn/1"),
    )
    for reason in ("unpublished", "private", "deleted"):
        pages[reason] = _article(portal, f"trang-{reason}")
    section = publish(portal.news, SectionPage(title=f"{CANARY} mục", slug="muc-kin"))
    pages["below private"] = _article(portal, "trong-muc-kin", parent=section)
    pages["private section"] = section
    pages["translation"] = translate(_article(portal, "ban-dich"), f"{CANARY} translated")
    public = _public_page(portal, pages)
    make_private(pages["private"])
    make_private(section)
    for reason in ("unpublished", "translation"):
        pages[reason].unpublish()
    original = ArticlePage.objects.get(slug="ban-dich", locale__language_code="vi")
    pages["original"] = original
    original.unpublish()
    ids = {reason: page.pk for reason, page in pages.items()}
    paths = {reason: f"/{page.url_path.split('/', 2)[2]}" for reason, page in pages.items()}
    pages["deleted"].delete()
    return Hidden(ids, paths, public)


def _public_page(portal: Portal, pages: dict[str, ContentPage]) -> ContentPage:
    """A page, a menu and redirects that lead to every one of them."""
    links = "".join(f'<a linktype="page" id="{page.pk}">liên kết</a> ' for page in pages.values())
    ids = [page.pk for page in pages.values()]
    page = portal.article(
        "Trang công khai",
        body=[
            block("paragraph", f"<p>{links}</p>"),
            block("page_cards", {"title": "", "pages": ids}),
            *(block("citation", {"document": pk, "number": "1/KH-LMHTX"}) for pk in ids),
        ],
        related_pages=[RelatedPage(target_id=pk) for pk in ids],
    )
    answer = SupportPage(
        title="Hỏi đáp", question="?", legal_basis=[LegalBasis(document_id=pk) for pk in ids]
    )
    publish(portal.news, answer)
    below = [block("link", {"title": f"{CANARY} dưới", "url": "https://a.vn/"})]
    entries = [
        block("page", {"page": pk, "title": "", "children": True, "items": below}) for pk in ids
    ]
    Menu.objects.create(title="Chính", handle="main", locale=Locale.get_default(), items=entries)
    for pk in ids:
        Redirect.add_redirect(f"/cu-{pk}/", pages_by_id(pages)[pk])
    Redirect.add_redirect("/vong-1/", "/vong-2/")
    Redirect.add_redirect("/vong-2/", "/vong-1/")
    return page


def pages_by_id(pages: dict[str, ContentPage]) -> dict[int, ContentPage]:
    """The pages by their ids."""
    return {page.pk: page for page in pages.values()}


@contextmanager
def seen_by_the_public() -> Iterator[None]:
    """The moment at which all of them are hidden: after the expiry, one type out of use."""
    with ExitStack() as stack:
        stack.enter_context(override_settings(CMS_DISABLED_PLUGINS=["gallery"]))
        stack.enter_context(time_machine.travel(timezone.now() + timedelta(hours=2), tick=False))
        yield
