"""Time alone shows and hides: nothing is given from memory before or after its time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from cms.changes.worker import Worker
from cms.pages.duties import PublishScheduled
from cms.plugins.article.models import ArticlePage, RelatedPage
from tests.fixtures.portal import Portal, publish
from tests.hot.conftest import Hot

HOUR = timedelta(hours=1)  # far more than a test takes
ADDRESSES = [("/api/v1/pages", "type=article"), ("/api/v1/pages", "fields=*"),
             ("/api/v1/sitemap.xml", ""), ("/api/v1/feeds/atom", ""),
             ("/api/v1/resolve", "path=/tin-tuc/kimtuyen/")]  # fmt: skip


def _told(hot: Hot, *more: tuple[str, str]) -> list[str]:
    """The addresses whose answers tell of the page; asked twice, so that memory is warm."""
    found = []
    for address in [*ADDRESSES, *more]:
        hot.get(*address)
        if b"kimtuyen" in hot.get(*address).body:
            found.append("?".join(address))
    return found


@pytest.fixture
def two_hours_later() -> Any:
    """Moves the clock."""
    return time_machine.travel(timezone.now() + 2 * HOUR)


def test_n15_what_is_scheduled_comes_with_the_first_round_after_its_time(
    following: Hot, committed_portal: Portal, two_hours_later: Any
) -> None:
    page = ArticlePage(title="kimtuyen", slug="kimtuyen", go_live_at=timezone.now() + HOUR)
    publish(committed_portal.news, page)
    assert _told(following) == []
    with two_hours_later:
        Worker(followers=[], duties=[PublishScheduled()]).round()
        assert len(_told(following)) == len(ADDRESSES)


def test_n15_what_expires_is_gone_without_a_worker(
    following: Hot, committed_portal: Portal, two_hours_later: Any
) -> None:
    page = committed_portal.article("kimtuyen", slug="kimtuyen", expire_at=timezone.now() + HOUR)
    shown = [("/api/v1/pages/" + str(page.pk), "")]
    assert len(_told(following, *shown)) == len(ADDRESSES) + 1
    with two_hours_later:
        following.wait_until_current()
        assert _told(following, *shown) == []


def test_n15_an_expiry_that_is_set_later_reaches_all_who_show_the_page(
    following: Hot, committed_portal: Portal, two_hours_later: Any
) -> None:
    """Its words stay the same: what was kept before knew of no end."""
    page = committed_portal.article("kimtuyen", slug="kimtuyen")
    host = publish(
        committed_portal.texts,
        ArticlePage(title="Khác", related_pages=[RelatedPage(target_id=page.pk)]),
    )
    shown = [(f"/api/v1/pages/{pk}", "") for pk in (page.pk, host.pk)]
    assert len(_told(following, *shown)) == len(ADDRESSES) + 2
    page.expire_at = timezone.now() + HOUR
    page.save()
    assert len(_told(following, *shown)) == len(ADDRESSES) + 2
    with two_hours_later:
        following.wait_until_current()
        assert _told(following, *shown) == []
