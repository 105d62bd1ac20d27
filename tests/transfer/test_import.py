"""Importing lines: what is created, updated, left alone, deferred and refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.changes.models import Change
from cms.pages.models import Organisation, PublishedDocument, RecordTranslation, Topic
from cms.pages.reading import load_document
from cms.pages.transfer.outcome import Outcome
from cms.plugins.article.models import ArticlePage
from tests.transfer.lines import HOME, NEWS, article, exported, load, row_counts

pytestmark = pytest.mark.django_db


def read(path: str) -> dict[str, Any]:
    """The document that a reader gets at a path."""
    row = load_document(path=path)
    assert row is not None
    found: dict[str, Any] = orjson.loads(row.body)
    return found


def page_at(path: str) -> Any:
    """The specific page of a published path."""
    return Page.objects.get(pk=PublishedDocument.objects.get(path=path).pk).specific


@pytest.fixture
def portal() -> None:
    """A home page and a section."""
    assert load([HOME, NEWS]).said == []


def test_home_page_of_an_empty_database_replaces_the_welcome_page() -> None:
    result = load([HOME])
    assert result.said == []
    site = Site.objects.get(is_default_site=True)
    assert site.root_page.title == "Trang chủ"
    assert site.root_page.slug == "trang-chu"
    assert list(Page.objects.filter(depth=2)) == [site.root_page]
    assert read("/")["title"] == "Trang chủ"


def test_home_page_may_have_the_welcome_pages_slug() -> None:
    assert load([{**HOME, "slug": "home"}]).said == []
    assert Page.objects.get(depth=2).slug == "home"


def test_home_page_in_another_locale_is_the_translation_of_the_first(portal: None) -> None:
    result = load([{"type": "home", "path": "/en/", "locale": "en", "title": "Home"}])
    assert result.said == []
    assert Locale.objects.filter(language_code="en").exists()
    assert read("/en/")["translations"] == [{"locale": "vi", "path": "/", "title": "Trang chủ"}]


def test_english_home_may_stand_before_the_vietnamese_one() -> None:
    result = load([{"type": "home", "path": "/en/", "locale": "en", "title": "Home"}, HOME])
    assert result.said == []
    assert result.tally[Outcome.CREATED] == 2


def test_translations_find_each_other(portal: None) -> None:
    english: list[dict[str, Any]] = [
        {"type": "home", "path": "/en/", "locale": "en", "title": "Home"},
        {"type": "section", "path": "/en/news/", "locale": "en", "title": "News",
         "translations": [{"locale": "vi", "path": "/tin-tuc/"}]},
    ]  # fmt: skip
    assert load(english).said == []
    assert [t["path"] for t in read("/tin-tuc/")["translations"]] == ["/en/news/"]
    before = row_counts()
    assert load(english).tally[Outcome.UNCHANGED] == 2
    assert row_counts() == before


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


def test_references_forward_back_and_in_a_circle(portal: None) -> None:
    def pointing(path: str, *targets: str) -> dict[str, Any]:
        related = [{"target": {"locale": "vi", "path": target}} for target in targets]
        html = "".join(f'<p>Xem <a href="{target}">đây</a></p>' for target in targets)
        body = [{"type": "paragraph", "value": html}]
        return article(path, related_pages=related, body=body)

    first, second = "/tin-tuc/a/", "/tin-tuc/b/"
    lines = [pointing(first, second, first), pointing(second, first)]
    result = load(lines)
    assert result.said == []
    assert result.tally[Outcome.CREATED] == 2
    for path, target in ((first, second), (second, first)):
        document = read(path)
        assert document["related_pages"][0]["target"]["path"] == target
        assert f'<a href="{target}">' in document["body"][0]["value"]
    assert 'linktype="page"' in page_at(first).body.raw_data[0]["value"]
    assert Page.objects.filter(slug="a").get().revisions.count() == 1
    before = row_counts()
    assert load(lines).tally[Outcome.UNCHANGED] == 2
    assert row_counts() == before


def test_child_may_stand_before_its_parent(portal: None) -> None:
    below = {**NEWS, "path": "/tin-tuc/su-kien/", "title": "Sự kiện"}
    result = load([article("/tin-tuc/su-kien/a/"), below])
    assert result.said == []
    assert page_at("/tin-tuc/su-kien/a/").get_parent().slug == "su-kien"


def test_reference_that_leads_nowhere_fails_and_leaves_no_page(portal: None) -> None:
    line = article("/tin-tuc/a/", related_pages=[{"target": {"path": "/khong-co/"}}])
    result = load([line, article("/tin-tuc/b/")])
    assert result.said == [(1, "related_pages[0].target: no page stands at /khong-co/")]
    assert result.tally[Outcome.CREATED] == 1
    assert not Page.objects.filter(slug="a").exists()


def test_link_that_leads_nowhere_is_kept_and_noted(portal: None) -> None:
    body = [{"type": "paragraph", "value": '<p><a href="/tep/1.pdf">tệp</a></p>'}]
    result = load([article("/tin-tuc/a/", body=body)])
    assert result.tally[Outcome.CREATED] == 1
    assert result.said == [(1, "notice: the link /tep/1.pdf leads to no page")]
    assert 'href="/tep/1.pdf"' in read("/tin-tuc/a/")["body"][0]["value"]


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


def test_reference_that_the_public_does_not_see_survives_its_own_export(portal: None) -> None:
    load([article("/tin-tuc/a/"), article("/tin-tuc/b/")])
    cards = {"type": "page_cards", "value": {"pages": [{"path": "/tin-tuc/b/"}]}}
    load([article("/tin-tuc/a/", body=[cards])])
    hidden = page_at("/tin-tuc/b/")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    line = exported("/tin-tuc/a/")
    assert line["body"][0]["value"]["pages"] == []
    assert load([line]).tally[Outcome.UNCHANGED] == 1
    assert page_at("/tin-tuc/a/").body[0].value["pages"][0].pk == hidden.pk


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


def test_shared_records_name_each_other_in_any_order() -> None:
    lines: list[dict[str, Any]] = [
        {"type": "organisation", "code": "moi", "name": "Mới", "predecessors": ["cu"]},
        {"type": "topic", "slug": "hep", "name": "Hẹp", "parent": "rong"},
        {"type": "topic", "slug": "rong", "name": "Rộng"},
        {"type": "organisation", "code": "cu", "name": "Cũ", "parent": "moi",
         "names": [{"name": "Rất cũ", "valid_to": "2001-02-03"}]},
        {"type": "person", "slug": "an", "full_name": "An", "organisation": "cu"},
    ]  # fmt: skip
    result = load(lines)
    assert result.said == []
    assert result.tally[Outcome.CREATED] == 5
    assert Topic.objects.get(slug="hep").parent.name == "Rộng"
    new = Organisation.objects.get(code="moi")
    assert [body.code for body in new.predecessors.all()] == ["cu"]
    old = Organisation.objects.get(code="cu")
    assert old.parent == new
    assert [period.name for period in old.names.all()] == ["Rất cũ"]
    before = row_counts()
    assert load(lines).tally[Outcome.UNCHANGED] == 5
    assert row_counts() == before
    assert load([{**lines[0], "predecessors": []}]).tally[Outcome.UPDATED] == 1
    assert not new.predecessors.exists()


def test_successor_that_comes_later_is_named_by_what_shows_its_predecessor(portal: None) -> None:
    old = {"type": "organisation", "code": "cu", "name": "Cũ"}
    new = {"type": "organisation", "code": "moi", "name": "Mới", "predecessors": ["cu"]}
    load([old, article("/tin-tuc/a/", byline_unit="cu")])
    assert read("/tin-tuc/a/")["byline_unit"]["successors"] == []
    load([new])
    assert read("/tin-tuc/a/")["byline_unit"]["successors"] == ["Mới"]
    load([{**new, "predecessors": []}])
    assert read("/tin-tuc/a/")["byline_unit"]["successors"] == []


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


def test_interrupted_import_is_finished_by_the_next(portal: None) -> None:
    line = article("/tin-tuc/a/", related_pages=[{"target": "/tin-tuc/b/"}])
    from cms.pages.transfer.importer import Importer

    assert Importer().apply(line) == "begun"  # and the process dies here
    assert not PublishedDocument.objects.filter(path="/tin-tuc/a/").exists()
    assert load([line, article("/tin-tuc/b/")]).tally[Outcome.CREATED] == 2
    assert read("/tin-tuc/a/")["related_pages"][0]["target"]["path"] == "/tin-tuc/b/"


def test_texts_of_a_record_in_other_languages() -> None:
    line: dict[str, Any] = {"type": "topic", "slug": "thi-dua", "name": "Thi đua"}
    translated = {**line, "translations": {"en": {"name": "Emulation"}}}
    assert load([translated]).tally[Outcome.CREATED] == 1
    assert RecordTranslation.objects.get().text == "Emulation"
    assert load([translated]).tally[Outcome.UNCHANGED] == 1
    assert load([line]).tally[Outcome.UNCHANGED] == 1  # what is left out stays
    other = {**line, "translations": {"en": {"name": "Competition"}}}
    assert load([other]).tally[Outcome.UPDATED] == 1
    assert RecordTranslation.objects.get().text == "Competition"
