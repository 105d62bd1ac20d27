"""The translators' dashboard: what it counts, what is next, and for whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import Translation

from cms.pages.models import TranslationState
from cms.translation.dashboard.matrix import Cell, load_matrix
from cms.translation.dashboard.steps import Step, known_states, with_steps
from cms.translation.roles.reach import Reach, reach_of
from tests.fixtures.portal import Portal
from tests.translation.languages import begin, shown, submit, translate
from tests.translation.roles import editor, translator

URL = "/admin/translation-dashboard/"
ALL = Reach(everything=True)


def next_step(page: Page, reach: Reach = ALL, locale: str = "en") -> tuple[str, bool]:
    """The step, and whether it is the user's to take."""
    found: Any = with_steps(known_states(reach), reach).get(source=page, locale=locale)
    return Step.of(found.rank), found.mine


def publish(translation: Translation) -> None:
    """Publishes what is translated by now."""
    translation.save_target(publish=False)
    translation.get_target_instance().get_latest_revision().publish()


def cell(reach: Reach, section: Page, locale: str = "en") -> Cell | None:
    return load_matrix(reach).cells.get((section.path, locale))


def table(client: Client, **query: Any) -> str:
    answer = client.get(f"{URL}results/", query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def edit(page: Page, title: str) -> None:
    page.title = title
    page.save_revision().publish()


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
        assert not known_states(ALL).filter(source=page).exists()

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
        found = cell(ALL, portal.news)
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
        found = cell(ALL, portal.home)
        assert found is not None
        assert found.pages == 1

    def test_two_languages(self, portal: Portal) -> None:
        begin(portal, "en", "fr")
        matrix = load_matrix(ALL)
        assert list(matrix.locales) == ["en", "fr"]
        assert [code for code, _ in matrix.totals()] == ["en", "fr"]

    def test_without_another_language(self, portal: Portal, admin_client: Client) -> None:
        TranslationState.objects.all().delete()
        assert "Chưa có gì để dịch" in admin_client.get(URL).content.decode()


class TestWhoSeesWhat:
    def test_a_translator_sees_the_section_and_language_of_the_role(self, portal: Portal) -> None:
        begin(portal, "en", "fr")
        person = translator(portal.news)
        reach = reach_of(person.user)
        assert set(load_matrix(reach).cells) == {(portal.news.path, "en")}

    def test_private_pages_of_the_section_and_no_others(self, portal: Portal) -> None:
        begin(portal, "en")
        for section, title in ((portal.news, "Nội bộ của tin"), (portal.texts, "Nội bộ khác")):
            page = portal.article(title, parent=section)
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        client = translator(portal.news).client
        for body in (table(client), client.get(URL).content.decode()):
            assert "Nội bộ của tin" in body
            assert "Nội bộ khác" not in body

    def test_who_publishes(self, portal: Portal) -> None:
        (locale,) = begin(portal, "en")
        page = portal.article("Một")
        translate(submit(page, locale))
        without = reach_of(translator(portal.news).user)
        publishes = reach_of(translator(portal.news, publishes=True, name="xuất bản").user)
        assert next_step(page, without) == (Step.PUBLISH, False)
        assert next_step(page, publishes) == (Step.PUBLISH, True)

    def test_an_editor_of_the_source(self, portal: Portal) -> None:
        begin(portal, "en")
        page = portal.article("Một")
        submits = reach_of(editor(portal.news, submits=True, name="a").user)
        reads = reach_of(editor(portal.news, name="b").user)
        assert next_step(page, submits) == (Step.SUBMIT, True)
        assert next_step(page, reads) == (Step.SUBMIT, False)

    def test_others_are_sent_back(self, portal: Portal, client: Client) -> None:
        assert client.get(URL).status_code == 302
        person = translator(portal.news)
        person.user.groups.get().translator_roles.all().delete()
        assert person.client.get(URL).status_code == 302
        assert "Dịch thuật" not in person.client.get("/admin/").content.decode()


class TestList:
    @pytest.fixture
    def client(self, portal: Portal) -> Client:
        (locale,) = begin(portal, "en", "fr")[:1]
        translate(submit(portal.article("Bài đã dịch"), locale))
        portal.article("Bài chưa gửi")
        return translator(portal.news).client

    @pytest.mark.parametrize(
        ("query", "finds"),
        [
            ({"state": "missing"}, "Bài chưa gửi"),
            ({"step": "publish"}, "Bài đã dịch"),
            ({"state": "unpublished"}, "Bài đã dịch"),
            ({"step": "submit", "mine": "yes"}, "Bài chưa gửi"),
            ({"q": "chưa gửi"}, "Bài chưa gửi"),
        ],
    )
    def test_filters(self, client: Client, query: dict[str, str], finds: str) -> None:
        page = table(client, locale="en", **query)
        assert finds in page
        assert page.count("Bài ") == page.count(finds)

    def test_by_section(self, portal: Portal, client: Client) -> None:
        assert "Bài đã dịch" in table(client, section=portal.news.pk)

    def test_nothing_fits(self, client: Client) -> None:
        assert "Không có trang nào khớp" in table(client, state="outdated")

    @pytest.mark.parametrize(
        "query",
        [
            {"section": "0"}, {"locale": "xx"}, {"state": "x"}, {"p": "999"}, {"ordering": "x"},
            {"ordering": "-changed"}, {"ordering": "percent"}, {"mine": "\x00"},
        ],
    )  # fmt: skip
    def test_odd_requests(self, client: Client, query: dict[str, str]) -> None:
        table(client, **query)

    def test_says_who_acts(self, client: Client) -> None:
        page = table(client, step="submit")
        assert "Nhóm dich" in page
        assert "select_locale=en" in page

    def test_home_page_has_the_translator_s_own_work(self, client: Client) -> None:
        page = client.get("/admin/").content.decode()
        assert "Bản dịch của bạn" in page
        assert "Gửi dịch 1 trang chưa ai bắt đầu" in page


def queries(client: Client, url: str) -> int:
    client.get(url)  # fills what is kept for the process
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("url", [URL, "/admin/"])
def test_as_many_queries_for_few_pages_as_for_many(portal: Portal, url: str) -> None:
    (locale,) = begin(portal, "en")
    client = translator(portal.news, publishes=True).client
    translate(submit(portal.article("Đã dịch"), locale))
    submit(portal.article("Đang dịch"), locale)
    portal.article("Chưa gửi")
    few = queries(client, url)
    for number in range(20):
        submit(portal.article(f"Bài {number}"), locale)
        portal.article(f"Tin {number}")
    assert queries(client, url) == few
    assert few <= 40


class TestWholeSections:
    def run(self, client: Client, portal: Portal, what: str, **data: Any) -> Any:
        return client.post(f"{URL}{portal.news.pk}/en/{what}/", data)

    def test_submits_what_nobody_has_begun(self, portal: Portal) -> None:
        begin(portal, "en")
        pages = [portal.article("Một"), portal.article("Hai")]
        client = translator(portal.news).client
        question = client.get(f"{URL}{portal.news.pk}/en/submit/").content.decode()
        assert "2 trang sẽ được gửi dịch" in question
        assert self.run(client, portal, "submit").status_code == 302
        assert {next_step(page)[0] for page in pages} == {Step.TRANSLATE}
        assert "không còn gì" in client.get(f"{URL}{portal.news.pk}/en/submit/").content.decode()

    def test_syncs_what_was_edited(self, portal: Portal) -> None:
        (locale,) = begin(portal, "en")
        page = portal.article("Một")
        translate(submit(page, locale))
        edit(page, "Hai")
        client = translator(portal.news).client
        assert self.run(client, portal, "sync").status_code == 302
        assert next_step(page)[0] == Step.REVIEW

    def test_goes_on_until_all_is_done(
        self, portal: Portal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        begin(portal, "en")
        for title in ("Một", "Hai"):
            portal.article(title)
        monkeypatch.setattr("cms.translation.dashboard.running._SECONDS", -1)
        client = translator(portal.news).client
        page = self.run(client, portal, "submit").content.decode()
        assert "Đã xong 1 trên 2 trang." in page
        assert "data-goes-on" in page
        assert self.run(client, portal, "submit", done="1").status_code == 302

    def test_a_page_that_fails_is_named_and_not_tried_again(
        self, portal: Portal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from cms.translation.syncing.submitting import Outcome

        begin(portal, "en")
        bad = portal.article("Hỏng")
        monkeypatch.setattr(
            "cms.translation.dashboard.running.submit",
            lambda pages, *_: Outcome(failed=dict.fromkeys(pages, "Vì thế.")),
        )
        page = self.run(translator(portal.news).client, portal, "submit").content.decode()
        assert "Vì thế." in page
        assert f'name="failed" value="{bad.pk}"' in page
        assert "data-goes-on" not in page

    def test_of_another_section(self, portal: Portal) -> None:
        begin(portal, "en")
        page = portal.article("Một")
        client = translator(portal.texts).client
        assert self.run(client, portal, "submit").status_code == 302
        assert next_step(page)[0] == Step.SUBMIT

    def test_into_a_language_that_is_not_the_translator_s(self, portal: Portal) -> None:
        begin(portal, "en", "fr")
        page = portal.article("Một")
        client = translator(portal.news, "fr").client
        self.run(client, portal, "submit")
        assert next_step(page)[0] == Step.SUBMIT

    @pytest.mark.parametrize("address", ["999999/en/submit/", "{}/xx/submit/", "{}/en/other/"])
    def test_no_such_section(self, portal: Portal, admin_client: Client, address: str) -> None:
        assert admin_client.get(URL + address.format(portal.news.pk)).status_code == 404


def test_user_without_a_role_has_no_panel(portal: Portal, admin: User, client: Client) -> None:
    client.force_login(admin)
    assert "Bản dịch của bạn" not in client.get("/admin/").content.decode()
