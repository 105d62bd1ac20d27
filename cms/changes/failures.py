"""What failed in the background: kept as rows, tried again with growing pauses, then set aside."""

from __future__ import annotations

import traceback
from datetime import timedelta

import structlog
from django.utils import timezone

from cms.changes.models import Failure

__all__ = ["LONGEST_PAUSE", "MAX_ATTEMPTS", "is_waiting", "record", "retry_now", "settle",
           "waiting_keys"]  # fmt: skip

MAX_ATTEMPTS = 8
"""Tries before an item is set aside: with the pauses below, after about twenty minutes."""
_FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = _FIRST_PAUSE * 2 ** (MAX_ATTEMPTS - 1)
"""About ten minutes."""

logger = structlog.get_logger(__name__)


def record(
    owner: str,
    key: str,
    error: Exception,
    attempts: int | None = MAX_ATTEMPTS,
    longest_pause: timedelta = LONGEST_PAUSE,
) -> Failure:
    """Notes one more failure of an item and when to try again: 5 s, 10 s, 20 s …

    It is set aside after so many ``attempts``; with None it never is, and is tried after every
    ``longest_pause`` in the end.
    """
    failure, _ = Failure.objects.get_or_create(owner=owner, key=key, defaults={"error": ""})
    failure.attempts += 1
    failure.error = "".join(traceback.format_exception(error))[-10_000:]
    failure.set_aside = attempts is not None and failure.attempts >= attempts
    pause = min(longest_pause, _FIRST_PAUSE * 2 ** min(failure.attempts - 1, MAX_ATTEMPTS - 1))
    failure.retry_at = None if failure.set_aside else timezone.now() + pause
    failure.save()
    logger.warning(
        "background_work_failed",
        owner=owner,
        key=key,
        attempts=failure.attempts,
        set_aside=failure.set_aside,
        error=f"{type(error).__name__}: {error}"[:500],
    )
    return failure


def settle(owner: str, key: str) -> None:
    """Forgets an item's failures: it has succeeded, or is no longer wanted."""
    Failure.objects.filter(owner=owner, key=key).delete()


def is_waiting(owner: str) -> bool:
    """Whether the owner pauses after a failure."""
    return Failure.objects.filter(owner=owner, retry_at__gt=timezone.now()).exists()


def waiting_keys(owner: str) -> set[str]:
    """Items that are not to be tried now: in a pause, or set aside."""
    failed = Failure.objects.filter(owner=owner)
    later = failed.filter(retry_at__gt=timezone.now()) | failed.filter(set_aside=True)
    return set(later.values_list("key", flat=True))


def retry_now(failure: Failure) -> None:
    """Lets the worker try an item again at once: a person has seen to its cause."""
    Failure.objects.filter(pk=failure.pk).update(
        set_aside=False, retry_at=timezone.now(), attempts=0
    )
