"""Followers catch up, back off, set aside, and never work twice at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from cms.changes import failures
from cms.changes.feed import append, number_changes
from cms.changes.followers import Follower, catch_up
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
