"""What the worker does for webhooks: has due messages sent beside its rounds, keeps the log short.

Sending is slow by nature, so it never happens in the worker's own thread: scheduled publishing and
the other followers would wait for somebody else's server. One endpoint has one thread at a time at
most; a slow one takes no other's turn.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from functools import cached_property

from django.conf import settings
from django.db.models import Min, QuerySet
from django.utils import timezone

from cms.changes.duties import Duty
from cms.changes.webhooks.delivery import (
    GIVE_UP,
    deliver_endpoint,
    due_messages,
    free_messages_of_dead_workers,
)
from cms.changes.webhooks.models import State, WebhookDelivery
from cms.changes.webhooks.sending import Transport

__all__ = ["THREADS", "DeliverWebhooks", "TrimWebhookLog"]

THREADS = 8
"""Endpoints that are sent to at the same time."""


class DeliverWebhooks(Duty):
    """Hands each endpoint with due messages to a thread, and goes on."""

    name = "webhooks"

    def __init__(self, transport: Transport | None = None) -> None:
        self._transport = transport
        self._running: dict[int, Future[int]] = {}
        self._stopping = threading.Event()

    def due(self) -> Iterable[str]:
        """Endpoints, the one that has waited longest first."""
        free_messages_of_dead_workers()
        waiting = due_messages(timezone.now()).values("endpoint_id")
        first = waiting.annotate(first=Min("next_attempt_at")).order_by("first")
        return [f"endpoint:{one['endpoint_id']}" for one in first]

    def run(self, key: str) -> bool:
        """Begins with an endpoint unless it is at work; False, since nothing is done yet.

        Raises what the endpoint's last turn ended with, where that was no answer of its server.
        """
        endpoint_id = int(key.partition(":")[2])
        before = self._running.get(endpoint_id)
        if before is not None and not before.done():
            return False
        self._running.pop(endpoint_id, None)
        if before is not None:
            before.result()
        self._stopping.clear()
        self._running[endpoint_id] = self._threads.submit(
            deliver_endpoint, endpoint_id, self._transport, self._stopping
        )
        return False

    def stop(self) -> None:
        self._stopping.set()

    def finish(self) -> int:
        running, self._running = list(self._running.values()), {}
        return sum(one.result() for one in running)

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(THREADS, thread_name_prefix="webhooks")


class TrimWebhookLog(Duty):
    """Removes old messages from the log, and gives up those that waited too long.

    The latter are those of endpoints that are out of use or paused: nobody else looks at them.
    """

    name = "trim_webhook_log"

    def due(self) -> Iterable[str]:
        return [key for key in ("old", "late") if self._of(key).exists()]

    def run(self, key: str) -> bool:
        if key == "late":
            return bool(self._of(key).update(state=State.FAILED))
        ids = list(self._of(key).order_by("pk").values_list("pk", flat=True)[:1_000])
        return bool(WebhookDelivery.objects.filter(pk__in=ids).delete()[0])

    def _of(self, key: str) -> QuerySet[WebhookDelivery]:
        now = timezone.now()
        if key == "late":
            late = now - GIVE_UP - timedelta(hours=1)
            return WebhookDelivery.objects.filter(state=State.PENDING, queued_at__lt=late)
        days = timedelta(days=settings.CMS_WEBHOOK_LOG_DAYS)
        ended = WebhookDelivery.objects.exclude(state=State.PENDING)
        return ended.filter(queued_at__lt=now - days)
