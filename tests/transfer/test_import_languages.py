"""Importing a portal's home pages, and what is translated."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Locale, Page, Site

from cms.pages.models import RecordTranslation
from cms.pages.transfer.outcome import Outcome
from tests.transfer.lines import HOME, load, read, row_counts

pytestmark = pytest.mark.django_db


def test_home_page_of_an_empty_database_replaces_the_welcome_page() -> None:
    result = load([HOME])
    assert result.said == []
    site = Site.objects.get(is_default_site=True)
    assert site.root_page.title == "Trang chủ"
    assert site.root_page.slug == "trang-chu"
    assert site.site_name == "Hợp Tác CMS"
    assert list(Page.objects.filter(depth=2)) == [site.root_page]
    assert read("/")["title"] == "Trang chủ"


def test_home_page_may_have_the_welcome_pages_slug() -> None:
    assert load([{**HOME, "slug": "home"}]).said == []
    assert Page.objects.get(depth=2).slug == "home"


def test_home_page_in_another_locale_is_the_translation_of_the_first(portal: None) -> None:
    result = load([{"type": "home", "path": "/en/", "locale": "en", "title": "Home"}])
    assert result.said == []
    assert Locale.objects.filter(language_code="en").exists()
    assert read("/en/")["translations"] == [{"locale": "vi", "path": "/", "title": "Trang chủ"}]


def test_english_home_may_stand_before_the_vietnamese_one() -> None:
    result = load([{"type": "home", "path": "/en/", "locale": "en", "title": "Home"}, HOME])
    assert result.said == []
    assert result.tally[Outcome.CREATED] == 2


def test_translations_find_each_other(portal: None) -> None:
    english: list[dict[str, Any]] = [
        {"type": "home", "path": "/en/", "locale": "en", "title": "Home"},
        {"type": "section", "path": "/en/news/", "locale": "en", "title": "News",
         "translations": [{"locale": "vi", "path": "/tin-tuc/"}]},
    ]  # fmt: skip
    assert load(english).said == []
    assert [t["path"] for t in read("/tin-tuc/")["translations"]] == ["/en/news/"]
    before = row_counts()
    assert load(english).tally[Outcome.UNCHANGED] == 2
    assert row_counts() == before


def test_texts_of_a_record_in_other_languages() -> None:
    line: dict[str, Any] = {"type": "topic", "slug": "thi-dua", "name": "Thi đua"}
    translated = {**line, "translations": {"en": {"name": "Emulation"}}}
    assert load([translated]).tally[Outcome.CREATED] == 1
    assert RecordTranslation.objects.get().text == "Emulation"
    assert load([translated]).tally[Outcome.UNCHANGED] == 1
    assert load([line]).tally[Outcome.UNCHANGED] == 1  # what is left out stays
    other = {**line, "translations": {"en": {"name": "Competition"}}}
    assert load([other]).tally[Outcome.UPDATED] == 1
    assert RecordTranslation.objects.get().text == "Competition"
