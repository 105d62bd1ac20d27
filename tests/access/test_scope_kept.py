"""What is kept of answers for a token's part of the portal: cheap, and never stale."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from cms.delivery.parts import Part
from cms.delivery.parts import Parts as PartsKept
from cms.pages.models import ContentPage
from cms.plugins.article.models import ArticlePage, RelatedPage
from tests.access.conftest import CANARY, Parts, make_token
from tests.factories import translate
from tests.fixtures.portal import Portal

GRAPHQL = '/graphql/?query={articles(first:100,within:"/tin-tuc/"){nodes{title bodyJson}}}'


def test_queries_do_not_grow_with_a_list_that_stays_in_the_section(portal: Portal) -> None:
    _, holder = make_token(portal.news)
    counts = set()
    for _ in range(3):
        for _ in range(3):
            portal.article("Bài")
        path = "pages?within=/tin-tuc/&fields=*"
        holder.get(path)
        with CaptureQueriesContext(connection) as queries:
            holder.get(path)
        counts.add(len(queries))
    assert len(counts) == 1
    assert counts.pop() <= 7


@pytest.mark.parametrize("path", ["pages?within=/tin-tuc/&fields=*&limit=100", GRAPHQL])
def test_nor_with_one_that_leads_out_of_it_when_it_is_read_again(
    portal: Portal, parts: Parts, path: str
) -> None:
    _, holder = make_token(portal.news, locales=["vi"])
    counts = set()
    for _ in range(3):
        for _ in range(3):
            translate(_about(portal, parts.outside), "News")
        first = holder.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert holder.get(path).content == first.content
        assert CANARY not in first.content.decode()
        counts.add(len(queries))
    assert len(counts) == 1
    assert counts.pop() <= 7


def test_what_is_kept_for_a_part_changes_with_what_it_shows(portal: Portal, parts: Parts) -> None:
    about = _about(portal, parts.outside, parts.inside)
    _, holder = make_token(portal.news)
    path = f"pages/{about.pk}"

    def titles() -> list[str]:
        related = holder.json(path)["related_pages"]
        assert holder.json(path)["related_pages"] == related
        return [one["target"]["title"] for one in related]

    assert titles() == ["Bài trong mục"]
    inside = ArticlePage.objects.get(pk=parts.inside.pk)
    inside.title = "Tên mới"
    inside.save_revision().publish()
    assert titles() == ["Tên mới"]
    outside = ArticlePage.objects.get(pk=parts.outside.pk)
    outside.move(Page.objects.get(pk=portal.news.pk), pos="last-child")
    assert titles() == [outside.title, "Tên mới"]
    inside.unpublish()
    assert titles() == [outside.title]
    Page.objects.get(pk=outside.pk).move(Page.objects.get(pk=portal.texts.pk), pos="last-child")
    assert titles() == []
    _, elsewhere = make_token(portal.texts)
    assert elsewhere.get(path).status_code == 404


def test_parts_are_bounded(portal: Portal) -> None:
    now = timezone.now()
    kept = PartsKept(max_bytes=1_000)
    for number in range(50):
        kept.put(number, Part(b"x" * 100, frozenset(), None))
    assert kept.bytes == 1_000
    assert kept.get(0, now) is None
    assert kept.get(49, now) is not None
    kept.put("large", Part(b"x" * 2_000, frozenset(), None))
    assert (kept.get("large", now), kept.bytes) == (None, 0)
    kept.put("over", Part(b"x", frozenset(), now))
    assert kept.get("over", now) is None


def _about(portal: Portal, *others: ContentPage) -> ContentPage:
    """An article in the news that shows pages."""
    return portal.article("Bài", related_pages=[RelatedPage(target=one) for one in others])
