"""Importing lines: what is created, updated, left alone, and only tried."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.changes.models import Change
from cms.pages.models import PublishedDocument
from cms.pages.transfer.outcome import Outcome
from cms.plugins.article.models import ArticlePage
from tests.transfer.lines import NEWS, article, exported, load, page_at, read, row_counts

pytestmark = pytest.mark.django_db


def test_page_gets_slug_from_its_path_and_its_date(portal: None) -> None:
    line = article("/tin-tuc/dai-hoi/", title="Đại hội", published_at="2024-05-06T01:02:03Z")
    assert load([line]).said == []
    document = read("/tin-tuc/dai-hoi/")
    assert document["slug"] == "dai-hoi"
    assert document["published_at"] == "2024-05-06T01:02:03Z"


def test_line_that_changes_nothing_writes_nothing(portal: None) -> None:
    line = article("/tin-tuc/a/", body=[{"type": "paragraph", "value": "<p>Một</p>"}])
    load([line])
    before = row_counts()
    result = load([line])
    assert result.tally[Outcome.UNCHANGED] == 1
    assert row_counts() == before


def test_fields_left_out_stay(portal: None) -> None:
    load([article("/tin-tuc/a/", lead="Mở đầu", source_name="Báo")])
    assert load([article("/tin-tuc/a/", lead="Khác")]).tally[Outcome.UPDATED] == 1
    document = read("/tin-tuc/a/")
    assert (document["lead"], document["source_name"]) == ("Khác", "Báo")


def test_change_is_a_revision_and_an_entry_of_the_feed(portal: None) -> None:
    load([article("/tin-tuc/a/", lead="Một")])
    page = page_at("/tin-tuc/a/")
    revisions, entries = page.revisions.count(), Change.objects.count()
    load([article("/tin-tuc/a/", lead="Hai")])
    assert page.revisions.count() == revisions + 1
    assert Change.objects.count() == entries + 1


def test_blocks_keep_their_ids_through_a_change_of_one(portal: None) -> None:
    blocks = [{"type": "paragraph", "value": f"<p>{n}</p>"} for n in range(3)]
    load([article("/tin-tuc/a/", body=blocks)])
    before = [block["id"] for block in exported("/tin-tuc/a/")["body"]]
    blocks[1] = {"type": "paragraph", "value": "<p>mới</p>"}
    assert load([article("/tin-tuc/a/", body=blocks)]).tally[Outcome.UPDATED] == 1
    after = exported("/tin-tuc/a/")["body"]
    assert [block["id"] for block in after] == before
    assert after[1]["value"] == "<p>mới</p>"


def test_draft_of_an_editor_is_not_published(portal: None) -> None:
    load([article("/tin-tuc/a/", lead="Một")])
    page = page_at("/tin-tuc/a/")
    page.unpublish()
    result = load([article("/tin-tuc/a/", lead="Hai")])
    assert result.tally[Outcome.DRAFTED] == 1
    page = ArticlePage.objects.get(pk=page.pk)
    assert not page.live
    assert page.get_latest_revision_as_object().lead == "Hai"
    assert not PublishedDocument.objects.filter(pk=page.pk).exists()
    assert load([article("/tin-tuc/a/", lead="Hai")]).tally[Outcome.UNCHANGED] == 1


def test_private_page_is_updated_and_stays_private(portal: None) -> None:
    load([article("/tin-tuc/a/", lead="Một")])
    page = page_at("/tin-tuc/a/")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert load([article("/tin-tuc/a/", lead="Hai")]).tally[Outcome.UPDATED] == 1
    assert ArticlePage.objects.get(pk=page.pk).lead == "Hai"
    assert not PublishedDocument.objects.filter(pk=page.pk).exists()


def test_scheduled_version_is_not_cancelled(portal: None) -> None:
    load([article("/tin-tuc/a/", lead="Một")])
    page = page_at("/tin-tuc/a/")
    page.lead = "Ngày mai"
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    result = load([article("/tin-tuc/a/", lead="Hai")])
    assert "is scheduled" in result.reasons
    assert page.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_rest_shapes_are_taken(portal: None) -> None:
    load([{"type": "topic", "name": "Thi đua", "slug": "thi-dua"}, article("/tin-tuc/a/")])
    load([article("/tin-tuc/b/", topics=["thi-dua"], related_pages=[{"target": "/tin-tuc/a/"}])])
    delivered = read("/tin-tuc/b/")
    Page.objects.get(slug="b").delete()
    result = load([delivered])
    assert result.said == []
    again = read("/tin-tuc/b/")
    different = {"id", "updated_at"}
    assert {k: v for k, v in again.items() if k not in different} == {
        k: v for k, v in delivered.items() if k not in different
    }


def test_under_takes_one_branch(portal: None) -> None:
    from cms.pages.transfer.addresses import read_address

    other = {**NEWS, "path": "/van-ban/", "title": "Văn bản"}
    result = load([other, article("/tin-tuc/a/")], under=read_address("/tin-tuc/"))
    assert result.tally[Outcome.CREATED] == 1
    assert result.tally[Outcome.SKIPPED] == 1


def test_dry_run_writes_nothing_and_tells_what_would_be(portal: None) -> None:
    lines = [
        article("/tin-tuc/a/"),
        article("/tin-tuc/b/", related_pages=[{"target": "/tin-tuc/a/"}]),
    ]
    before = row_counts()
    result = load([*lines, article("/khong-co/b/")], dry_run=True)
    assert result.tally[Outcome.CREATED] == 2
    assert result.tally[Outcome.FAILED] == 1
    assert row_counts() == before
    assert load(lines).tally[Outcome.CREATED] == 2
