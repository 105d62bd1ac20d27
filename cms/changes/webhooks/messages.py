"""Messages: what a change says to an endpoint, written once as a row.

The follower only writes rows; ``delivery`` sends them. A message names what changed and where it
stands, as ``GET /changes`` does, and nothing of what it says: content that is public now may be
withdrawn before the message arrives.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from typing import Any

import orjson
from django.db.models import QuerySet
from django.utils import timezone

from cms.changes.entries import describe, format_time
from cms.changes.followers import Follower
from cms.changes.models import Change, Reason
from cms.changes.selection import Selection
from cms.changes.webhooks.models import State, WebhookDelivery, WebhookEndpoint

__all__ = ["TEST_EVENT", "WebhookFollower", "event_of", "queue_test", "selection_of", "send_again"]

TEST_EVENT = "webhook.test"
_HAPPENED: dict[str, str] = {
    Reason.PUBLISH: "published",
    Reason.UPDATE: "updated",
    Reason.MOVE: "moved",
    Reason.SLUG: "moved",
    Reason.UNPUBLISH: "unpublished",
    Reason.EXPIRE: "expired",
    Reason.RESTRICT: "restricted",
    Reason.DELETE: "deleted",
}


class WebhookFollower(Follower):
    """Writes one message for each endpoint that wants to know of a change.

    ``visible`` gives the entries that the public may be told of.
    """

    name = "webhooks"

    def __init__(self, visible: Callable[[], QuerySet[Change]]) -> None:
        self._visible = visible

    def follow(self, change: Change) -> None:
        """Idempotent: an endpoint has one message for a change, under one id, however often."""
        endpoints = WebhookEndpoint.objects.filter(is_active=True)
        messages = [_message(one, change) for one in endpoints if self._wants(one, change)]
        WebhookDelivery.objects.bulk_create(messages, ignore_conflicts=True)

    def _wants(self, endpoint: WebhookEndpoint, change: Change) -> bool:
        return selection_of(endpoint).apply(self._visible()).filter(pk=change.pk).exists()


def selection_of(endpoint: WebhookEndpoint) -> Selection:
    """Which entries the endpoint is told of."""
    return Selection(tuple(endpoint.types), tuple(endpoint.locales), endpoint.within)


def event_of(change: Change) -> str:
    """``page.published``; ``image.updated`` for what isn't a page."""
    subject = "page" if f"page:{change.object_id}" in change.tags else change.type
    return f"{subject}.{_HAPPENED[change.reason]}"


def _message(endpoint: WebhookEndpoint, change: Change) -> WebhookDelivery:
    described = describe(change)
    return WebhookDelivery(
        endpoint=endpoint,
        seq=change.seq,
        message_id=_message_id(f"{endpoint.key}:{change.seq}"),
        event=event_of(change),
        payload=_payload(event_of(change), described.pop("at"), described),
    )


def queue_test(endpoint: WebhookEndpoint) -> WebhookDelivery:
    """Lets the worker send a message that tells of nothing, by the same way as all others."""
    return WebhookDelivery.objects.create(
        endpoint=endpoint,
        message_id=_message_id(secrets.token_hex(16)),
        event=TEST_EVENT,
        payload=_payload(TEST_EVENT, format_time(timezone.now()), {"webhook": endpoint.name}),
    )


def send_again(messages: QuerySet[WebhookDelivery]) -> int:
    """Has messages sent anew, from the first attempt on, under their ids; returns how many.

    The endpoints' pauses end as well: a person has seen to the cause. Messages that wait already
    are left alone.
    """
    ended = messages.exclude(state=State.PENDING)
    endpoints = list(ended.order_by().values_list("endpoint_id", flat=True).distinct())
    now = timezone.now()
    queued = ended.update(
        state=State.PENDING, attempts=0, queued_at=now, next_attempt_at=now, holder=""
    )
    WebhookEndpoint.objects.filter(pk__in=endpoints).update(failures=0, retry_at=None)
    return queued


def _message_id(source: str) -> str:
    return f"msg_{hashlib.blake2b(source.encode(), digest_size=16).hexdigest()}"


def _payload(event: str, timestamp: str | None, data: dict[str, Any]) -> str:
    return orjson.dumps({"type": event, "timestamp": timestamp, "data": data}).decode()
