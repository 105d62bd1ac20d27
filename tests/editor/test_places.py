"""Where pages may stand: what the admin offers, and what it says when a place is wrong."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import Settings
from wagtail.models import Page

from cms.plugins.article.models import ArticlePage
from cms.plugins.section.models import SectionPage
from tests.fixtures.portal import Portal, publish


@pytest.fixture
def documents_only(portal: Portal) -> SectionPage:
    """A section that takes official documents and nothing else (but sections)."""
    portal.texts.allowed_types = ["official_document"]
    portal.texts.save_revision().publish()
    section: SectionPage = SectionPage.objects.get(pk=portal.texts.pk)
    return section


def offered(client: Client, parent: Page) -> list[str]:
    """The types that "add a page below" offers, by their address."""
    answer = client.get(f"/admin/pages/{parent.pk}/add_subpage/", follow=True)
    chain = "".join(url for url, _status in answer.redirect_chain)
    return sorted(set(re.findall(r"/pages/add/(\w+/\w+)/", answer.content.decode() + chain)))


def test_only_what_the_section_allows_is_offered(
    admin_client: Client, portal: Portal, documents_only: SectionPage
) -> None:
    assert offered(admin_client, documents_only) == [
        "official_document/officialdocumentpage",
        "section/sectionpage",
    ]
    assert "article/articlepage" in offered(admin_client, portal.news)
    assert offered(admin_client, portal.home) == ["section/sectionpage"]


def test_a_disabled_plugins_type_is_not_offered(
    admin_client: Client, portal: Portal, settings: Settings
) -> None:
    settings.CMS_DISABLED_PLUGINS = ["article"]
    assert "article/articlepage" not in offered(admin_client, portal.news)


def test_the_form_for_a_wrong_place_is_refused(
    admin_client: Client, documents_only: SectionPage
) -> None:
    answer = admin_client.get(f"/admin/pages/add/article/articlepage/{documents_only.pk}/")
    assert answer.status_code in {302, 403}


def move(client: Client, page: Page, destination: Page) -> str:
    """Asks for a move and confirms it; returns what the page after it says."""
    url = f"/admin/pages/{page.pk}/move/{destination.pk}/confirm/"
    return client.post(url, follow=True).content.decode()


def test_a_wrong_place_is_refused_with_the_reason(
    admin_client: Client, portal: Portal, documents_only: SectionPage
) -> None:
    page = portal.article("Tin hội nghị")
    said = move(admin_client, page, documents_only)
    assert "“Tin hội nghị” thuộc loại “bài viết”, mà “Văn bản” không nhận loại này." in said
    assert "Ở đó chỉ đặt được: chuyên mục, văn bản." in said
    assert ArticlePage.objects.get(pk=page.pk).get_parent().pk == portal.news.pk


def test_a_page_without_children_says_so(admin_client: Client, portal: Portal) -> None:
    page, other = portal.article("Một"), portal.article("Hai")
    assert "“Hai” không chứa trang con." in move(admin_client, page, other)


def test_a_section_can_not_go_below_itself(admin_client: Client, portal: Portal) -> None:
    inner = publish(portal.news, SectionPage(title="Bên trong"))
    assert "Không thể chuyển “Tin tức” xuống dưới chính nó." in move(
        admin_client, portal.news, inner
    )


def test_a_right_place_is_taken(
    admin_client: Client, portal: Portal, documents_only: SectionPage
) -> None:
    page = portal.document()
    inner = publish(portal.news, SectionPage(title="Kế hoạch"))
    move(admin_client, page, inner)
    assert Page.objects.get(pk=page.pk).get_parent().pk == inner.pk
