"""The address of a translated page, and of the pages below it."""

from __future__ import annotations

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page
from wagtail_localize.models import SegmentOverride, Translation, TranslationContext

from cms.pages.models import ContentPage, PublishedDocument
from cms.pages.verification import verify_documents
from cms.plugins.section.models import SectionPage
from tests.fixtures.portal import Portal, publish
from tests.translation.languages import begin, submit, translate


@pytest.fixture
def english(portal: Portal) -> Locale:
    return begin(portal, "en")[0]


def published(translation: Translation) -> ContentPage:
    """The translated page, published."""
    translation.save_target(publish=False)
    page = translation.get_target_instance().specific
    page.save_revision().publish()
    fresh: ContentPage = type(page).objects.get(pk=page.pk)
    return fresh


def _choose_slug(page: Page, locale: Locale, slug: str) -> None:
    context = TranslationContext.objects.get(object_id=page.translation_key, path="slug")
    SegmentOverride.objects.create(locale=locale, context=context, data_json=f'"{slug}"')


def test_address_follows_the_title_until_it_is_public(portal: Portal, english: Locale) -> None:
    page = portal.article("Hội nghị tổng kết")
    translation = submit(page, english)
    target = translation.get_target_instance()
    assert target.slug == "hoi-nghi-tong-ket"
    translate(translation, "Hội nghị tổng kết", words="The Đại hội")
    translation.save_target(publish=True)
    target.refresh_from_db()
    assert target.slug == "the-dai-hoi-hoi-nghi-tong-ket"
    target = Page.objects.get(pk=target.pk).specific
    target.save_revision().publish()
    translate(translation, words="Another")
    translation.save_target(publish=True)
    target.refresh_from_db()
    assert target.title.startswith("Another")
    assert target.slug == "the-dai-hoi-hoi-nghi-tong-ket"


@pytest.mark.parametrize("chosen", [False, True], ids=["title", "chosen"])
def test_pages_below_a_draft_follow_its_address(
    portal: Portal, english: Locale, chosen: bool
) -> None:
    section = publish(portal.news, SectionPage(title="Sự kiện"))
    page = portal.article("Hội nghị", parent=section)
    above = submit(section, english)
    target = published(submit(page, english))
    old = PublishedDocument.objects.get(pk=target.pk).path
    assert old.endswith("/su-kien/hoi-nghi/")
    if chosen:
        _choose_slug(section, english, "the-su-kien")
    translate(above, words="The")
    above.save_target(publish=False)
    english_section = above.get_target_instance()
    assert english_section.slug == "the-su-kien"
    assert not english_section.live
    target.refresh_from_db()
    assert target.url_path == f"{english_section.url_path}hoi-nghi/"
    new = PublishedDocument.objects.get(pk=target.pk).path
    assert new.endswith("/the-su-kien/hoi-nghi/")
    assert Redirect.objects.get(old_path=old.rstrip("/")).redirect_page_id == target.pk
    assert not list(verify_documents())


def test_pages_below_stay_where_they_are_when_a_public_section_is_saved(
    portal: Portal, english: Locale
) -> None:
    section = publish(portal.news, SectionPage(title="Sự kiện"))
    page = portal.article("Hội nghị", parent=section)
    above = submit(section, english)
    published(above)
    target = published(submit(page, english))
    before = target.url_path
    section.slug = "su-kien-moi"
    section.save_revision().publish()
    above.source.update_from_db()
    translate(above, words="The")
    above.save_target(publish=True)
    target.refresh_from_db()
    parent = above.get_target_instance()
    assert parent.slug == "su-kien"
    assert target.url_path == before == f"{parent.url_path}hoi-nghi/"
    assert not list(verify_documents())


def test_address_that_a_translator_chose(portal: Portal, english: Locale) -> None:
    page = portal.article("Hội nghị")
    translation = submit(page, english)
    _choose_slug(page, english, "meeting")
    translate(translation)
    translation.save_target(publish=False)
    assert translation.get_target_instance().slug == "meeting"
