"""Which endpoint is told of what, and what a message says."""

from __future__ import annotations

import orjson
import pytest
from django.test import override_settings

from cms.changes.followers import catch_up
from cms.changes.models import FollowerCursor, Reason, WebhookDelivery, WebhookEndpoint
from cms.changes.webhooks.models import State
from cms.changes.webhooks.secrets import decrypt
from tests.factories import make_private
from tests.fixtures.portal import Portal
from tests.webhooks.conftest import follower, make_endpoint, tell, write

pytestmark = pytest.mark.django_db
URL = "https://a.example/hook"


def told() -> list[str]:
    return list(WebhookDelivery.objects.order_by("pk").values_list("event", flat=True))


def test_a_message_says_what_changes_says_and_no_more(portal: Portal) -> None:
    make_endpoint(URL)
    page = portal.article("Kimtuyen4711", slug="bai", lead="Kimtuyen4711")
    make_private(page)
    tell()
    first, second = WebhookDelivery.objects.order_by("pk")
    assert orjson.loads(first.payload) == {
        "type": "page.published",
        "timestamp": orjson.loads(first.payload)["timestamp"],
        "data": {
            "seq": first.seq, "reason": "publish", "withdrawn": False, "type": "article",
            "id": page.pk, "locale": "vi", "path": "/tin-tuc/bai/", "previous_path": None,
            "tags": [f"page:{page.pk}", f"translations:{page.translation_key}", "type:article"],
        },
    }  # fmt: skip
    assert orjson.loads(second.payload)["type"] == "page.restricted"
    assert "Kimtuyen4711" not in first.payload + second.payload


def test_n10_hidden_pages_make_no_message(portal: Portal) -> None:
    make_endpoint(URL)
    portal.draft("Kimtuyen4711")
    make_private(portal.news)
    tell()
    WebhookDelivery.objects.all().delete()
    portal.article("Kimtuyen4711", slug="duoi-muc-kin")
    with override_settings(CMS_DISABLED_PLUGINS=["official_document"]):
        portal.document()
        tell()
    assert told() == []


def test_the_same_entry_twice_is_one_message_under_one_id() -> None:
    make_endpoint(URL)
    write(1)
    catch_up(follower())
    (before,) = WebhookDelivery.objects.values_list("message_id", flat=True)
    FollowerCursor.objects.filter(name="webhooks").update(seq=0)
    catch_up(follower())
    assert list(WebhookDelivery.objects.values_list("message_id", flat=True)) == [before]


def test_each_endpoint_has_ids_of_its_own() -> None:
    make_endpoint(URL)
    make_endpoint(URL)
    tell(1)
    assert len(set(WebhookDelivery.objects.values_list("message_id", flat=True))) == 2


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({}, ["page.published", "page.moved", "page.deleted", "image.updated"]),
        ({"types": ["image"]}, ["image.updated"]),
        ({"types": ["article"]}, ["page.published", "page.moved"]),
        ({"within": "/tin-tuc/"}, ["page.published", "page.moved", "image.updated"]),
        ({"within": "/tin/"}, ["image.updated"]),
        ({"within": "/en/", "types": ["plan"]}, ["page.deleted"]),
        ({"locales": ["vi"]}, ["page.published", "page.moved", "image.updated"]),
        ({"locales": ["en"], "types": ["plan"]}, ["page.deleted"]),
        ({"is_active": False}, []),
    ],
)
def test_an_endpoint_is_told_of_what_it_wants(wish: dict[str, object], expected: list[str]) -> None:
    make_endpoint(URL, **wish)
    write(1, reason=Reason.PUBLISH, locale="vi", path="/tin-tuc/a/")
    write(1, reason=Reason.MOVE, locale="vi", path="/van-ban/a/", previous_path="/tin-tuc/a/")
    write(2, reason=Reason.DELETE, type="plan", locale="en", path="/en/b/")
    tell(3, type="image")
    WebhookDelivery.objects.filter(event="page.updated").update(event="image.updated")
    assert told() == expected


def test_secrets_are_encrypted_at_rest() -> None:
    endpoint = make_endpoint(URL)
    secret = decrypt(endpoint.secret)
    assert secret.startswith("whsec_")
    endpoint.rotate()
    row = WebhookEndpoint.objects.values().get()
    assert secret not in str(row)
    assert all("whsec_" not in str(value) for value in row.values())
    assert decrypt(row["previous_secret"]) == secret


def test_n13_a_message_is_no_secret_and_holds_none() -> None:
    endpoint = make_endpoint(URL)
    tell(1)
    message = WebhookDelivery.objects.get()
    assert (message.state, message.attempts) == (State.PENDING, 0)
    assert decrypt(endpoint.secret) not in str(WebhookDelivery.objects.values().get())
