"""Writing and reading the change feed.

Entries are written inside the transaction that changes the content and get their sequence
number afterwards, once that transaction has committed. Numbering takes a lock and only ever
sees committed rows, so a number is never given out twice, never skipped, and a reader that has
seen number n can't be overtaken by an entry that commits late with a smaller one (ADR 3).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet
from django.dispatch import Signal
from django.utils import timezone

from cms.changes.models import Change
from cms.changes.watching import notify

__all__ = [
    "append",
    "changes_since",
    "committed",
    "latest_seq",
    "news_since",
    "number_changes",
    "unnumbered",
]

committed = Signal()
"""Sent in the process that wrote entries (``changes``), right after their commit."""

_NUMBERING_LOCK = 7_301_001  # an arbitrary, project-wide PostgreSQL advisory lock id
_BATCH = 1_000


def append(changes: Iterable[Change]) -> None:
    """Writes entries in the current transaction; they are numbered right after its commit.

    Raises TransactionManagementError outside a transaction: an entry must share the fate of
    the change that it tells of.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "A change is written in the transaction that makes it."
        )
    written = Change.objects.bulk_create(changes, batch_size=_BATCH)
    if written:
        notify()
        # robust: should either fail here, the content is safe; the worker numbers later.
        transaction.on_commit(partial(committed.send, sender=Change, changes=written), robust=True)
        transaction.on_commit(number_changes, robust=True)


def number_changes() -> int:
    """Numbers every committed entry that has no number yet; returns how many there were."""
    numbered = 0
    while Change.objects.filter(seq=None).exists():
        numbered += _number_batch()
    return numbered


def _number_batch() -> int:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NUMBERING_LOCK])
        pending = list(Change.objects.filter(seq=None).order_by("id").only("id")[:_BATCH])
        if not pending:
            return 0
        seq = latest_seq()
        now = timezone.now()
        for change in pending:
            seq += 1
            change.seq = seq
            change.numbered_at = now
        Change.objects.bulk_update(pending, ["seq", "numbered_at"], batch_size=200)
        return len(pending)


def latest_seq() -> int:
    """The highest number given out so far; 0 in an empty feed."""
    return Change.objects.aggregate(latest=Max("seq"))["latest"] or 0


def changes_since(seq: int, limit: int, *, among: QuerySet[Change] | None = None) -> list[Change]:
    """At most ``limit`` numbered entries after ``seq``, in order; of those ``among``, if given."""
    changes = Change.objects.all() if among is None else among
    return list(changes.filter(seq__gt=seq).order_by("seq")[:limit])


def unnumbered() -> set[int]:
    """The ids of committed entries that have no number yet."""
    return set(Change.objects.filter(seq=None).values_list("pk", flat=True))


def news_since(seq: int, pk: int, limit: int) -> list[tuple[int, int | None, list[str]]]:
    """Entries numbered after ``seq`` and those without a number: id, number, tags, by id.

    For a follower that can't wait for numbers; ``pk`` is the last id that it was given. At most
    ``limit``.
    """
    news = Change.objects.filter(Q(seq__gt=seq) | Q(seq=None), pk__gt=pk).order_by("pk")
    return list(news.values_list("pk", "seq", "tags")[:limit])
