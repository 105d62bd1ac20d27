"""Pages and whole sections are submitted and synced, in a number of queries that stays."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.pages.models import TranslationState
from cms.plugins.article.models import ArticlePage
from cms.plugins.section.models import SectionPage
from cms.translation.syncing.submitting import section_of, submit, sync
from tests.fixtures.portal import Portal, publish
from tests.translation.languages import begin, shown, state, translate
from tests.translation.test_extraction import paragraphs

Status = TranslationState.Status


@pytest.fixture
def english(portal: Portal) -> Locale:
    return begin(portal, "en")[0]


def test_section_is_submitted_with_all_below_it(portal: Portal, english: Locale) -> None:
    section = publish(portal.news, SectionPage(title="Sự kiện"))
    pages = [portal.article(f"Bài {number}", parent=section) for number in range(3)]
    seen: list[tuple[int, int]] = []
    outcome = submit(
        section_of(section), [english], progress=lambda done, of: seen.append((done, of))
    )
    assert outcome.done == [section.pk, *(page.pk for page in pages)]
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    target = Page.objects.get(translation_key=section.translation_key, locale=english)
    assert {page.slug for page in target.get_children()} == {page.slug for page in pages}
    assert state(pages[0]).managed
    again = submit(section_of(section), [english])
    assert (again.done, len(again.unchanged)) == ([], 4)


def test_submitted_page_is_a_draft(portal: Portal, english: Locale) -> None:
    page = portal.article("Bài")
    submit([page.pk], [english])
    assert not Page.objects.get(translation_key=page.translation_key, locale=english).live


def test_page_that_is_gone_takes_no_other_with_it(portal: Portal, english: Locale) -> None:
    gone, page = portal.article("Một"), portal.article("Hai")
    gone_id = gone.pk
    gone.delete()
    outcome = submit([gone_id, page.pk], [english])
    assert list(outcome.failed) == [gone_id]
    assert outcome.done == [page.pk]


def test_page_that_was_never_submitted_cannot_be_synced(portal: Portal) -> None:
    page = portal.article("Bài")
    assert list(sync([page.pk]).failed) == [page.pk]


def test_sync_takes_over_what_changed(portal: Portal, english: Locale) -> None:
    page = portal.article("Bài", lead="Mở đầu")
    submit([page.pk], [english])
    translation = Translation.objects.get(source__object_id=page.translation_key)
    translate(translation)
    page = ArticlePage.objects.get(pk=page.pk)
    page.lead = "Mở đầu khác"
    page.save_revision().publish()
    assert state(page).outdated_since is not None
    assert sync([page.pk]).done == [page.pk]
    assert shown(translation)["Mở đầu khác"] == "EN Mở đầu"
    assert (state(page).status, state(page).outdated_since) == (Status.REVIEW, None)


def test_republished_without_a_change_is_in_step_again(portal: Portal, english: Locale) -> None:
    page = portal.article("Bài", body=paragraphs(2))
    submit([page.pk], [english])
    ArticlePage.objects.get(pk=page.pk).save_revision().publish()
    assert sync([page.pk]).unchanged == [page.pk]
    page.refresh_from_db()
    row = state(page)
    assert (row.outdated_since, row.source_revision) == (None, page.live_revision_id)


def test_queries_of_a_page_do_not_grow_with_its_segments(
    portal: Portal, english: Locale, django_capture_on_commit_callbacks: Any
) -> None:
    def cost(number: int) -> tuple[int, int]:
        page = portal.article(f"Bài {number}", body=paragraphs(number, f"Đoạn {number}"))
        with CaptureQueriesContext(connection) as submitting:
            submit([page.pk], [english])
        page = ArticlePage.objects.get(pk=page.pk)
        page.body = paragraphs(number, f"Khác {number}")
        page.save_revision().publish()
        with CaptureQueriesContext(connection) as syncing:
            sync([page.pk])
        return len(submitting), len(syncing)

    cost(1)
    few, many = cost(3), cost(60)
    assert many == few
    assert many[0] < 200, many
    assert many[1] < 70, many


def test_queries_of_a_section_grow_with_its_pages_alone(portal: Portal, english: Locale) -> None:
    def cost(number: int) -> float:
        section = publish(portal.news, SectionPage(title=f"Mục {number}"))
        for index in range(number):
            portal.article(f"Bài {number}-{index}", parent=section, body=paragraphs(5))
        with CaptureQueriesContext(connection) as queries:
            submit(section_of(section), [english])
        return len(queries) / (number + 1)

    cost(1)
    assert cost(12) <= cost(3) * 1.1


def test_texts_that_look_like_a_list_are_compared_as_texts(portal: Portal, english: Locale) -> None:
    page = portal.article("[Thông báo] Nghỉ lễ")
    submit([page.pk], [english])
    assert sync([page.pk]).unchanged == [page.pk]
