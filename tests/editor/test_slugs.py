"""Slugs in the admin's forms: the browser's spelling is the server's."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

import pytest
from django.test import Client
from wagtail.admin.panels import get_edit_handler

from cms.editor.slugs import VIETNAMESE_FORMATTERS, VietnameseSlugInput
from cms.pages.models import Topic
from cms.plugins.article.models import ArticlePage
from cms.vietnamese.slugs import slugify
from tests.fixtures.portal import Portal

TITLES = [
    "Đại hội Đảng",
    "60/KH-LMHTX",
    "Về việc đổi mới phong trào thi đua “ba nhất” – giai đoạn 2026-2030",
    "Hội nghị trực tuyến: 4454/QĐ-BNN-VPĐP (bản ký số)",
    "ƯU TIÊN Ở XÃ ĐẶC BIỆT KHÓ KHĂN",
    "  Quỹ hỗ trợ\u00a0phát triển HTX…  ",
]


def as_typed(text: str) -> str:
    """What the field's formatters make of a text; the rest of its work is to lower the case."""
    for pattern, replacement in VIETNAMESE_FORMATTERS:
        text = re.sub(pattern, replacement, text)
    return text.lower()


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_browser_spells_as_the_server(title: str, form: Literal["NFC", "NFD"]) -> None:
    typed = unicodedata.normalize(form, title)  # macOS writes letters and marks apart
    assert as_typed(typed) == slugify(title)


@pytest.mark.django_db
def test_every_slug_of_the_admin_has_the_field() -> None:
    for model in (ArticlePage, Topic):
        form_class = get_edit_handler(model).get_form_class()
        assert isinstance(form_class.base_fields["slug"].widget, VietnameseSlugInput)


def test_a_page_copied_in_the_admin_has_it_too(admin_client: Client, portal: Portal) -> None:
    page = portal.article("Bài")
    answer = admin_client.get(f"/admin/pages/{page.pk}/copy/")
    assert "data-w-slug-formatters-value" in answer.content.decode()


def test_a_page_without_a_slug_gets_a_free_one(portal: Portal) -> None:
    first, second = portal.article("Đại hội Đảng"), portal.article("Đại hội Đảng")
    assert (first.slug, second.slug) == ("dai-hoi-dang", "dai-hoi-dang-2")
