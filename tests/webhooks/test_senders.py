"""Workers that send: they hold nobody up, share the messages, and may die or be overtaken."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from benchmarks.receiver import Receiver, Reply, receive
from cms.changes.holders import new_holder
from cms.changes.models import WebhookDelivery, WebhookEndpoint
from cms.changes.webhooks import delivery
from cms.changes.webhooks.delivery import deliver_endpoint
from cms.changes.webhooks.duties import DeliverWebhooks, TrimWebhookLog
from cms.changes.webhooks.models import State
from tests.webhooks.conftest import make_endpoint, message, tell

pytestmark = pytest.mark.django_db(transaction=True)


def test_t10_slow_endpoints_hold_back_neither_the_worker_nor_others(receiver: Receiver) -> None:
    with receive() as slow:
        slow.reply = lambda _request: Reply(200, delay=1.5)
        for _ in range(3):
            make_endpoint(slow.url)
        make_endpoint(receiver.url)
        duty = DeliverWebhooks()
        tell(1, 2)
        started = time.monotonic()
        for key in duty.due():
            duty.run(key)
        assert time.monotonic() - started < 0.5
        receiver.wait(2, seconds=1.2)
        assert duty.finish() == 8
    assert not WebhookDelivery.objects.exclude(state=State.DELIVERED).exists()


def test_two_workers_never_send_the_same_message(receiver: Receiver) -> None:
    make_endpoint(receiver.url)
    tell(*range(30))
    duties = [DeliverWebhooks(), DeliverWebhooks()]
    for _round in range(3):
        for duty in duties:
            for key in duty.due():
                duty.run(key)
    assert sum(duty.finish() for duty in duties) == 30
    assert set(receiver.ids.values()) == {1}
    assert len(receiver.ids) == 30


def test_what_a_killed_worker_was_sending_is_sent_at_once(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver.url)
    tell(1, 2)
    place, pid, started, token = new_holder().split(":")
    later = timezone.now() + delivery.CLAIM
    dead = f"{place}:{pid}:{int(started) + 1}:{token}"
    first, second = WebhookDelivery.objects.order_by("pk")
    WebhookDelivery.objects.filter(pk=first.pk).update(holder=dead, next_attempt_at=later)
    WebhookDelivery.objects.filter(pk=second.pk).update(holder=new_holder(), next_attempt_at=later)
    list(DeliverWebhooks().due())
    assert deliver_endpoint(endpoint.pk) == 1
    assert list(receiver.ids) == [first.message_id]


def test_a_sender_that_was_overtaken_writes_nothing(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver.url)
    tell(1)

    def overtake(_request: object) -> Reply:
        WebhookDelivery.objects.update(holder="another", attempts=7)
        connection.close()
        return Reply(500)

    receiver.reply = overtake
    deliver_endpoint(endpoint.pk)
    assert (message().holder, message().attempts) == ("another", 7)


def test_the_log_is_kept_for_some_days(receiver: Receiver, settings: Settings) -> None:
    settings.CMS_WEBHOOK_LOG_DAYS = 3
    endpoint = make_endpoint(receiver.url)
    tell(1)
    deliver_endpoint(endpoint.pk)
    WebhookEndpoint.objects.update(is_active=False)
    WebhookDelivery.objects.create(endpoint=endpoint, message_id="msg_2", seq=99, event="x")
    duty = TrimWebhookLog()
    assert list(duty.due()) == []
    for days, states in ((2, [State.FAILED, State.DELIVERED]), (4, [])):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            for key in duty.due():
                assert duty.run(key)
        assert list(WebhookDelivery.objects.values_list("state", flat=True)) == states
