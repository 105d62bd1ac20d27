"""What the panel beside the editor is told, and who is told it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupPagePermission
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from cms.plugins.official_document.models import OfficialDocumentPage
from cms.translation.terms.glossary import forget_glossaries
from tests.factories import make_private
from tests.fixtures.portal import stored
from tests.translation.samples import (
    Sample,
    article_of,
    bind,
    segment_of,
    submit,
    target_of,
    write_wording,
)

pytestmark = pytest.mark.usefixtures("fresh_glossary")


class TestLookingUp:
    """The suggestions and terms for a segment."""

    def ask(self, client: Client, segment: int | str, **values: str) -> Any:
        values = {"segment": str(segment), "locale": "en"} | values
        return client.get("/admin/translation/memory/", values)

    def test_suggestions_with_their_page_and_terms(
        self, sample: Sample, one: Translation, admin: User, admin_client: Client
    ) -> None:
        write_wording(one, "Kế hoạch", "Plan one", user=admin)
        segment = segment_of(sample.article("Kế hoạch hai"), "Kế hoạch hai")
        answer = self.ask(admin_client, segment.pk).json()
        (suggestion,) = answer["suggestions"]
        assert suggestion["wording"] == "Plan one"
        assert 70 <= suggestion["likeness"] < 100
        assert suggestion["difference"] == [
            {"kind": "same", "text": "Kế hoạch "},
            {"kind": "old", "text": "một"},
            {"kind": "new", "text": "hai"},
        ]
        assert suggestion["page"]["url"] == f"/admin/pages/{target_of(one).pk}/edit/"
        assert suggestion["whence"].startswith("admin · ")
        assert [term["target"] for term in answer["terms"]] == ["plan"]
        assert answer["said"] == "1 gợi ý, 1 thuật ngữ"

    def test_what_stands_in_the_field_already_is_not_offered(
        self, one: Translation, admin_client: Client
    ) -> None:
        assert self.ask(admin_client, segment_of(one, "Kế hoạch").pk).json()["suggestions"] == []

    def test_a_page_that_the_translator_may_not_read_offers_nothing(
        self, sample: Sample, one: Translation, outsider: Client
    ) -> None:
        make_private(article_of(one))
        other = sample.article("Kế hoạch một")
        group = Group.objects.get(name="Xem")
        change = Permission.objects.get(
            content_type__app_label="wagtailcore", codename="change_page"
        )
        GroupPagePermission.objects.create(group=group, page=target_of(other), permission=change)
        answer = self.ask(outsider, segment_of(other, "Kế hoạch").pk)
        assert answer.json()["suggestions"] == []

    @pytest.mark.parametrize("segment", ["0", "x", "", "9" * 30])
    def test_no_such_segment(self, one: Translation, admin_client: Client, segment: str) -> None:
        assert self.ask(admin_client, segment).status_code == 404

    def test_a_locale_that_it_is_not_translated_into(
        self, one: Translation, admin_client: Client
    ) -> None:
        segment = segment_of(one, "Kế hoạch")
        assert self.ask(admin_client, segment.pk, locale="fr").status_code == 404


class TestChecking:
    """A wording is checked while it is typed."""

    def problems(self, client: Client, segment: int, wording: str) -> list[tuple[str, bool]]:
        values = {"segment": str(segment), "locale": "en", "wording": wording}
        answer = client.post("/admin/translation/check/", values)
        assert answer.status_code == 200
        return [(one["kind"], one["binding"]) for one in answer.json()["problems"]]

    def test_terms_and_codes(self, one: Translation, admin_client: Client) -> None:
        title = segment_of(one, "Kế hoạch").pk
        assert self.problems(admin_client, title, "Scheme one") == [("missing", False)]
        assert self.problems(admin_client, title, "Plan one") == []
        assert self.problems(admin_client, title, "") == []
        assert self.problems(admin_client, title, "Plan <b>one</b>") == [("codes", True)]

    def test_a_binding_term(self, one: Translation, admin_client: Client) -> None:
        bind("kế hoạch")
        title = segment_of(one, "Kế hoạch").pk
        assert self.problems(admin_client, title, "Scheme one") == [("missing", True)]

    def test_a_segment_longer_than_an_address(self, one: Translation, admin_client: Client) -> None:
        wording = "Đoạn " * 3000
        kinds = self.problems(admin_client, segment_of(one, "Kế hoạch").pk, wording)
        assert kinds == [("missing", False)]


class TestMarks:
    """What stands beside each segment, and how the page stands."""

    def marks(self, client: Client, translation: Translation) -> Any:
        return client.get(f"/admin/translation/marks/{translation.pk}/").json()

    def test_what_a_machine_made_says_so(self, one: Translation, admin_client: Client) -> None:
        write_wording(one, "Kế hoạch", "Plan one", kind="machine", tool="DeepL")
        answer = self.marks(admin_client, one)
        key = str(segment_of(one, "Kế hoạch").pk)
        assert answer["segments"] == {key: [{"kind": "machine", "text": "Máy dịch: DeepL"}]}
        assert [line["text"] for line in answer["summary"]] == [
            "Đã dịch 1/2 đoạn",
            "1 đoạn do máy dịch",
        ]
        assert answer["warnings"] == 0

    def test_what_departs_from_the_glossary_says_so(
        self, one: Translation, admin_client: Client
    ) -> None:
        write_wording(one, "Kế hoạch", "Scheme one")
        answer = self.marks(admin_client, one)
        ((mark,),) = answer["segments"].values()
        assert mark["kind"] == "terms"
        assert "“kế hoạch”" in mark["text"]
        assert answer["warnings"] == 1

    def test_takes_as_many_queries_for_any_number_of_segments(
        self, sample: Sample, admin_client: Client
    ) -> None:
        pages = [sample.article("Bài", f"<p>{'</p><p>'.join('abcdef'[:n])}</p>") for n in (1, 6)]
        numbers = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                self.marks(admin_client, page)
            numbers.append(len(queries))
            forget_glossaries()
        assert numbers[0] == numbers[1]


class TestWhoMayAsk:
    """Only who may translate the page is told anything."""

    def test_others_are_sent_away(self, one: Translation, outsider: Client) -> None:
        segment = {"segment": str(segment_of(one, "Kế hoạch").pk), "locale": "en"}
        answers = [
            outsider.get("/admin/translation/memory/", segment),
            outsider.post("/admin/translation/check/", segment),
            outsider.get(f"/admin/translation/marks/{one.pk}/"),
        ]
        assert {answer.status_code for answer in answers} == {302}


def test_the_editor_has_the_panel(one: Translation, admin_client: Client) -> None:
    shown = admin_client.get(f"/admin/pages/{target_of(one).pk}/edit/").content.decode()
    assert "data-translation-help" in shown
    assert 'data-side-panel-toggle="translation"' in shown
    assert "side-panel.js" in shown


class TestLegalTexts:
    """A translation of a legal text is unofficial, and says so."""

    @pytest.fixture
    def plan(self, sample: Sample) -> Translation:
        """A plan, as it was issued, being translated."""
        translate_object(sample.portal.texts, [sample.locale])
        translation = submit(sample.portal.document(), sample.locale)
        with TestCase.captureOnCommitCallbacks(execute=True):
            translation.save_target(publish=True)
        return translation

    def test_the_delivered_translation_carries_the_line_and_the_source_does_not(
        self, plan: Translation
    ) -> None:
        notices = {
            page.locale.language_code: stored(page)["unofficial_notice"]
            for page in OfficialDocumentPage.objects.select_related("locale")
        }
        assert notices == {
            "vi": None,
            "en": "Unofficial translation. Only the Vietnamese text is legally binding.",
        }

    def test_the_translator_is_told(
        self, plan: Translation, one: Translation, admin_client: Client
    ) -> None:
        shown = [
            admin_client.get(f"/admin/pages/{target_of(each).pk}/edit/").content.decode()
            for each in (plan, one)
        ]
        assert ["Unofficial translation." in page for page in shown] == [True, False]
