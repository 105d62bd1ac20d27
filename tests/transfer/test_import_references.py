"""Importing lines that name each other: in any order, and where they lead nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Page, PageViewRestriction

from cms.pages.models import Organisation, PublishedDocument, Topic
from cms.pages.transfer.outcome import Outcome
from tests.transfer.lines import NEWS, article, exported, load, page_at, read, row_counts

pytestmark = pytest.mark.django_db


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


def test_interrupted_import_is_finished_by_the_next(portal: None) -> None:
    line = article("/tin-tuc/a/", related_pages=[{"target": "/tin-tuc/b/"}])
    from cms.pages.transfer.importer import Importer

    assert Importer().apply(line) == "begun"  # and the process dies here
    assert not PublishedDocument.objects.filter(path="/tin-tuc/a/").exists()
    assert load([line, article("/tin-tuc/b/")]).tally[Outcome.CREATED] == 2
    assert read("/tin-tuc/a/")["related_pages"][0]["target"]["path"] == "/tin-tuc/b/"
