"""Drafts by id, for the holder of an access token for drafts."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from tests.access.conftest import make_token
from tests.delivery.conftest import Api
from tests.factories import make_private, translate
from tests.fixtures.portal import Portal

CANARY = "Kimtuyen4711"


def test_a_token_for_drafts_reads_the_latest_revision(portal: Portal) -> None:
    page = portal.article("Bài", lead="Bản đã đăng")
    page.lead = "Bản nháp"
    page.save_revision()
    _, holder = make_token(reads_drafts=True)
    answer = holder.json(f"drafts/{page.pk}")
    assert (answer["kind"], answer["draft"]) == ("page", True)
    assert answer["page"]["lead"] == "Bản nháp"
    assert holder.json(f"pages/{page.pk}")["lead"] == "Bản đã đăng"
    assert holder.get(f"drafts/{page.pk}").headers["Cache-Control"] == "private, no-store"


def test_N14_nobody_else_reads_one(portal: Portal) -> None:
    page = portal.draft(CANARY)
    _, plain = make_token()
    for reader in (Api(), plain):
        never = reader.get("drafts/987654")
        answer = reader.get(f"drafts/{page.pk}")
        assert (answer.status_code, answer.content) == (404, never.content)
        assert reader.get(f"pages/{page.pk}").status_code == 404
        for parameter in ("draft=true", "version=draft", "status=draft", "preview=1"):
            assert reader.get(f"pages/{page.pk}?{parameter}").status_code == 400
            assert reader.get(f"drafts/{page.pk}?{parameter}").status_code == 400


def test_within_its_sections_and_locales(portal: Portal) -> None:
    inside, outside = portal.draft("Trong"), portal.draft(CANARY, parent=portal.texts)
    english = translate(portal.article("Bài"), "English")
    _, holder = make_token(portal.news, reads_drafts=True, locales=["vi"])
    assert holder.get(f"drafts/{inside.pk}").status_code == 200
    never = holder.get("drafts/987654")
    for page in (outside, english, portal.texts, portal.home):
        assert holder.get(f"drafts/{page.pk}").content == never.content


def test_not_what_is_private_or_of_a_disabled_plugin(portal: Portal, settings: Settings) -> None:
    page = portal.draft(CANARY)
    _, holder = make_token(reads_drafts=True)
    settings.CMS_DISABLED_PLUGINS = [*settings.CMS_DISABLED_PLUGINS, "article"]
    assert holder.get(f"drafts/{page.pk}").status_code == 404
    settings.CMS_DISABLED_PLUGINS = []
    assert holder.get(f"drafts/{page.pk}").status_code == 200
    make_private(portal.news)
    assert holder.get(f"drafts/{page.pk}").status_code == 404


def test_drafts_are_not_listed(portal: Portal) -> None:
    portal.draft(CANARY)
    _, holder = make_token(reads_drafts=True)
    for path in ("pages?fields=*", "pages?count=exact", "changes", "menus/main", "drafts"):
        assert CANARY not in holder.get(path).content.decode()


@pytest.mark.parametrize("page_id", ["0", "999999999999999999999999", "-1", "x"])
def test_other_ids(portal: Portal, page_id: str) -> None:
    _, holder = make_token(reads_drafts=True)
    assert holder.get(f"drafts/{page_id}").status_code == 404
