"""Webhooks in the admin: made, tested, renewed and followed, by those who may."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from cms.changes.models import WebhookDelivery, WebhookEndpoint
from cms.changes.webhooks.models import State
from cms.changes.webhooks.secrets import decrypt

pytestmark = pytest.mark.django_db
LIST = "/admin/webhooks/"
LOG = "/admin/webhook-messages/"
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]+")


@pytest.fixture
def endpoint() -> WebhookEndpoint:
    return WebhookEndpoint.objects.create(name="Trang tĩnh", url="https://a.example/moc")


def make_message(endpoint: WebhookEndpoint, state: State = State.FAILED) -> WebhookDelivery:
    return WebhookDelivery.objects.create(
        endpoint=endpoint, seq=WebhookDelivery.objects.count() + 1, event="page.updated",
        message_id=f"msg_{WebhookDelivery.objects.count()}", state=state, attempts=10,
        payload='{"type":"page.updated"}', status=500, milliseconds=12, answer="hỏng <b>",
        error="Chỉ mã 2xx", queued_at="2026-01-01T00:00:00Z", attempted_at="2026-01-02T00:00:00Z",
    )  # fmt: skip


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_webhook_is_made_and_its_secret_shown_once(admin_client: Client, admin: User) -> None:
    form = text(admin_client, f"{LIST}new/")
    assert "Báo những thay đổi nào" in form and "Không chọn mục nào nghĩa là tất cả." in form
    values = {"name": "Trang", "url": "https://a.example/moc", "is_active": "on",
              "types": ["article", "image"], "within": "tin-tuc", "locales": ["vi"]}  # fmt: skip
    answer = admin_client.post(f"{LIST}new/", values)
    assert answer.status_code == 200, answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    made = WebhookEndpoint.objects.get()
    assert SECRET.findall(answer.content.decode()) == [decrypt(made.secret)]
    assert (made.types, made.within, made.locales) == (["article", "image"], "/tin-tuc/", ["vi"])
    assert made.created_by == admin
    for page in ("", *(f"{view}/{made.pk}/" for view in ("edit", "inspect", "history"))):
        assert not SECRET.search(text(admin_client, LIST + page))


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://a.example/", "Địa chỉ phải bắt đầu bằng https://."),
        ("https://127.0.0.1/", "không thuộc mạng Internet công cộng"),
        ("https://a.example:22/", "Chỉ được dùng các cổng: 443, 8443."),
        ("https://u:p@a.example/", "không được chứa tên người dùng"),
    ],
)
def test_a_forbidden_address_is_refused_in_vietnamese(
    admin_client: Client, url: str, says: str
) -> None:
    answer = admin_client.post(f"{LIST}new/", {"name": "Trang", "url": url, "is_active": "on"})
    assert says in answer.content.decode()
    assert not WebhookEndpoint.objects.exists()


def test_renewing_keeps_the_old_secret_for_a_day(
    admin_client: Client, endpoint: WebhookEndpoint
) -> None:
    old = decrypt(endpoint.secret)
    answer = admin_client.post(f"{LIST}inspect/{endpoint.pk}/", {"action": "rotate"})
    endpoint.refresh_from_db()
    (shown,) = SECRET.findall(answer.content.decode())
    assert endpoint.secrets() == [shown, old]
    assert "Trong 24 giờ tới" in answer.content.decode()


def test_the_test_button_queues_a_message(admin_client: Client, endpoint: WebhookEndpoint) -> None:
    page = f"{LIST}inspect/{endpoint.pk}/"
    assert "Gửi thử một thông báo" in text(admin_client, page)
    answer = admin_client.post(page, {"action": "test"}, follow=True)
    assert "Đang gửi thông báo thử." in answer.content.decode()
    message = WebhookDelivery.objects.get()
    assert (message.event, message.state, message.seq) == ("webhook.test", State.PENDING, None)
    WebhookEndpoint.objects.update(is_active=False)
    answer = admin_client.post(page, {"action": "test"}, follow=True)
    assert "đang ngừng dùng" in answer.content.decode()
    assert WebhookDelivery.objects.count() == 1


def test_what_was_given_up_is_sent_again_alone_or_all_at_once(
    admin_client: Client, endpoint: WebhookEndpoint
) -> None:
    first, _second, sent = (
        make_message(endpoint), make_message(endpoint), make_message(endpoint, State.DELIVERED),
    )  # fmt: skip
    page = text(admin_client, f"{LOG}{first.pk}/")
    assert "hỏng &lt;b&gt;" in page and "Chỉ mã 2xx" in page and "Gửi lại" in page
    admin_client.post(f"{LOG}{first.pk}/")
    first.refresh_from_db()
    assert (first.state, first.attempts) == (State.PENDING, 0)
    assert "Gửi lại những thông báo đã bỏ (1)" in text(
        admin_client, f"{LIST}inspect/{endpoint.pk}/"
    )
    answer = admin_client.post(f"{LIST}inspect/{endpoint.pk}/", {"action": "again"}, follow=True)
    assert "Đang gửi lại 1 thông báo." in answer.content.decode()
    assert not WebhookDelivery.objects.filter(state=State.FAILED).exists()
    sent.refresh_from_db()
    assert sent.state == State.DELIVERED


def test_the_log_is_filtered(admin_client: Client, endpoint: WebhookEndpoint) -> None:
    make_message(endpoint)
    other = WebhookEndpoint.objects.create(name="Khác", url="https://b.example/")
    assert "page.updated" in text(admin_client, f"{LOG}results/?endpoint={endpoint.pk}")
    for query in (f"endpoint={other.pk}", "state=delivered", "event=page.deleted"):
        assert f"{LOG}1/" not in text(admin_client, f"{LOG}results/?{query}")
    listing = text(admin_client, LIST)
    assert "Trang tĩnh" in listing and "Đã bỏ" in listing


def test_saving_forgives(admin_client: Client, endpoint: WebhookEndpoint) -> None:
    WebhookEndpoint.objects.update(
        is_active=False, gone_at="2026-01-01T00:00:00Z", failures=9, retry_at="2036-01-01T00:00:00Z"
    )
    assert "410 Gone" in text(admin_client, f"{LIST}inspect/{endpoint.pk}/")
    values = {"name": "Trang", "url": "https://c.example/moc", "is_active": "on"}
    admin_client.post(f"{LIST}edit/{endpoint.pk}/", values)
    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.gone_at) == (True, None)
    assert (endpoint.failures, endpoint.retry_at) == (0, None)


@pytest.mark.parametrize("may", [False, True])
def test_n17_only_those_who_may(client: Client, endpoint: WebhookEndpoint, may: bool) -> None:
    message = make_message(endpoint)
    group = Group.objects.create(name="Vận hành")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    if may:
        names = [f"{verb}_webhookendpoint" for verb in ("add", "change", "delete")]
        group.permissions.add(*Permission.objects.filter(codename__in=names))
    editor = User.objects.create_user("editor", password="mật khẩu đủ dài")
    editor.groups.add(group)
    client.force_login(editor)
    one = f"{LIST}inspect/{endpoint.pk}/"
    for path in (LIST, f"{LIST}new/", f"{LIST}edit/{endpoint.pk}/", one, LOG, f"{LOG}{message.pk}/",
                 f"{LOG}results/", f"{LIST}delete/{endpoint.pk}/"):  # fmt: skip
        assert (client.get(path).status_code == 200) is may, path
    stored = endpoint.secret
    client.post(one, {"action": "rotate"})
    client.post(f"{LOG}{message.pk}/")
    endpoint.refresh_from_db()
    message.refresh_from_db()
    assert (endpoint.secret != stored, message.state == State.PENDING) == (may, may)
    menu = client.get("/admin/").content.decode()
    assert ("/admin/webhooks/" in menu) is may
    assert ("/admin/webhook-messages/" in menu) is may


def test_reading_changes_nothing_and_unknown_actions_are_refused(
    admin_client: Client, endpoint: WebhookEndpoint
) -> None:
    stored = endpoint.secret
    text(admin_client, f"{LIST}inspect/{endpoint.pk}/")
    admin_client.post(f"{LIST}inspect/{endpoint.pk}/", {"action": "drop"})
    endpoint.refresh_from_db()
    assert endpoint.secret == stored
    assert not WebhookDelivery.objects.exists()


def test_the_permissions_can_be_given_to_a_group(admin_client: Client) -> None:
    form = text(admin_client, "/admin/groups/new/")
    permission = Permission.objects.get(codename="change_webhookendpoint")
    assert f'value="{permission.pk}"' in form
