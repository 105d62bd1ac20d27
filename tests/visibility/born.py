"""What was never public, not for a moment: no answer at all may have a word of it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page, Site

from cms.pages.models import ContentPage
from cms.plugins.article.models import ArticlePage
from cms.plugins.section.models import HomePage, SectionPage
from tests.factories import block, make_private
from tests.fixtures.portal import Portal, publish

__all__ = ["BORN_HIDDEN", "make_born_hidden"]

BORN_HIDDEN = "Kimsinh"
"""Stands in their texts and in their addresses."""


def _article(name: str) -> ArticlePage:
    word = f"{BORN_HIDDEN}-{name}"
    body = [block("paragraph", f"<p>{word}</p>")]
    return ArticlePage(title=word, slug=word.lower(), lead=word, seo_title=word, body=body)


def make_born_hidden(portal: Portal) -> list[ContentPage]:
    """A draft, drafts of public pages, a schedule, pages in a private section and another site."""
    draft = _article("nhap")
    draft.live = False
    Page.objects.get(pk=portal.news.pk).specific.add_child(instance=draft)
    draft.save_revision()
    public = portal.article("Trang có bản nháp")
    later = portal.article("Trang có bản hẹn giờ")
    for page in (public, later):
        page.title = page.lead = page.draft_title = f"{BORN_HIDDEN} sửa"
        page.slug = f"{BORN_HIDDEN.lower()}-sua-{page.pk}"
    public.save_revision()
    later.go_live_at = timezone.now() + timedelta(days=1)
    later.save_revision().publish()
    scheduled = _article("hen-gio")
    scheduled.go_live_at = timezone.now() + timedelta(days=1)
    publish(portal.news, scheduled)
    private = SectionPage(title=BORN_HIDDEN, slug=f"{BORN_HIDDEN.lower()}-muc", live=False)
    Page.objects.get(pk=portal.news.pk).specific.add_child(instance=private)
    make_private(private)
    private.save_revision().publish()
    within = publish(private, _article("trong-muc"))
    root = HomePage(title=BORN_HIDDEN, slug=BORN_HIDDEN.lower())
    Page.objects.get(depth=1).add_child(instance=root)
    Site.objects.create(hostname="kimsinh.example", root_page=root)
    elsewhere = publish(root, _article("noi-khac"))
    return [draft, scheduled, private, within, elsewhere]
