"""Messages reach their endpoint at least once, signed, and hold nobody up."""

from __future__ import annotations

import random
import socket
import time
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from pytest_django import Settings
from standardwebhooks import Webhook

from benchmarks.receiver import Receiver, Reply, receive
from cms.changes.holders import new_holder
from cms.changes.models import WebhookDelivery, WebhookEndpoint
from cms.changes.webhooks import delivery
from cms.changes.webhooks.delivery import PAUSES, deliver_endpoint
from cms.changes.webhooks.duties import DeliverWebhooks, TrimWebhookLog
from cms.changes.webhooks.messages import queue_test, send_again
from cms.changes.webhooks.models import State
from cms.changes.webhooks.secrets import decrypt
from cms.changes.webhooks.sending import Transport
from tests.webhooks.conftest import make_endpoint, tell

pytestmark = pytest.mark.django_db(transaction=True)
FAST = Transport(connect_seconds=0.5, total_seconds=1.0)


def message() -> WebhookDelivery:
    return WebhookDelivery.objects.get()


def test_t10_the_reference_library_accepts_a_message(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver.url)
    tell(41)
    assert deliver_endpoint(endpoint.pk) == 1
    (request,) = receiver.requests
    checked = Webhook(decrypt(endpoint.secret)).verify(request.body, dict(request.headers))
    assert checked["type"] == "page.updated"
    assert checked["data"]["id"] == 41
    assert (request.method, request.headers["content-type"]) == ("POST", "application/json")
    assert request.headers["webhook-id"] == message().message_id
    assert (message().state, message().status, message().attempts) == (State.DELIVERED, 204, 1)


def test_t10_both_secrets_hold_for_a_day_after_a_rotation(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver.url)
    old = decrypt(endpoint.secret)
    new = endpoint.rotate()
    assert old != new
    tell(1)
    deliver_endpoint(endpoint.pk)
    headers = dict(receiver.requests[0].headers)
    assert len(headers["webhook-signature"].split()) == 2
    for secret in (old, new):
        Webhook(secret).verify(receiver.requests[0].body, headers)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert WebhookEndpoint.objects.get().secrets() == [new]


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


def test_t10_gone_takes_the_endpoint_out_of_use(receiver: Receiver) -> None:
    receiver.reply = lambda _request: Reply(410)
    endpoint = make_endpoint(receiver.url)
    tell(1, 2)
    deliver_endpoint(endpoint.pk)
    endpoint.refresh_from_db()
    assert not endpoint.is_active and endpoint.gone_at is not None
    assert len(receiver.requests) == 1
    states = WebhookDelivery.objects.values_list("state", flat=True)
    assert list(states) == [State.FAILED, State.FAILED]
    tell(3)
    assert WebhookDelivery.objects.count() == 2


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_t10_every_2xx_is_a_success(receiver: Receiver, status: int) -> None:
    receiver.reply = lambda _request: Reply(status)
    tell_and_deliver(receiver)
    assert message().state == State.DELIVERED


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_n44_redirects_are_not_followed(receiver: Receiver, status: int) -> None:
    with receive() as elsewhere:
        receiver.reply = lambda _request: Reply(status, {"Location": elsewhere.url})
        tell_and_deliver(receiver)
        assert elsewhere.connections == 0
    assert (message().state, message().status) == (State.PENDING, status)
    assert message().error == f"Không đi theo chuyển hướng ({status})."


def tell_and_deliver(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver.url)
    tell(1)
    deliver_endpoint(endpoint.pk, FAST)


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


def test_messages_go_out_in_the_order_of_the_changes(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver.url)
    tell(*range(10))
    deliver_endpoint(endpoint.pk)
    assert [request.json["data"]["id"] for request in receiver.requests] == list(range(10))


@pytest.mark.parametrize(
    ("reply", "state", "error"),
    [
        (Reply(200, delay=3), State.PENDING, "Không có trả lời trong 1 giây."),
        (
            Reply(200, {"X-Slow": "x" * 100}, drip_head=0.2),
            State.PENDING,
            "Không có trả lời trong 1 giây.",
        ),
        (Reply(200, body=b"x" * 100, drip=0.2), State.DELIVERED, ""),
    ],
)
def test_a_slow_answer_ends_in_time(
    receiver: Receiver, reply: Reply, state: State, error: str
) -> None:
    receiver.reply = lambda _request: reply
    started = time.monotonic()
    tell_and_deliver(receiver)
    assert time.monotonic() - started < 2.5
    assert (message().state, message().error) == (state, error)


def test_an_endless_answer_is_not_read(receiver: Receiver) -> None:
    receiver.reply = lambda _request: Reply(200, body=b"a\x00" * 5_000_000)
    tell_and_deliver(receiver)
    assert message().state == State.DELIVERED
    assert len(message().answer) == 1_000


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


def test_half_a_request_is_no_message(receiver: Receiver) -> None:
    with socket.create_connection(("127.0.0.1", receiver.port)) as client:
        client.sendall(b"POST /hook HTTP/1.1\r\nContent-Length: 10\r\n\r\n123")
    with socket.create_connection(("127.0.0.1", receiver.port)) as client:
        client.sendall(b"POST /hook HTTP/1.1\r\nContent-Length: 3\r\n\r\n123")
        assert client.recv(100).startswith(b"HTTP/1.1 204")
    assert [one.body for one in receiver.requests] == [b"123"]


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


def test_a_test_message_goes_the_same_way(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver.url, types=["article"])
    for _ in range(2):
        queue_test(endpoint)
    deliver_endpoint(endpoint.pk)
    assert [one.json["type"] for one in receiver.requests] == ["webhook.test"] * 2
    assert len(receiver.ids) == 2


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


def test_another_secret_key_is_said_and_nothing_goes_out_unsigned(
    receiver: Receiver, settings: Settings
) -> None:
    endpoint = make_endpoint(receiver.url)
    tell(1)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another " * 8
    deliver_endpoint(endpoint.pk)
    assert receiver.connections == 0
    assert "SECRET_KEY" in message().error
    settings.SECRET_KEY_FALLBACKS = [old]
    with time_machine.travel(message().next_attempt_at, tick=True):
        deliver_endpoint(endpoint.pk)
    assert message().state == State.DELIVERED


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


def test_the_pauses_are_spread() -> None:
    random.seed(1)
    found = {delivery._with_jitter(timedelta(minutes=10)) for _ in range(50)}
    assert len(found) == 50
    assert timedelta(minutes=10) <= min(found) and max(found) <= timedelta(minutes=11)
