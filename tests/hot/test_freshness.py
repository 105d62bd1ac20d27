"""Withdrawn content is never given from memory, whoever withdrew it and however."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page

from cms.changes.feed import committed
from cms.pages.models import Organisation, Topic
from cms.plugins.article.models import ArticlePage
from cms.plugins.section.models import SectionPage
from tests.factories import make_private
from tests.fixtures.portal import Portal, make_portal, publish
from tests.hot.conftest import Hot, ask, running
from tests.pages.test_publishing_property import Editors


def elsewhere(change: Callable[[], None]) -> None:
    """Runs a change on a connection of its own, unheard by this process's own signal."""

    def work() -> None:
        change()
        connection.close()

    receivers, committed.receivers = committed.receivers, []
    committed.sender_receivers_cache.clear()
    try:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    finally:
        committed.receivers = receivers
        committed.sender_receivers_cache.clear()


def eventually(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize(
    "withdraw",
    [lambda page: page.unpublish(), make_private, lambda page: page.delete()],
    ids=["unpublish", "restrict", "delete"],
)
def test_what_this_process_withdraws_is_gone_at_once(
    following: Hot, committed_portal: Portal, withdraw: Callable[[Any], None]
) -> None:
    page = committed_portal.article("Bài")
    addresses = [(f"/api/v1/pages/{page.pk}", ""), ("/api/v1/pages", "type=article")]
    for address in addresses:
        following.get(*address)
        assert following.get(*address).is_hit
    withdraw(page)
    assert following.get(*addresses[0]).status == 404
    assert b'"items":[]' in following.get(*addresses[1]).body


def test_what_another_process_withdraws_is_noticed(
    following: Hot, committed_portal: Portal
) -> None:
    page = committed_portal.article("Bài")
    path = f"/api/v1/pages/{page.pk}"
    following.get(path)
    assert following.get(path).is_hit
    elsewhere(lambda: Page.objects.get(pk=page.pk).unpublish())
    eventually(lambda: following.get(path).status == 404)


def test_a_change_without_a_number_is_noticed(
    following: Hot, committed_portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.changes.feed.number_changes", lambda: 0)
    page = committed_portal.article("Bài")
    path = f"/api/v1/pages/{page.pk}"
    following.get(path)
    elsewhere(lambda: Page.objects.get(pk=page.pk).unpublish())
    eventually(lambda: following.get(path).status == 404)


def test_a_store_that_is_not_known_to_be_right_is_not_read(
    following: Hot, committed_portal: Portal
) -> None:
    page = committed_portal.article("Bài")
    path = f"/api/v1/pages/{page.pk}"
    following.get(path)
    following.path.following.stop()
    elsewhere(lambda: Page.objects.get(pk=page.pk).unpublish())
    assert following.get(path).status == 404


@pytest.mark.postgres
def test_a_cut_notification_connection_hides_nothing(
    following: Hot, committed_portal: Portal
) -> None:
    page = committed_portal.article("Bài")
    path = f"/api/v1/pages/{page.pk}"
    following.get(path)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE query LIKE 'LISTEN%' AND datname = current_database()"
        )
        assert cursor.fetchall()
    elsewhere(lambda: Page.objects.get(pk=page.pk).unpublish())
    eventually(lambda: following.get(path).status == 404)
    again = committed_portal.article("Bài khác")
    following.get(f"/api/v1/pages/{again.pk}")
    eventually(lambda: following.get(f"/api/v1/pages/{again.pk}").is_hit)


def test_a_change_while_an_answer_is_made_keeps_it_out(
    following: Hot, committed_portal: Portal
) -> None:
    page = committed_portal.article("Bài")
    django = following.path._application

    def slow(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer = django(environ, start_response)
        Page.objects.get(pk=page.pk).unpublish()
        return answer

    following.path._application = slow
    path = f"/api/v1/pages/{page.pk}"
    assert following.get(path).status == 200  # it was public when it was asked for
    following.path._application = django
    assert following.get(path).status == 404


def test_a_list_by_a_key_notices_a_record_that_gets_the_key(
    following: Hot, committed_portal: Portal
) -> None:
    topic = Topic.objects.create(name="Thi đua", slug="thi-dua")
    publish(committed_portal.news, ArticlePage(title="Bài", topics=[topic]))
    asked = ("/api/v1/pages", {"type": "article", "filter[topics][eq]": "khen-thuong"})
    following.get(*asked)
    assert b'"items":[]' in following.get(*asked).body
    topic.slug = "khen-thuong"
    topic.save()
    assert b'"items":[]' not in following.get(*asked).body


def test_many_readers_make_an_answer_once(following: Hot, committed_portal: Portal) -> None:
    django = following.path._application
    made: list[int] = []
    everyone_is_here = threading.Event()

    def slow(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        made.append(1)
        everyone_is_here.wait(10)
        answer: Iterable[bytes] = django(environ, start_response)
        return answer

    following.path._application = slow
    bodies: list[bytes] = []

    def reader() -> None:
        bodies.append(following.get("/api/v1/types").body)
        connection.close()

    readers = [threading.Thread(target=reader) for _ in range(6)]
    for one in readers:
        one.start()
    eventually(lambda: bool(made))
    time.sleep(0.05)
    everyone_is_here.set()
    for one in readers:
        one.join()
    assert len(made) == 1
    assert len(bodies) == 6
    assert len(set(bodies)) == 1


class CommittedEditors(Editors):
    """The editors of the publishing test, whose work is committed."""

    def __init__(self) -> None:
        self.number = 0
        super(Editors, self).__init__()
        self.portal = make_portal()
        self.unit = Organisation.objects.create(code="pkh", name="Phòng Kế hoạch")


@pytest.mark.parametrize("seed", range(2))
def test_after_any_edits_memory_says_what_the_database_says(
    transactional_db: None, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311
    editors = CommittedEditors()
    with running() as hot:
        assert _compare(hot, editors, chance) > 0


def _compare(hot: Hot, editors: Editors, chance: random.Random) -> int:
    """Edits and reads by turns; returns how many answers came from memory."""
    hits = 0
    for _ in range(25):
        _edit(editors, chance)
        lists = ["type=article", "sort=title", "within=/tin-tuc/", "fields=*&limit=3"]
        asked = [(f"/api/v1/pages/{page.pk}", "") for page in editors.pages()]
        asked += [("/api/v1/pages", query) for query in lists]
        for address in asked:
            for _ in range(2):
                answer = hot.get(*address)
                fresh = ask(hot.path._application, *address)
                assert (answer.status, answer.body) == (fresh.status, fresh.body)
                hits += answer.is_hit
    return hits


def _edit(editors: Editors, chance: random.Random) -> None:
    first, second = chance.randrange(51), chance.randrange(51)
    match chance.randrange(9):
        case 0 | 1:
            kind = chance.choice([ArticlePage, SectionPage])
            editors.create(parent=first, kind=kind, live=chance.random() < 0.7)
        case 2:
            editors.edit(index=first, words=f"chữ {second}", live=True)
        case 3:
            editors.relate(index=first, other=second)
        case 4:
            editors.rename(index=first)
        case 5:
            editors.unpublish(index=first)
        case 6:
            editors.move(index=first, other=second)
        case 7:
            editors.restrict(index=first) if second % 2 else editors.open(index=first)
        case 8:
            editors.rename_unit(name=f"Phòng {second}")
