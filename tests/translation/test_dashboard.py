"""The translators' dashboard: what it lists, and for whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.translation.dashboard.matrix import load_matrix
from cms.translation.dashboard.steps import Step
from cms.translation.roles.reach import reach_of
from tests.fixtures.portal import Portal
from tests.translation.languages import DASHBOARD, begin, next_step, submit, translate
from tests.translation.roles import editor, translator


def table(client: Client, **query: Any) -> str:
    answer = client.get(f"{DASHBOARD}results/", query)
    assert answer.status_code == 200
    return str(answer.content.decode())


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
        for body in (table(client), client.get(DASHBOARD).content.decode()):
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
        assert client.get(DASHBOARD).status_code == 302
        person = translator(portal.news)
        person.user.groups.get().translator_roles.all().delete()
        assert person.client.get(DASHBOARD).status_code == 302
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

    def test_titles_are_in_vietnamese_order(self, portal: Portal, client: Client) -> None:
        titles = ["Bài Đổi mới", "Bài Kế hoạch", "Bài Khoa học", "Bài Văn hóa"]
        for title in reversed(titles):
            portal.article(title)
        for ordering, expected in (("title", titles), ("-title", titles[::-1])):
            page = table(client, locale="en", ordering=ordering)
            assert sorted(titles, key=page.index) == expected

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


@pytest.mark.parametrize("url", [DASHBOARD, "/admin/"])
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


def test_user_without_a_role_has_no_panel(portal: Portal, admin: User, client: Client) -> None:
    client.force_login(admin)
    assert "Bản dịch của bạn" not in client.get("/admin/").content.decode()
