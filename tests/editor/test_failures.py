"""Failed background work in the admin: seen by those who may, and tried again."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from cms.changes.models import Failure

pytestmark = pytest.mark.django_db
LIST = "/admin/failures/"


@pytest.fixture
def failure() -> Failure:
    """Work that was set aside."""
    return Failure.objects.create(
        owner="dependants", key="change:812", attempts=8, error="ValueError: hỏng", set_aside=True
    )


def test_it_is_listed_and_tried_again(admin_client: Client, failure: Failure) -> None:
    assert "change:812" in admin_client.get(LIST).content.decode()
    page = admin_client.get(f"{LIST}{failure.pk}/").content.decode()
    assert "ValueError: hỏng" in page
    assert "Thử lại ngay" in page
    answer = admin_client.post(f"{LIST}{failure.pk}/", follow=True)
    assert "Tiến trình nền sẽ thử lại ngay." in answer.content.decode()
    failure.refresh_from_db()
    assert (failure.set_aside, failure.attempts) == (False, 0)
    assert failure.retry_at is not None


def test_reading_the_page_changes_nothing(admin_client: Client, failure: Failure) -> None:
    admin_client.get(f"{LIST}{failure.pk}/")
    failure.refresh_from_db()
    assert failure.set_aside


def test_the_home_page_says_how_many_are_set_aside(admin_client: Client, failure: Failure) -> None:
    assert "1 việc nền bị lỗi quá nhiều lần" in admin_client.get("/admin/").content.decode()
    failure.delete()
    assert "việc nền bị lỗi quá nhiều" not in admin_client.get("/admin/").content.decode()


@pytest.mark.parametrize("may", [False, True])
def test_editors_see_it_only_with_the_permission(
    client: Client, failure: Failure, may: bool
) -> None:
    editor = User.objects.create_user("editor", password="mật khẩu đủ dài")
    group = Group.objects.create(name="Vận hành")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    if may:
        group.permissions.add(Permission.objects.get(codename="change_failure"))
    editor.groups.add(group)
    client.force_login(editor)
    for path in (LIST, f"{LIST}{failure.pk}/"):
        assert (client.get(path).status_code == 200) is may
    client.post(f"{LIST}{failure.pk}/")
    failure.refresh_from_db()
    assert failure.set_aside is not may
    assert ("quá nhiều lần" in client.get("/admin/").content.decode()) is (
        may and failure.set_aside
    )


def test_the_permission_can_be_given_to_a_group(admin_client: Client) -> None:
    permission = Permission.objects.get(codename="change_failure")
    form = admin_client.get("/admin/groups/new/").content.decode()
    assert f'value="{permission.pk}"' in form
