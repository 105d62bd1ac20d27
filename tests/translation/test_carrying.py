"""Translations go along when their source text changes, moves or comes back."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from cms.pages.models import TranslationState
from cms.plugins.article.models import ArticlePage
from cms.translation.models import SegmentReview
from tests.fixtures.portal import Portal
from tests.translation.languages import begin, shown, state, submit, translate

Status = TranslationState.Status
PARAGRAPHS = "<p>Một con đường dài</p><p>Hai bên là lúa</p><p>Ba người cùng đi</p>"


@pytest.fixture
def english(portal: Portal) -> Locale:
    return begin(portal, "en")[0]


@pytest.fixture
def article(portal: Portal) -> ArticlePage:
    body = [
        {"type": "paragraph", "id": "11111111-1111-4111-8111-111111111111", "value": PARAGRAPHS},
        {
            "type": "heading",
            "id": "22222222-2222-4222-8222-222222222222",
            "value": {"text": "Mục tiêu", "level": "2"},
        },
    ]
    return portal.article("Bài", lead="Mở đầu", body=body)


@pytest.fixture
def translation(article: ArticlePage, english: Locale) -> Translation:
    done = submit(article, english)
    translate(done)
    return done


def change(article: ArticlePage, translation: Translation, **fields: Any) -> dict[str, str | None]:
    """Publishes the source with other fields and syncs; what the translation shows then."""
    page = ArticlePage.objects.get(pk=article.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    source = translation.source
    source.refresh_from_db()
    source.update_from_db()
    return shown(translation)


def body(article: ArticlePage) -> list[dict[str, Any]]:
    return [dict(block) for block in article.body.raw_data]


def reviews() -> dict[str, str]:
    """The text before, by the text now."""
    rows = SegmentReview.objects.select_related("translation__translation_of")
    return {row.translation.translation_of.data: row.previous for row in rows}


def test_changed_field_keeps_its_translation_to_be_reviewed(
    article: ArticlePage, translation: Translation
) -> None:
    now = change(article, translation, lead="Mở đầu khác")
    assert now["Mở đầu khác"] == "EN Mở đầu"
    assert reviews() == {"Mở đầu khác": "Mở đầu"}
    row = state(article)
    assert (row.status, row.needs_review, row.percent) == (Status.REVIEW, 1, 100)


def test_changed_paragraph_keeps_its_own_translation(
    article: ArticlePage, translation: Translation
) -> None:
    blocks = body(article)
    blocks[0]["value"] = PARAGRAPHS.replace("Hai bên là lúa", "Hai bên là lúa chín")
    now = change(article, translation, body=blocks)
    assert now["Hai bên là lúa chín"] == "EN Hai bên là lúa"
    assert now["Một con đường dài"] == "EN Một con đường dài"
    assert reviews() == {"Hai bên là lúa chín": "Hai bên là lúa"}


def test_new_paragraph_takes_no_other_ones_translation(
    article: ArticlePage, translation: Translation
) -> None:
    blocks = body(article)
    blocks[0]["value"] = PARAGRAPHS.replace("<p>Hai", "<p>Xen vào giữa</p><p>Hai")
    now = change(article, translation, body=blocks)
    assert now["Xen vào giữa"] is None
    assert now["Hai bên là lúa"] == "EN Hai bên là lúa"
    assert state(article).status == Status.PARTIAL


def test_block_made_anew_keeps_what_is_the_same_in_it(
    article: ArticlePage, translation: Translation
) -> None:
    blocks = body(article)
    for number, block in enumerate(blocks):
        block["id"] = f"33333333-3333-4333-8333-33333333333{number}"
    blocks[1]["value"] = {"text": "Mục tiêu chung", "level": "2"}
    now = change(article, translation, body=blocks)
    assert now["Ba người cùng đi"] == "EN Ba người cùng đi"
    assert now["Mục tiêu chung"] == "EN Mục tiêu"
    assert reviews() == {"Mục tiêu chung": "Mục tiêu"}


def test_text_that_comes_back_needs_no_review(
    article: ArticlePage, translation: Translation
) -> None:
    change(article, translation, lead="Mở đầu khác")
    assert change(article, translation, lead="Mở đầu")["Mở đầu"] == "EN Mở đầu"
    assert state(article).status == Status.COMPLETE


def test_second_change_is_compared_with_what_was_translated_last(
    article: ArticlePage, translation: Translation
) -> None:
    change(article, translation, lead="Mở đầu hai")
    change(article, translation, lead="Mở đầu ba")
    assert reviews()["Mở đầu ba"] == "Mở đầu"


def test_saving_a_translation_settles_its_review(
    article: ArticlePage, translation: Translation
) -> None:
    change(article, translation, lead="Mở đầu khác")
    carried = StringTranslation.objects.get(translation_of__data="Mở đầu khác")
    carried.save()
    assert not SegmentReview.objects.exists()
    assert state(article).status == Status.COMPLETE


def test_who_translated_goes_along(article: ArticlePage, translation: Translation) -> None:
    translate(translation, "Mở đầu", machine=True)
    change(article, translation, lead="Mở đầu khác")
    carried = StringTranslation.objects.get(translation_of__data="Mở đầu khác")
    assert carried.translation_type == "machine"
    assert state(article).machine == 1


def test_published_translation_shows_carried_text(
    article: ArticlePage, translation: Translation
) -> None:
    change(article, translation, lead="Mở đầu khác")
    translation.save_target(publish=False)
    page = translation.get_target_instance().get_latest_revision_as_object()
    assert page.lead == "EN Mở đầu"


def test_every_locale_keeps_its_own(
    portal: Portal, article: ArticlePage, translation: Translation
) -> None:
    french = submit(article, begin(portal, "fr")[0])
    translate(french, words="FR")
    change(article, translation, lead="Mở đầu khác")
    assert shown(french)["Mở đầu khác"] == "FR Mở đầu"
    assert state(article, "fr").status == Status.REVIEW


def test_stopped_translation_keeps_its_texts_as_well(
    portal: Portal, article: ArticlePage, translation: Translation
) -> None:
    french = submit(article, begin(portal, "fr")[0])
    translation.enabled = False
    translation.save()
    change(article, french, lead="Mở đầu khác")
    assert shown(translation)["Mở đầu khác"] == "EN Mở đầu"
