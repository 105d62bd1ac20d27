"""Departures from the glossary: counted by page, and what keeps one from being published."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import Translation

from cms.translation.terms.report import count_findings, load_findings
from tests.translation.samples import Sample, bind, target_of, write_wording

pytestmark = pytest.mark.usefixtures("fresh_glossary")


class TestPublishing:
    """The glossary as a check of content."""

    def publish(self, client: Client, translation: Translation) -> str:
        url = f"/admin/pages/{target_of(translation).pk}/edit/"
        with TestCase.captureOnCommitCallbacks(execute=True):
            answer = client.post(url, {"action": "publish"}, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    def test_a_departure_is_told_of_and_does_not_hold_the_page_up(
        self, one: Translation, admin_client: Client
    ) -> None:
        write_wording(one, "Kế hoạch", "Scheme one")
        shown = self.publish(admin_client, one)
        assert "1 đoạn chưa theo bảng thuật ngữ. “kế hoạch” phải dịch là “plan”" in shown
        assert target_of(one).live

    def test_a_binding_term_does(self, one: Translation, admin_client: Client) -> None:
        bind("kế hoạch")
        write_wording(one, "Kế hoạch", "Scheme one")
        shown = self.publish(admin_client, one)
        assert "Chưa xuất bản: 1 đoạn không theo thuật ngữ bắt buộc" in shown
        assert not target_of(one).live
        write_wording(one, "Kế hoạch", "Plan one")
        assert "Chưa xuất bản" not in self.publish(admin_client, one)
        assert target_of(one).live

    def test_what_keeps_to_the_glossary_is_published_without_a_word(
        self, one: Translation, admin_client: Client
    ) -> None:
        assert "bảng thuật ngữ." not in self.publish(admin_client, one)
        assert target_of(one).specific.title == "Plan one"


def test_the_report_of_many_pages_takes_as_many_queries(sample: Sample) -> None:
    pages = [sample.article(f"Kế hoạch {n}") for n in range(4)]
    for page in pages[:3]:
        write_wording(page, "Kế hoạch", "Scheme")
    write_wording(pages[3], "Kế hoạch", "Plan")
    with CaptureQueriesContext(connection) as queries:
        found = load_findings(pages)
    assert len(queries) == 3  # segments, their translations, the glossary
    assert [len(found[page.pk]) for page in pages] == [1, 1, 1, 0]
    assert count_findings(pages)[pages[0].pk] == 1
    assert not found[pages[0].pk][0].is_enforced
