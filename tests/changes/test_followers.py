"""Followers catch up, back off, set aside, and never work twice at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.changes import failures, followers
from cms.changes.feed import append, number_changes
from cms.changes.followers import Follower, catch_up
from cms.changes.holders import new_holder
from cms.changes.models import Change, Failure, FollowerCursor, Reason

pytestmark = pytest.mark.django_db


class Recorder(Follower):
    """Keeps the ids that it was told of; fails for those in ``broken``."""

    name = "recorder"
    from_start = True

    def __init__(self, broken: set[int] | None = None) -> None:
        self.seen: list[int | None] = []
        self.broken = broken or set()

    def follow(self, change: Change) -> None:
        if change.object_id in self.broken:
            raise ConnectionError("the other side is away")
        self.seen.append(change.object_id)


def write(*ids: int) -> None:
    with transaction.atomic():
        append([Change(reason=Reason.UPDATE, type="article", object_id=pk) for pk in ids])
    number_changes()


def test_a_follower_that_was_away_catches_up_from_its_cursor() -> None:
    follower = Recorder()
    write(1, 2)
    assert catch_up(follower) == 2
    write(3)
    assert catch_up(follower) == 1
    assert catch_up(follower) == 0
    assert follower.seen == [1, 2, 3]


def test_a_follower_that_takes_long_lets_others_have_their_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(followers, "_TURN_SECONDS", -1.0)
    follower = Recorder()
    write(1, 2)
    assert [catch_up(follower) for _ in range(3)] == [1, 1, 0]
    assert follower.seen == [1, 2]


def test_a_new_follower_begins_with_what_comes() -> None:
    class Newcomer(Recorder):
        name = "newcomer"
        from_start = False

    write(1)
    follower = Newcomer()
    catch_up(follower)
    write(2)
    catch_up(follower)
    assert follower.seen == [2]


def test_a_failure_is_tried_again_after_a_pause_and_in_order() -> None:
    follower = Recorder(broken={2})
    write(1, 2, 3)
    assert catch_up(follower) == 1
    assert catch_up(follower) == 0
    assert follower.seen == [1]
    follower.broken.clear()
    with time_machine.travel(timezone.now() + timedelta(seconds=6), tick=False):
        assert catch_up(follower) == 2
    assert follower.seen == [1, 2, 3]
    assert not Failure.objects.exists()


def test_an_entry_that_always_fails_is_set_aside_where_a_person_sees_it() -> None:
    follower = Recorder(broken={2})
    write(1, 2, 3)
    now = timezone.now()
    for attempt in range(failures.MAX_ATTEMPTS):
        with time_machine.travel(now + timedelta(hours=attempt), tick=False):
            catch_up(follower)
    assert follower.seen == [1, 3]
    failure = Failure.objects.get()
    assert (failure.owner, failure.key, failure.set_aside) == ("recorder", "change:2", True)
    assert "the other side is away" in failure.error


def test_two_workers_never_follow_at_once() -> None:
    write(1)

    class Greedy(Recorder):
        def follow(self, change: Change) -> None:
            assert catch_up(Recorder()) == 0
            super().follow(change)

    follower = Greedy()
    assert catch_up(follower) == 1


def test_the_lease_of_a_killed_worker_ends() -> None:
    write(1)
    later = timezone.now() + timedelta(minutes=1)
    FollowerCursor.objects.create(name="recorder", holder="dead", held_until=later)
    assert catch_up(Recorder()) == 0
    with time_machine.travel(later + timedelta(seconds=1), tick=False):
        assert catch_up(Recorder()) == 1


def test_a_killed_worker_of_this_machine_is_not_waited_for() -> None:
    write(1)
    place, pid, started, token = new_holder().split(":")
    later = timezone.now() + timedelta(minutes=1)
    dead = f"{place}:{pid}:{int(started) + 1}:{token}"
    FollowerCursor.objects.create(name="recorder", holder=dead, held_until=later)
    assert catch_up(Recorder()) == 1


def test_who_has_lost_the_lease_stops() -> None:
    write(1, 2, 3)

    class Slow(Recorder):
        def follow(self, change: Change) -> None:
            super().follow(change)
            FollowerCursor.objects.filter(name=self.name).update(holder="another")

    follower = Slow()
    assert catch_up(follower) == 1
    assert follower.seen == [1]
    assert FollowerCursor.objects.get(name="recorder").seq == 0


def test_an_idle_follower_writes_nothing() -> None:
    write(1)
    follower = Recorder()
    catch_up(follower)
    with CaptureQueriesContext(connection) as queries:
        assert catch_up(follower) == 0
    assert all(query["sql"].startswith("SELECT") for query in queries)


def test_what_a_person_hands_back_is_tried_once_more_and_holds_nothing_up() -> None:
    follower = Recorder(broken={2})
    write(1, 2, 3)
    now = timezone.now()
    for attempt in range(failures.MAX_ATTEMPTS):
        with time_machine.travel(now + timedelta(hours=attempt), tick=False):
            catch_up(follower)
    failures.retry_now(Failure.objects.get())
    write(4)
    assert catch_up(follower) == 1
    assert Failure.objects.get().set_aside
    follower.broken.clear()
    failures.retry_now(Failure.objects.get())
    catch_up(follower)
    assert follower.seen == [1, 3, 4, 2]
    assert not Failure.objects.exists()


class Batches(Recorder):
    """Takes three entries at once, and never gives up."""

    most = 3
    gives_up = False

    def follow_all(self, changes: Sequence[Change]) -> None:
        if self.broken:
            raise ConnectionError("the other side is away")
        self.seen.append(len(changes))


def test_a_follower_may_take_several_entries_at_once() -> None:
    write(*range(7))
    follower = Batches()
    assert catch_up(follower) == 7
    assert follower.seen == [3, 3, 1]


def test_one_that_never_gives_up_loses_nothing() -> None:
    write(*range(2))
    follower = Batches(broken={0})
    now = timezone.now()
    for attempt in range(failures.MAX_ATTEMPTS * 2):
        with time_machine.travel(now + timedelta(hours=attempt), tick=False):
            assert catch_up(follower) == 0
    failure = Failure.objects.get()
    assert (failure.set_aside, failure.attempts) == (False, failures.MAX_ATTEMPTS * 2)
    assert failure.retry_at is not None
    follower.broken.clear()
    with time_machine.travel(failure.retry_at, tick=False):
        assert catch_up(follower) == 2
    assert follower.seen == [2]


def test_a_follower_may_say_how_long_its_pauses_get() -> None:
    class Eager(Recorder):
        name = "eager"
        gives_up = False
        longest_pause = timedelta(seconds=20)

    write(1)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(12):
            catch_up(Eager({1}))
            retry_at = Failure.objects.get(owner="eager").retry_at
            assert retry_at is not None
            assert retry_at - timezone.now() <= timedelta(seconds=20)
            clock.move_to(retry_at)
        assert Failure.objects.get(owner="eager").attempts == 12
