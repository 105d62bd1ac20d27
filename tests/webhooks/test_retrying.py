"""Messages that did not arrive are sent again: when, how often, and under the same id."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from benchmarks.receiver import Receiver, Reply
from cms.changes.models import WebhookDelivery, WebhookEndpoint
from cms.changes.webhooks import delivery
from cms.changes.webhooks.delivery import PAUSES, deliver_endpoint
from cms.changes.webhooks.messages import send_again
from cms.changes.webhooks.models import State
from tests.webhooks.conftest import make_endpoint, message, tell, tell_and_deliver

pytestmark = pytest.mark.django_db(transaction=True)


def test_t10_ten_attempts_over_a_day_with_one_id_and_one_body(receiver: Receiver) -> None:
    receiver.reply = lambda _request: Reply(500, body="hỏng".encode())
    endpoint = make_endpoint(receiver.url)
    tell(1)
    started = timezone.now()
    now = started
    for _attempt in range(50):
        with time_machine.travel(now, tick=False):
            deliver_endpoint(endpoint.pk)
        if message().state == State.FAILED:
            break
        now = max(message().next_attempt_at, WebhookEndpoint.objects.get().retry_at or now)
    assert message().attempts == len(receiver.requests) == len(PAUSES) + 1 == 10
    assert timedelta(hours=22) < now - started < timedelta(hours=26)
    assert len(receiver.ids) == 1
    assert len({request.body for request in receiver.requests}) == 1
    assert len({request.headers["webhook-timestamp"] for request in receiver.requests}) == 10
    assert (message().status, message().answer) == (500, "hỏng")
    assert deliver_endpoint(endpoint.pk) == 0


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [("120", 120, 130), ("999999999999", 6 * 3600, 6 * 3600 + 10), ("soon", 5, 6), ("-3", 5, 6)],
)
def test_retry_after_is_honoured_within_bounds(
    receiver: Receiver, asked: str, least: int, most: int
) -> None:
    receiver.reply = lambda _request: Reply(429, {"Retry-After": asked})
    with time_machine.travel(timezone.now(), tick=False):
        tell_and_deliver(receiver)
        pause = (message().next_attempt_at - timezone.now()).total_seconds()
        assert least <= pause <= most
        waits = WebhookEndpoint.objects.get().retry_at
        assert (waits is not None) is (least > 5)


def test_a_server_that_is_away_is_probed_and_then_gets_all_at_once(receiver: Receiver) -> None:
    receiver.reply = lambda _request: Reply(503)
    endpoint = make_endpoint(receiver.url)
    tell(*range(20))
    deliver_endpoint(endpoint.pk)
    assert len(receiver.requests) == delivery.BREAKER  # and not twenty
    endpoint.refresh_from_db()
    assert endpoint.retry_at is not None
    assert deliver_endpoint(endpoint.pk) == 0
    receiver.reply = lambda _request: Reply(204)
    with time_machine.travel(endpoint.retry_at, tick=True):
        assert deliver_endpoint(endpoint.pk) == 20
    assert not WebhookDelivery.objects.exclude(state=State.DELIVERED).exists()
    assert WebhookEndpoint.objects.get().failures == 0


def test_what_was_given_up_can_be_sent_again_under_its_id(receiver: Receiver) -> None:
    receiver.reply = lambda _request: Reply(410)
    endpoint = make_endpoint(receiver.url)
    tell(1, 2)
    deliver_endpoint(endpoint.pk)
    ids = set(WebhookDelivery.objects.values_list("message_id", flat=True))
    receiver.requests.clear()
    receiver.reply = lambda _request: Reply()
    WebhookEndpoint.objects.update(is_active=True)
    assert send_again(WebhookDelivery.objects.filter(state=State.FAILED)) == 2
    assert deliver_endpoint(endpoint.pk) == 2
    assert set(receiver.ids) == ids
    assert send_again(WebhookDelivery.objects.filter(state=State.PENDING)) == 0


def test_the_pauses_are_spread() -> None:
    random.seed(1)
    found = {delivery._with_jitter(timedelta(minutes=10)) for _ in range(50)}
    assert len(found) == 50
    assert timedelta(minutes=10) <= min(found) and max(found) <= timedelta(minutes=11)
