"""A translation that left sync mode comes back with what was written by hand."""

from __future__ import annotations

from typing import Any, cast

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from cms.pages.models import TranslationState
from cms.plugins.article.models import ArticlePage
from cms.translation.models import MergeLeftover, SegmentReview
from cms.translation.syncing.submitting import submit as submit_pages
from cms.translation.syncing.submitting import sync
from tests.factories import make_image
from tests.fixtures.portal import Portal
from tests.translation.languages import begin, shown, state, submit, translate

Status = TranslationState.Status
FIRST, SECOND, ADDED = (f"{digit * 8}-1111-4111-8111-111111111111" for digit in "123")


@pytest.fixture
def english(portal: Portal) -> Locale:
    return begin(portal, "en")[0]


@pytest.fixture
def article(portal: Portal) -> ArticlePage:
    body = [
        {"type": "paragraph", "id": FIRST, "value": "<p>Một con đường</p><p>Hai bên lúa</p>"},
        {"type": "heading", "id": SECOND, "value": {"text": "Mục tiêu", "level": "2"}},
    ]
    return portal.article("Bài", lead="Mở đầu", source_name="Báo", image=make_image(), body=body)


@pytest.fixture
def translation(article: ArticlePage, english: Locale) -> Translation:
    """Translated but for one heading, saved, and stopped."""
    done = submit(article, english)
    translate(done, "Bài", "Mở đầu", "Một con đường", "Hai bên lúa")
    done.save_target(publish=False)
    done.enabled = False
    done.save(update_fields=["enabled"])
    return done


def write(translation: Translation, **fields: Any) -> ArticlePage:
    """Somebody writes on the translated page itself."""
    page = ArticlePage.objects.get(pk=translation.get_target_instance().pk)
    page = cast("ArticlePage", page.get_latest_revision_as_object())
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision()
    return page


def blocks(translation: Translation) -> list[dict[str, Any]]:
    page = translation.get_target_instance().get_latest_revision_as_object()
    return [dict(block) for block in page.body.raw_data]


def restart(translation: Translation) -> ArticlePage:
    """Back into sync mode, and saved: the moment at which everything used to be wiped."""
    translation.enabled = True
    translation.save(update_fields=["enabled"])
    translation.save_target(publish=False)
    page: ArticlePage = translation.get_target_instance().get_latest_revision_as_object()
    return page


def leftovers() -> list[tuple[str, str]]:
    return list(MergeLeftover.objects.values_list("before", "after"))


def test_texts_written_by_hand_stay(article: ArticlePage, translation: Translation) -> None:
    written = blocks(translation)
    written[0]["value"] = "<p>A long road</p><p>EN Hai bên lúa</p>"
    write(translation, lead="By hand", body=written)
    page = restart(translation)
    assert page.lead == "By hand"
    assert "A long road" in page.body[0].value.source
    assert shown(translation)["Một con đường"] == "A long road"
    assert leftovers() == []
    row = StringTranslation.objects.get(data="By hand")
    assert row.translation_type == "manual"


def test_text_that_was_never_translated_in_segments(
    article: ArticlePage, translation: Translation
) -> None:
    written = blocks(translation)
    written[1]["value"] = {"text": "Aim", "level": "2"}
    write(translation, body=written)
    assert restart(translation).body[1].value["text"] == "Aim"
    assert state(article).status == Status.COMPLETE


def test_source_that_has_changed_as_well_is_to_be_reviewed(
    portal: Portal, article: ArticlePage, translation: Translation
) -> None:
    french = begin(portal, "fr")[0]
    submit_pages([article.pk], [french])
    write(translation, lead="By hand")
    page = ArticlePage.objects.get(pk=article.pk)
    page.lead = "Mở đầu khác hẳn"
    page.save_revision().publish()
    sync([article.pk])  # for French; the English page is nobody's translation just now
    assert restart(translation).lead == "By hand"
    review = SegmentReview.objects.get(translation__locale=translation.target_locale)
    assert review.previous == "Mở đầu"
    assert state(article).needs_review == 1


def test_untranslated_text_written_by_hand_whose_source_has_changed(
    portal: Portal, article: ArticlePage, translation: Translation
) -> None:
    written = blocks(translation)
    written[1]["value"] = {"text": "Aim", "level": "2"}
    write(translation, body=written)
    page = ArticlePage.objects.get(pk=article.pk)
    body = [dict(block) for block in page.body.raw_data]
    body[1] = {**body[1], "value": {"text": "Mục tiêu chung", "level": "2"}}
    page.body = body
    page.save_revision().publish()
    sync([article.pk])
    assert restart(translation).body[1].value["text"] == "Aim"
    assert SegmentReview.objects.get().previous == "Mục tiêu"


def test_values_taken_over_become_overrides(article: ArticlePage, translation: Translation) -> None:
    other = make_image("Hai")
    write(translation, source_name="The paper", image=other)
    page = restart(translation)
    assert (page.source_name, page.image_id) == ("The paper", other.pk)
    assert SegmentOverride.objects.count() == 2


def test_what_has_no_place_is_kept(article: ArticlePage, translation: Translation) -> None:
    written = blocks(translation)
    added = {"type": "paragraph", "id": ADDED, "value": "<p>Only in English</p>"}
    write(translation, body=[written[0], added])
    restart(translation)
    assert sorted(leftovers()) == [("", "Only in English"), ("Mục tiêu", "")]


def test_merging_twice_changes_nothing_more(article: ArticlePage, translation: Translation) -> None:
    write(translation, lead="By hand")
    restart(translation)
    translation.enabled = False
    translation.save()
    write(translation, lead="By another hand")
    assert restart(translation).lead == "By another hand"
    assert leftovers() == []


def test_stopped_again_before_anything_was_saved(
    article: ArticlePage, translation: Translation
) -> None:
    write(translation, lead="By hand")
    for enabled in (True, False):
        translation.enabled = enabled
        translation.save()
    write(translation, lead="By another hand")
    assert restart(translation).lead == "By another hand"


def test_submitting_again_merges_too(
    article: ArticlePage, translation: Translation, english: Locale
) -> None:
    write(translation, lead="By hand")
    submit_pages([article.pk], [english])
    page = translation.get_target_instance().get_latest_revision_as_object()
    assert page.lead == "By hand"


def test_revision_that_is_gone(article: ArticlePage, translation: Translation) -> None:
    write(translation, lead="By hand")
    page = translation.get_target_instance()
    page.revisions.exclude(pk=page.latest_revision_id).delete()
    assert restart(translation).lead == "By hand"


def test_translated_page_that_is_gone(article: ArticlePage, translation: Translation) -> None:
    Page.objects.get(pk=translation.get_target_instance().pk).delete()
    assert restart(translation).lead == "EN Mở đầu"


def test_text_written_by_hand_over_one_that_was_never_saved(
    portal: Portal, article: ArticlePage, translation: Translation
) -> None:
    """The page still shows a source text that has been translated and changed since."""
    written = blocks(translation)
    written[1]["value"] = {"text": "Aim", "level": "2"}
    translation.enabled = True
    translation.save()
    translate(translation, "Mục tiêu")
    translation.enabled = False
    translation.save()
    change_heading(article, "Mục tiêu chung")
    write(translation, body=written)
    assert restart(translation).body[1].value["text"] == "Aim"
    assert SegmentReview.objects.get().previous == "Mục tiêu"
    assert leftovers() == []


def test_text_written_by_hand_while_somebody_else_translated_the_new_source_text(
    article: ArticlePage, translation: Translation
) -> None:
    change_heading(article, "Mục tiêu chung")
    translate(translation, "Mục tiêu chung")
    written = blocks(translation)
    written[1]["value"] = {"text": "Aim", "level": "2"}
    write(translation, body=written)
    assert restart(translation).body[1].value["text"] == "EN Mục tiêu chung"
    assert leftovers() == [("Mục tiêu", "Aim")]


def change_heading(article: ArticlePage, text: str) -> None:
    """The source changes and is synced."""
    page = ArticlePage.objects.get(pk=article.pk)
    body = [dict(block) for block in page.body.raw_data]
    body[1] = {**body[1], "value": {"text": text, "level": "2"}}
    page.body = body
    page.save_revision().publish()
    sync([article.pk])
