"""A whole section is submitted or synced from the dashboard."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cms.translation.dashboard.steps import Step
from tests.fixtures.portal import Portal
from tests.translation.languages import DASHBOARD, begin, edit, next_step, submit, translate
from tests.translation.roles import translator


class TestWholeSections:
    def run(self, client: Client, portal: Portal, what: str, **data: Any) -> Any:
        return client.post(f"{DASHBOARD}{portal.news.pk}/en/{what}/", data)

    def test_submits_what_nobody_has_begun(self, portal: Portal) -> None:
        begin(portal, "en")
        pages = [portal.article("Một"), portal.article("Hai")]
        client = translator(portal.news).client
        question = client.get(f"{DASHBOARD}{portal.news.pk}/en/submit/").content.decode()
        assert "2 trang sẽ được gửi dịch" in question
        assert self.run(client, portal, "submit").status_code == 302
        assert {next_step(page)[0] for page in pages} == {Step.TRANSLATE}
        assert (
            "không còn gì" in client.get(f"{DASHBOARD}{portal.news.pk}/en/submit/").content.decode()
        )

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
        assert admin_client.get(DASHBOARD + address.format(portal.news.pk)).status_code == 404
