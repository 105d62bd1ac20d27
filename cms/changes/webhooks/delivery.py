"""Sending what is due to one endpoint: claims, attempts, pauses, and when to give up.

At least once: a message is claimed before it is sent and settled after it, so that one whose
sender was killed in between is sent again, under the same id.
"""

from __future__ import annotations

import random
import threading
import time
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.changes.holders import is_dead, new_holder
from cms.changes.webhooks.models import State, WebhookDelivery, WebhookEndpoint
from cms.changes.webhooks.secrets import SecretError, sign
from cms.changes.webhooks.sending import Answer, SendError, Transport
from cms.changes.webhooks.targets import TargetError, parse_target

__all__ = [
    "PAUSES",
    "deliver_endpoint",
    "due_messages",
    "free_messages_of_dead_workers",
]

PAUSES: tuple[timedelta, ...] = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
)
"""Before the second attempt, the third …: ten attempts in a day."""
GIVE_UP = timedelta(hours=25)
"""After so long in the queue the next failure is the last; the pauses and their jitter fit in."""
JITTER = 0.1  # a pause is up to so much longer
CLAIM = timedelta(seconds=60)
"""Longer than an attempt with its resolution: then the message is free again."""
TURN_SECONDS = 20.0
"""How long one endpoint may keep a thread before the others have their turn."""
BREAKER = 3
"""After so many failures in a row the endpoint itself is paused, and one message probes it."""
MAX_ENDPOINT_PAUSE = timedelta(minutes=15)
MAX_RETRY_AFTER = timedelta(hours=6)
GONE = 410
USER_AGENT = "HopTacCMS-Webhooks/1 (Standard Webhooks)"


def due_messages(now: datetime) -> QuerySet[WebhookDelivery]:
    """Messages to be sent now, whose endpoint is in use and not paused."""
    rested = Q(endpoint__retry_at=None) | Q(endpoint__retry_at__lte=now)
    return WebhookDelivery.objects.filter(
        rested, state=State.PENDING, next_attempt_at__lte=now, endpoint__is_active=True
    )


def free_messages_of_dead_workers() -> int:
    """Makes messages due at once whose sender was killed; returns how many."""
    held = WebhookDelivery.objects.filter(state=State.PENDING).exclude(holder="")
    dead = [
        one for one in held.order_by().values_list("holder", flat=True).distinct() if is_dead(one)
    ]
    return held.filter(holder__in=dead).update(next_attempt_at=timezone.now(), holder="")


def deliver_endpoint(
    endpoint_id: int, transport: Transport | None = None, stopping: threading.Event | None = None
) -> int:
    """Sends what is due to an endpoint, one after the other; returns how many were attempted.

    Ends when nothing is due, when the endpoint is to be left alone, and after a turn. A thread
    other than the main one holds no database connection while it waits: a pool has few.
    """
    transport, ends, attempted = transport or Transport(), time.monotonic() + TURN_SECONDS, 0
    try:
        while time.monotonic() < ends and not (stopping and stopping.is_set()):
            message = _claim(endpoint_id)
            if message is None:
                break
            _release_connection()
            _attempt(message, transport)
            attempted += 1
    finally:
        _release_connection()
    return attempted


def _release_connection() -> None:
    if threading.current_thread() is not threading.main_thread():
        connection.close()


@transaction.atomic
def _claim(endpoint_id: int) -> WebhookDelivery | None:
    """The next message, in the order of the changes; no other worker takes it for a minute."""
    now = timezone.now()
    due = due_messages(now).filter(endpoint_id=endpoint_id).select_related("endpoint")
    message = due.select_for_update(skip_locked=True, of=("self",)).order_by("pk").first()
    if message is not None:
        message.holder, message.next_attempt_at = new_holder(), now + CLAIM
        message.save(update_fields=["holder", "next_attempt_at"])
    return message


def _attempt(message: WebhookDelivery, transport: Transport) -> None:
    started, now = time.monotonic(), timezone.now()
    answer, error = None, ""
    try:
        answer = _send(message, transport, now)
        if not 200 <= answer.status < 300:
            error = _reason(answer)
    except (TargetError, SendError, SecretError) as failure:
        error = str(failure)
    message.attempted_at = now
    message.milliseconds = round((time.monotonic() - started) * 1_000)
    message.attempts += 1
    message.status = answer.status if answer else None
    message.answer = answer.body if answer else ""
    message.error = error[:1_000]
    with transaction.atomic():
        (_failed if error else _delivered)(message, answer)


def _send(message: WebhookDelivery, transport: Transport, now: datetime) -> Answer:
    endpoint, body = message.endpoint, message.payload
    headers = {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "Accept": "*/*",
        "webhook-id": message.message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": sign(endpoint.secrets(), message.message_id, now, body),
    }
    return transport.post(parse_target(endpoint.url), headers, body.encode())


def _reason(answer: Answer) -> str:
    if 300 <= answer.status < 400:
        return _("Redirects are not followed (%(status)s).") % {"status": answer.status}
    return _("Only a status of 2xx is a success, not %(status)s.") % {"status": answer.status}


def _delivered(message: WebhookDelivery, _unused: Answer | None) -> None:
    _settle(message, State.DELIVERED)
    endpoint = WebhookEndpoint.objects.filter(pk=message.endpoint_id)
    back = endpoint.filter(failures__gte=BREAKER).update(failures=0, retry_at=None)
    endpoint.filter(failures__gt=0).update(failures=0)
    if back:  # it was away and is there again: what waits for it need not wait longer
        waiting = _pending(message.endpoint_id).filter(holder="")
        waiting.update(next_attempt_at=timezone.now())


def _failed(message: WebhookDelivery, answer: Answer | None) -> None:
    now = timezone.now()
    late = now - GIVE_UP
    asked = timedelta(seconds=answer.retry_after or 0) if answer else timedelta()
    asked = min(asked, MAX_RETRY_AFTER)
    gone = answer is not None and answer.status == GONE
    if gone or message.attempts > len(PAUSES) or message.queued_at < late:
        _settle(message, State.FAILED)
    else:
        message.next_attempt_at = now + max(_with_jitter(PAUSES[message.attempts - 1]), asked)
        _settle(message, State.PENDING)
    _pause(message.endpoint_id, now, asked)
    dead = _pending(message.endpoint_id).filter(holder="")
    if gone:
        WebhookEndpoint.objects.filter(pk=message.endpoint_id).update(is_active=False, gone_at=now)
    else:
        dead = dead.filter(queued_at__lt=late)
    dead.update(state=State.FAILED, error=message.error)


def _pause(endpoint_id: int, now: datetime, asked: timedelta) -> None:
    """Counts a failure; leaves the endpoint alone when it asks for it or seems to be away."""
    endpoints = WebhookEndpoint.objects.filter(pk=endpoint_id)
    endpoints.update(failures=F("failures") + 1)
    failures = endpoints.values_list("failures", flat=True).first() or 0
    pause = asked
    if failures >= BREAKER:
        doubled = timedelta(seconds=5) * 2 ** min(failures - BREAKER, 10)
        pause = max(asked, _with_jitter(min(doubled, MAX_ENDPOINT_PAUSE)))
    if pause:
        endpoints.update(retry_at=now + pause)


def _settle(message: WebhookDelivery, state: State) -> None:
    """Writes an attempt's outcome, unless another worker has taken the message over."""
    mine = WebhookDelivery.objects.filter(pk=message.pk, holder=message.holder)
    mine.update(
        state=state,
        holder="",
        attempts=message.attempts,
        next_attempt_at=message.next_attempt_at,
        attempted_at=message.attempted_at,
        status=message.status,
        milliseconds=message.milliseconds,
        answer=message.answer,
        error=message.error,
    )


def _pending(endpoint_id: int) -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(endpoint_id=endpoint_id, state=State.PENDING)


def _with_jitter(pause: timedelta) -> timedelta:
    return pause * (1 + random.uniform(0, JITTER))  # noqa: S311 - to spread, not to hide
