"""The states of translations follow what happens to pages and segments."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation
from wagtail_localize.operations import translate_object

from cms.changes.models import Change
from cms.pages.models import PublishedDocument, TranslationState
from cms.pages.translation_states import load_states, states_of_translations
from cms.translation.syncing.state import refresh_groups, refresh_state, together
from cms.translation.syncing.submitting import sync
from tests.fixtures.portal import Portal
from tests.translation.languages import begin, state, submit, translate

Status = TranslationState.Status


@pytest.fixture
def english(portal: Portal) -> Locale:
    return begin(portal, "en")[0]


def test_page_that_nobody_translates_is_missing(portal: Portal) -> None:
    row = state(portal.article("Bài"))
    assert (row.status, row.translation, row.percent, row.managed) == (
        Status.MISSING, None, 0, False,
    )  # fmt: skip


def test_percent_follows_each_segment(portal: Portal, english: Locale) -> None:
    page = portal.article("Bài", lead="Mở đầu")
    translation = submit(page, english)
    assert (state(page).status, state(page).percent) == (Status.MISSING, 0)
    translate(translation, "Bài", machine=True)
    row = state(page)
    assert row.status == Status.PARTIAL
    assert (row.translated, row.machine) == (1, 1)
    assert row.percent == 100 // row.segments
    translate(translation)
    row = state(page)
    assert (row.status, row.percent, row.machine) == (Status.COMPLETE, 100, 0)
    StringTranslation.objects.filter(context__path="title", locale=english).first().delete()
    assert state(page).status == Status.PARTIAL


def test_text_with_an_error_is_not_translated(portal: Portal, english: Locale) -> None:
    page = portal.article("Bài")
    translation = submit(page, english)
    translate(translation)
    broken = StringTranslation.objects.get(context__path="title", data="EN Bài")
    broken.data = "<script>x</script>"
    broken.save()
    assert state(page).status != Status.COMPLETE


def test_translation_emptied_in_one_language_is_none_in_no_other(
    portal: Portal, english: Locale
) -> None:
    [french] = begin(portal, "fr")
    page = portal.article("Bài")
    for translation in (submit(page, english), submit(page, french)):
        translate(translation)
    StringTranslation.objects.filter(locale=french).update(data="")
    refresh_state(page.pk)
    assert state(page, "en").status == Status.COMPLETE
    assert state(page, "fr").status == Status.MISSING


def test_publishing_the_source_makes_translations_outdated_until_synced(
    portal: Portal, english: Locale
) -> None:
    page = portal.article("Bài")
    translation = submit(page, english)
    synced = state(page)
    assert synced.outdated_since is None
    assert synced.source_revision == page.live_revision_id
    page.title = "Bài mới"
    page.save_revision()
    assert state(page).outdated_since is None  # a draft is nobody's business
    page.save_revision().publish()
    outdated = state(page)
    first = outdated.outdated_since
    assert first is not None
    assert outdated.source_revision == synced.source_revision
    page.save_revision().publish()
    assert state(page).outdated_since == first
    translation.source.refresh_from_db()
    translation.source.update_from_db()
    page.refresh_from_db()
    row = state(page)
    assert (row.outdated_since, row.source_revision) == (None, page.live_revision_id)


def test_translation_is_published_and_unpublished(portal: Portal, english: Locale) -> None:
    page = portal.article("Bài")
    translation = submit(page, english)
    target = translation.get_target_instance()
    translation.save_target(publish=True)
    assert state(page).translation_id == target.pk
    Page.objects.get(pk=target.pk).unpublish()
    assert not state(page).published
    Page.objects.get(pk=target.pk).specific.save_revision().publish()
    assert state(page).published


def test_deleted_translation_is_missing_and_its_texts_serve_again(
    portal: Portal, english: Locale
) -> None:
    page = portal.article("Bài")
    translation = submit(page, english)
    translate(translation)
    translation.get_target_instance().delete()
    row = state(page)
    assert (row.status, row.translation_id, row.managed) == (Status.MISSING, None, False)
    submit(page, english)
    assert state(page).status == Status.COMPLETE


def test_deleted_source_leaves_no_state_and_keeps_the_translation(
    portal: Portal, english: Locale
) -> None:
    page = portal.article("Bài")
    target = submit(page, english).get_target_instance()
    page.delete()
    assert not TranslationState.objects.filter(source_id=page.pk).exists()
    assert Page.objects.filter(pk=target.pk).exists()


def test_page_written_by_hand_is_complete_and_may_fall_behind(portal: Portal) -> None:
    page = portal.article("Bài")
    other = portal.article("Article")
    other.locale = Locale.objects.get(language_code="en")
    other.translation_key = page.translation_key
    other.save()
    row = state(page)
    assert (row.status, row.percent, row.managed) == (Status.COMPLETE, 100, False)
    assert row.translation_id == other.pk
    page.save_revision().publish()
    assert state(page).outdated_since is not None


def test_locale_that_comes_and_goes(portal: Portal) -> None:
    page = portal.article("Bài")
    french = Locale.objects.create(language_code="fr")
    assert state(page, "fr").status == Status.MISSING
    french.delete()
    assert (page.pk, "fr") not in load_states([page.pk])


def test_translation_of_a_translation_has_it_as_its_source(portal: Portal, english: Locale) -> None:
    french = Locale.objects.create(language_code="fr")
    page = portal.article("Bài")
    target = submit(page, english).get_target_instance()
    translate_object(Page.objects.get(pk=portal.home.pk), [french])
    translate_object(Page.objects.get(pk=portal.news.pk), [french])
    translate_object(target, [french])
    assert (page.pk, "fr") not in load_states([page.pk])
    assert state(target, "fr").managed


def test_state_that_went_wrong_is_mended_by_the_next_call(portal: Portal) -> None:
    page = portal.article("Bài")
    TranslationState.objects.update(status=Status.COMPLETE, percent=7)
    row = refresh_state(page.pk, "en")
    assert row is not None
    assert (row.status, row.percent) == (Status.MISSING, 0)


def test_document_of_a_public_translation_is_told_of(portal: Portal, english: Locale) -> None:
    page = portal.article("Bài")
    translation = submit(page, english)
    target = translation.get_target_instance()
    target.save_revision().publish()
    PublishedDocument.objects.update(stale=False)
    before = Change.objects.count()
    translate(translation, "Bài")
    assert PublishedDocument.objects.get(pk=target.pk).stale
    told = Change.objects.order_by("pk")[before:]
    assert {(entry.object_id, entry.reason) for entry in told} == {(target.pk, "update")}


def test_readers_need_one_query(portal: Portal, english: Locale) -> None:
    pages = [portal.article(f"Bài {number}") for number in range(5)]
    targets = [submit(page, english).get_target_instance().pk for page in pages]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(load_states([page.pk for page in pages], ["en"])) == 5
        assert set(states_of_translations(targets)) == set(targets)
    assert len(queries) == 2


def test_queries_do_not_grow_with_pages(portal: Portal, english: Locale) -> None:
    def cost(pages: list[Any]) -> int:
        TranslationState.objects.update(percent=3)
        with CaptureQueriesContext(connection) as queries:
            refresh_groups([page.translation_key for page in pages])
        return len(queries)

    pages: list[Any] = [portal.article(f"Bài {number}") for number in range(6)]
    for page in pages:
        translate(submit(page, english))
    assert cost(pages[:1]) == cost(pages)


def test_revision_is_the_one_that_was_synced_whatever_comes_after_it_at_once(
    portal: Portal, english: Locale
) -> None:
    page = portal.article("Bài")
    first = page.live_revision_id
    with together():
        translation = submit(page, english)
        page.title = "Bài mới"
        page.save_revision().publish()
    row = state(page)
    assert (row.source_revision, row.status) == (first, Status.MISSING)
    assert row.outdated_since is not None
    page.refresh_from_db()
    second = page.live_revision_id
    with together():
        translation.source.refresh_from_db()
        translation.source.update_from_db()
        page.save_revision().publish()
    page.refresh_from_db()
    row = state(page)
    assert row.source_revision == second != page.live_revision_id
    assert row.outdated_since == page.last_published_at


def test_same_text_in_a_newer_revision_is_in_step_after_a_sync(
    portal: Portal, english: Locale
) -> None:
    page = portal.article("Bài")
    submit(page, english)
    page.save_revision().publish()
    assert state(page).outdated_since is not None
    assert sync([page.pk]).unchanged == [page.pk]
    page.refresh_from_db()
    row = state(page)
    assert (row.source_revision, row.outdated_since) == (page.live_revision_id, None)


def test_together_refreshes_once(portal: Portal, english: Locale) -> None:
    page = portal.article("Bài", lead="Mở đầu")
    translation = submit(page, english)
    with together():
        translate(translation)
        assert state(page).status == Status.MISSING
    assert state(page).status == Status.COMPLETE
