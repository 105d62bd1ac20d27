"""What the tests of webhooks share: endpoints, changes, and the worker's part of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from benchmarks.receiver import Receiver, receive
from cms.changes.feed import append, number_changes
from cms.changes.followers import catch_up
from cms.changes.models import Change, Reason, WebhookDelivery, WebhookEndpoint
from cms.changes.webhooks.delivery import deliver_endpoint
from cms.changes.webhooks.messages import WebhookFollower
from cms.changes.webhooks.sending import Transport
from cms.changes.worker import registered_followers

__all__ = ["follower", "make_endpoint", "message", "tell", "tell_and_deliver", "write"]

_FAST = Transport(connect_seconds=0.5, total_seconds=1.0)


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    """A server on this machine, which the settings allow as those of development do."""
    settings.CMS_WEBHOOK_HTTP = True
    settings.CMS_WEBHOOK_PORTS = []
    settings.CMS_WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with receive() as running:
        yield running


def make_endpoint(url: str, **fields: Any) -> WebhookEndpoint:
    """An endpoint; the worker that its follower stands for has looked before it came."""
    number_changes()
    catch_up(follower())
    return WebhookEndpoint.objects.create(name="Trang tĩnh", url=url, **fields)


def follower() -> WebhookFollower:
    """The follower that the worker runs."""
    found = next(one for one in registered_followers() if one.name == "webhooks")
    assert isinstance(found, WebhookFollower)
    return found


def write(*ids: int, reason: Reason = Reason.UPDATE, type: str = "article", **fields: Any) -> None:
    """Entries about pages of these ids, committed and numbered."""
    with transaction.atomic():
        append(
            Change(reason=reason, type=type, object_id=pk, tags=[f"page:{pk}"], **fields)
            for pk in ids
        )
    number_changes()  # also where the test's own transaction is still open


def tell(*ids: int, **fields: Any) -> None:
    """Entries that have become messages."""
    write(*ids, **fields)
    catch_up(follower())


def message() -> WebhookDelivery:
    """The only message there is."""
    return WebhookDelivery.objects.get()


def tell_and_deliver(receiver: Receiver) -> None:
    """One message to the receiver, sent once by a sender that soon loses patience."""
    endpoint = make_endpoint(receiver.url)
    tell(1)
    deliver_endpoint(endpoint.pk, _FAST)
