"""Followers of the change feed: whoever keeps a copy of published content.

A follower has a cursor. It reads entries in order, one at a time; what fails is tried again
with growing pauses, the entries behind it waiting; what keeps failing is set aside where a
person sees it, and the follower goes on.
"""

from __future__ import annotations

import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import ClassVar

from django.db.models import Q
from django.utils import timezone

from cms.changes import failures
from cms.changes.feed import changes_since, latest_seq
from cms.changes.models import Change, FollowerCursor

__all__ = ["Follower", "catch_up"]

_LEASE = timedelta(minutes=2)
_BATCH = 200


class Follower:
    """Base of every follower.

    ``follow`` must be idempotent: after a crash the same entry comes again.
    """

    name: ClassVar[str]
    from_start: ClassVar[bool] = False
    """Whether a new follower reads the feed from its first entry or only what comes."""

    def follow(self, change: Change) -> None:
        """Brings the copy in step with one entry; any exception means "not yet"."""
        raise NotImplementedError


def catch_up(follower: Follower, limit: int = 1_000) -> int:
    """Lets a follower read at most ``limit`` entries; returns how many it has done with.

    Only one process works for a follower at a time: another one's lease, or a pause after a
    failure, makes this return 0 at once.
    """
    done = 0
    with _lease(follower) as cursor:
        if cursor is None or failures.is_waiting(follower.name):
            return 0
        while done < limit and (batch := changes_since(cursor.seq, min(_BATCH, limit - done))):
            for change in batch:
                if not _follow(follower, change):
                    return done
                _advance(cursor, change)
                done += 1
    return done


def _follow(follower: Follower, change: Change) -> bool:
    """Whether the follower may go on to the next entry."""
    key = f"change:{change.seq}"
    try:
        follower.follow(change)
    except Exception as error:  # noqa: BLE001 - the worker's boundary: the failure is stored
        return failures.record(follower.name, key, error).set_aside
    failures.settle(follower.name, key)
    return True


def _advance(cursor: FollowerCursor, change: Change) -> None:
    cursor.seq = change.seq or cursor.seq
    cursor.held_until = timezone.now() + _LEASE
    FollowerCursor.objects.filter(pk=cursor.pk, holder=cursor.holder).update(
        seq=cursor.seq, held_until=cursor.held_until
    )


@contextmanager
def _lease(follower: Follower) -> Iterator[FollowerCursor | None]:
    """The follower's cursor, held by this process; None while another one holds it."""
    start = 0 if follower.from_start else latest_seq()
    FollowerCursor.objects.get_or_create(name=follower.name, defaults={"seq": start})
    holder = f"{socket.gethostname()}:{uuid.uuid4().hex[:12]}"
    now: datetime = timezone.now()
    mine = FollowerCursor.objects.filter(name=follower.name, holder=holder)
    free = Q(held_until=None) | Q(held_until__lt=now)
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
