"""What the dashboard counts, and what it says is next."""

from __future__ import annotations

from django.test import Client
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.pages.models import TranslationState
from cms.translation.dashboard.matrix import Cell, load_matrix
from cms.translation.dashboard.steps import Step, known_states
from cms.translation.roles.reach import Reach
from tests.fixtures.portal import Portal
from tests.translation.languages import (
    DASHBOARD,
    EVERYTHING,
    begin,
    edit,
    next_step,
    shown,
    submit,
    translate,
)


def publish(translation: Translation) -> None:
    """Publishes what is translated by now."""
    translation.save_target(publish=False)
    translation.get_target_instance().get_latest_revision().publish()


def cell(reach: Reach, section: Page, locale: str = "en") -> Cell | None:
    return load_matrix(reach).cells.get((section.path, locale))


class TestNextStep:
    def test_from_submitting_to_publishing(self, portal: Portal) -> None:
        (locale,) = begin(portal, "en")
        page = portal.article("Một")
        assert next_step(page) == (Step.SUBMIT, True)
        translation = submit(page, locale)
        assert next_step(page) == (Step.TRANSLATE, True)
        translate(translation)
        assert next_step(page) == (Step.PUBLISH, True)
        publish(translation)
        assert next_step(page) == (Step.NONE, False)

    def test_a_source_that_was_edited_is_synced_first(self, portal: Portal) -> None:
        (locale,) = begin(portal, "en")
        page = portal.article("Một")
        translation = submit(page, locale)
        translate(translation)
        publish(translation)
        edit(page, "Một và hai")
        assert next_step(page) == (Step.SYNC, True)
        translation.source.update_from_db()
        assert next_step(page) == (Step.REVIEW, True)
        translate(translation)
        assert next_step(page) == (Step.PUBLISH, True)
        publish(translation)
        assert next_step(page) == (Step.NONE, False)

    def test_words_that_readers_do_not_see_yet(self, portal: Portal) -> None:
        (locale,) = begin(portal, "en")
        page = portal.article("Một")
        translation = submit(page, locale)
        translate(translation)
        publish(translation)
        translate(translation, words="Better")
        assert "Better Một" in shown(translation).values()
        assert next_step(page) == (Step.PUBLISH, True)

    def test_a_draft_that_nobody_submitted_is_not_there(self, portal: Portal) -> None:
        begin(portal, "en")
        page = portal.draft()
        assert not known_states(EVERYTHING).filter(source=page).exists()

    def test_a_page_written_by_hand(self, portal: Portal) -> None:
        (locale,) = begin(portal, "en")
        page = portal.article("Một")
        translation = submit(page, locale)
        publish(translation)
        translation.enabled = False
        translation.save()
        assert next_step(page) == (Step.NONE, False)
        edit(page, "Hai")
        assert next_step(page) == (Step.REVISE, True)


class TestMatrix:
    def test_counts_pages_by_state(self, portal: Portal) -> None:
        (locale,) = begin(portal, "en")
        for title in ("Một", "Hai"):
            translate(submit(portal.article(title), locale))
        translate(submit(portal.article("Ba"), locale), machine=True)
        portal.article("Bốn")
        changed = portal.article("Năm")
        submit(changed, locale)
        edit(changed, "Sáu")
        found = cell(EVERYTHING, portal.news)
        assert found is not None
        # The section itself is one of them, submitted and not translated.
        assert found.pages == 6
        assert found.percent == 50
        assert found.states == {
            "missing": 3, "complete": 3, "machine": 1, "outdated": 1, "unpublished": 3,
        }  # fmt: skip
        assert found.steps == {"submit": 1, "publish": 3, "sync": 1, "translate": 1}

    def test_the_home_page_stands_for_itself(self, portal: Portal) -> None:
        begin(portal, "en")
        portal.article()
        found = cell(EVERYTHING, portal.home)
        assert found is not None
        assert found.pages == 1

    def test_two_languages(self, portal: Portal) -> None:
        begin(portal, "en", "fr")
        matrix = load_matrix(EVERYTHING)
        assert list(matrix.locales) == ["en", "fr"]
        assert [code for code, _ in matrix.totals()] == ["en", "fr"]

    def test_without_another_language(self, portal: Portal, admin_client: Client) -> None:
        TranslationState.objects.all().delete()
        assert "Chưa có gì để dịch" in admin_client.get(DASHBOARD).content.decode()
