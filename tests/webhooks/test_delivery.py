"""Messages reach their endpoint signed and in order, and only an answer of success ends them."""

from __future__ import annotations

import socket
import time
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings
from standardwebhooks import Webhook

from benchmarks.receiver import Receiver, Reply, receive
from cms.changes.models import WebhookDelivery, WebhookEndpoint
from cms.changes.webhooks.delivery import deliver_endpoint
from cms.changes.webhooks.messages import queue_test
from cms.changes.webhooks.models import State
from cms.changes.webhooks.secrets import decrypt
from tests.webhooks.conftest import make_endpoint, message, tell, tell_and_deliver

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_half_a_request_is_no_message(receiver: Receiver) -> None:
    with socket.create_connection(("127.0.0.1", receiver.port)) as client:
        client.sendall(b"POST /hook HTTP/1.1\r\nContent-Length: 10\r\n\r\n123")
    with socket.create_connection(("127.0.0.1", receiver.port)) as client:
        client.sendall(b"POST /hook HTTP/1.1\r\nContent-Length: 3\r\n\r\n123")
        assert client.recv(100).startswith(b"HTTP/1.1 204")
    assert [one.body for one in receiver.requests] == [b"123"]


def test_a_test_message_goes_the_same_way(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver.url, types=["article"])
    for _ in range(2):
        queue_test(endpoint)
    deliver_endpoint(endpoint.pk)
    assert [one.json["type"] for one in receiver.requests] == ["webhook.test"] * 2
    assert len(receiver.ids) == 2


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
