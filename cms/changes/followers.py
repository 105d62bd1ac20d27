"""Followers of the change feed: whoever keeps a copy of published content.

A follower has a cursor. It reads entries in order, one at a time; what fails is tried again
with growing pauses, the entries behind it waiting; what keeps failing is set aside where a
person sees it, and the follower goes on.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import ClassVar

from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.changes import failures
from cms.changes.feed import changes_since, latest_seq
from cms.changes.holders import is_dead, new_holder
from cms.changes.models import Change, Failure, FollowerCursor

__all__ = ["Follower", "advance", "catch_up", "holding"]

_LEASE = timedelta(minutes=1)
"""Longer than one call of ``follow_all`` takes: the lease is renewed after each."""
_BATCH = 200
_TURN_SECONDS = 2.0
"""After which a follower that goes entry by entry lets the others have their turn."""


class Follower:
    """Base of every follower.

    ``follow`` must be idempotent: after a crash the same entry comes again.
    """

    name: str
    from_start: ClassVar[bool] = False
    """Whether a new follower reads the feed from its first entry or only what comes."""
    most: ClassVar[int] = 1
    """How many entries :meth:`follow_all` is given at once, at most 200."""
    gives_up: ClassVar[bool] = True
    """Whether an entry that keeps failing is set aside; else it is tried until it succeeds."""
    longest_pause: ClassVar[timedelta] = failures.LONGEST_PAUSE
    """Between two attempts at an entry that keeps failing."""
    asks_servers: bool = False
    """Whether it waits for somebody else's server: a worker gives it a thread of its own, so that
    a slow one holds nothing else up."""

    def follow(self, change: Change) -> None:
        """Brings the copy in step with one entry; any exception means "not yet"."""
        raise NotImplementedError

    def follow_all(self, changes: Sequence[Change]) -> None:
        """Follows up to ``most`` entries; all of them come again after an exception."""
        for change in changes:
            self.follow(change)


def catch_up(follower: Follower, limit: int = 1_000) -> int:
    """Lets a follower read at most ``limit`` entries; returns how many it has done with.

    It stops sooner where that takes long: others wait for their turn.
    Only one process works for a follower at a time: another one's lease, or a pause after a
    failure, makes this return 0 at once.
    """
    if not _has_work(follower):
        return 0
    done, ends = 0, time.monotonic() + _TURN_SECONDS
    with holding(follower) as cursor:
        if cursor is None or failures.is_waiting(follower.name):
            return 0
        _second_chances(follower, cursor.seq)
        while done < limit and (batch := changes_since(cursor.seq, min(_BATCH, limit - done))):
            for start in range(0, len(batch), follower.most):
                followed = _follow(follower, batch[start : start + follower.most])
                done += followed
                if not followed or not advance(
                    cursor, batch[start + followed - 1].seq or cursor.seq
                ):
                    return done
                if time.monotonic() > ends:
                    return done
                if followed < min(follower.most, len(batch) - start):
                    break  # the first was set aside: those behind it are read again
    return done


def _has_work(follower: Follower) -> bool:
    """Looks without writing, so that an idle worker leaves the database alone."""
    cursor = FollowerCursor.objects.filter(name=follower.name).first()
    return cursor is None or bool(changes_since(cursor.seq, 1)) or _handed_back(follower).exists()


def _follow(follower: Follower, changes: Sequence[Change]) -> int:
    """How many of the entries, from the first on, the follower is done with."""
    key = f"change:{changes[0].seq}"
    attempts = failures.MAX_ATTEMPTS if follower.gives_up else None
    try:
        follower.follow_all(changes)
    except Exception as error:  # noqa: BLE001 - the worker's boundary: the failure is stored
        failed = failures.record(follower.name, key, error, attempts, follower.longest_pause)
        return int(failed.set_aside)
    failures.settle(follower.name, key)
    return len(changes)


def _handed_back(follower: Follower) -> QuerySet[Failure]:
    """Failures whose pause is over, or that a person wants to be tried again."""
    return Failure.objects.filter(
        owner=follower.name, set_aside=False, retry_at__lte=timezone.now()
    )


def _second_chances(follower: Follower, seq: int) -> None:
    """Tries entries once more that were set aside and that a person has handed back.

    One that fails is set aside again at once: the entries that come must not wait for it.
    """
    for failure in _handed_back(follower):
        number = failure.key.removeprefix("change:")
        if not number.isdecimal() or int(number) > seq:
            continue
        change = Change.objects.filter(seq=int(number)).first()
        try:
            if change is not None:
                follower.follow_all([change])
        except Exception as error:  # noqa: BLE001 - the worker's boundary: the failure is stored
            failures.record(follower.name, failure.key, error, 1)
        else:
            failures.settle(follower.name, failure.key)


def advance(cursor: FollowerCursor, seq: int) -> bool:
    """Moves the cursor and renews the lease; False where another process has taken it over."""
    cursor.seq = seq
    cursor.held_until = timezone.now() + _LEASE
    mine = FollowerCursor.objects.filter(pk=cursor.pk, holder=cursor.holder)
    return bool(mine.update(seq=cursor.seq, held_until=cursor.held_until))


@contextmanager
def holding(follower: Follower) -> Iterator[FollowerCursor | None]:
    """The follower's cursor, held by this process for up to a minute; None while another one
    holds it."""
    start = 0 if follower.from_start else latest_seq()
    held, _ = FollowerCursor.objects.get_or_create(name=follower.name, defaults={"seq": start})
    holder = new_holder()
    now = timezone.now()
    mine = FollowerCursor.objects.filter(name=follower.name, holder=holder)
    free = Q(held_until=None) | Q(held_until__lt=now)
    if is_dead(held.holder):
        free |= Q(holder=held.holder)
    taken = FollowerCursor.objects.filter(free, name=follower.name).update(
        holder=holder, held_until=now + _LEASE
    )
    if not taken:
        yield None
        return
    try:
        yield mine.get()
    finally:
        mine.update(holder="", held_until=None)
