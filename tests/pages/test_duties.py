"""Scheduled publishing, expiry and rebuilding in the worker."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.changes.duties import run_duty
from cms.changes.models import Change, Failure
from cms.changes.worker import Worker
from cms.pages.duties import ExpirePages, PublishScheduled
from cms.pages.models import PublishedDocument, Topic
from cms.pages.publishing import stale_documents
from cms.pages.reading import load_document
from cms.pages.verification import verify_documents
from cms.plugins.announcement.models import AnnouncementPage
from cms.plugins.article.models import ArticlePage
from tests.fixtures.portal import Portal, make_portal, publish, stored


def schedule(portal: Portal, title: str, minutes: int = 5) -> ArticlePage:
    page = portal.draft(title)
    page.go_live_at = timezone.now() + timedelta(minutes=minutes)
    page.save_revision().publish()
    return page


def hour_later() -> Any:
    return time_machine.travel(timezone.now() + timedelta(hours=1))


@pytest.mark.django_db
def test_a_scheduled_page_appears_when_its_time_has_come(portal: Portal) -> None:
    page = schedule(portal, "Hẹn giờ")
    Worker().round()
    assert load_document(pk=page.pk) is None
    with hour_later():
        Worker().round()
        assert load_document(pk=page.pk) is not None


@pytest.mark.django_db
def test_an_expired_page_is_unpublished_with_its_reason(portal: Portal) -> None:
    page = portal.article("Hết hạn", expire_at=timezone.now() + timedelta(minutes=5))
    with hour_later():
        assert load_document(pk=page.pk) is None
        Worker().round()
        assert not Page.objects.get(pk=page.pk).live
        assert Change.objects.filter(object_id=page.pk, reason="expire").count() == 1


@pytest.mark.django_db
def test_one_failing_item_does_not_hold_back_the_others(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = schedule(portal, "Hỏng", 4), schedule(portal, "Tốt", 5)
    original = Revision.publish

    def publish_unless_bad(self: Revision, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        if self.object_id == str(bad.pk):
            raise ValueError("poison")

    monkeypatch.setattr(Revision, "publish", publish_unless_bad)
    with hour_later():
        run_duty(PublishScheduled())
        assert load_document(pk=good.pk) is not None
        assert load_document(pk=bad.pk) is None
        assert Failure.objects.get().owner == "publish_scheduled"
        monkeypatch.undo()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        run_duty(PublishScheduled())
        assert load_document(pk=bad.pk) is not None
        assert not Failure.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_publish_the_same_one_twice() -> None:
    portal = make_portal()
    pages = [schedule(portal, f"Bài {n}") for n in range(6)]

    def work() -> None:
        try:
            run_duty(PublishScheduled())
        finally:
            connection.close()

    with hour_later():
        together([work, work, work])
        assert all(load_document(pk=page.pk) is not None for page in pages)
    published = Change.objects.filter(object_id__in=[page.pk for page in pages], reason="publish")
    assert published.count() == len(pages)
    assert not Failure.objects.exists()


def together(works: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db
def test_the_worker_rebuilds_what_is_stale(portal: Portal) -> None:
    topic = Topic.objects.create(name="Cũ", slug="thi-dua")
    page = publish(portal.news, ArticlePage(title="Bài", topics=[topic]))
    topic.name = "Mới"
    topic.save()
    Worker().round()
    assert stale_documents() == []
    assert stored(page)["topics"][0]["name"] == "Mới"


@pytest.mark.django_db
def test_an_announcement_turns_by_the_clock_and_the_feed_says_so(portal: Portal) -> None:
    begins = timezone.now() + timedelta(minutes=10)
    page = publish(portal.news, AnnouncementPage(title="Thông báo", valid_from=begins))
    assert stored(page)["state"] == "upcoming"
    with hour_later():
        Worker().round()
        assert stored(page)["state"] == "current"
        assert PublishedDocument.objects.get(pk=page.pk).rebuild_at is None
        assert list(verify_documents()) == []
    assert Change.objects.filter(object_id=page.pk, reason="update").count() == 1


@pytest.mark.django_db
def test_expiry_leaves_a_page_that_was_given_more_time(portal: Portal) -> None:
    page = portal.article("Gia hạn", expire_at=timezone.now() + timedelta(minutes=5))
    with hour_later():
        keys = list(ExpirePages().due())
        Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() + timedelta(days=1))
        assert ExpirePages().run(keys[0]) is False
        assert Page.objects.get(pk=page.pk).live


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one writing transaction at a time"
)
def test_a_document_built_while_its_topic_changed_is_caught_by_the_follower() -> None:
    portal = make_portal()
    topic = Topic.objects.create(name="Cũ", slug="thi-dua")
    Worker().round()  # from now on the follower reads every entry
    seen = publish(portal.news, ArticlePage(title="Trước", topics=[topic]))
    built, renamed = threading.Event(), threading.Event()

    def publish_slowly() -> None:
        try:
            with transaction.atomic():
                publish(portal.news, ArticlePage(title="Sau", topics=[Topic.objects.get()]))
                built.set()
                renamed.wait(30)
        finally:
            connection.close()

    thread = threading.Thread(target=publish_slowly)
    thread.start()
    assert built.wait(30)
    topic.name = "Mới"
    topic.save()
    renamed.set()
    thread.join()
    late = ArticlePage.objects.get(title="Sau")
    assert stored(late)["topics"][0]["name"] == "Cũ"
    while Worker().round():
        pass
    assert stored(late)["topics"][0]["name"] == "Mới"
    assert stored(seen)["topics"][0]["name"] == "Mới"
    assert list(verify_documents()) == []
