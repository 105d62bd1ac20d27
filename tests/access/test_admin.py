"""Access tokens in the admin: made, shown once, limited, revoked; by those who may."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.delivery.models import ApiToken, TokenSection
from tests.access.conftest import Holder, make_token
from tests.fixtures.portal import Portal

ADD = "/admin/api-tokens/new/"


@pytest.fixture
def admin(client: Client, db: None) -> Client:
    """A superuser's browser."""
    client.force_login(User.objects.create_superuser("admin", "a@localhost", "mật khẩu đủ dài"))
    return client


def form(
    sections: list[int] | None = None, locales: tuple[str, ...] = (), **fields: Any
) -> dict[str, Any]:
    """What the form sends; checkboxes that are off are left out."""
    rows = [{"page": pk} for pk in sections or []]
    data = {"name": "Cổng", "reach": "everywhere", "sections": inline_formset(rows), **fields}
    return {**nested_form_data(data), "locales": locales}


def test_the_secret_is_shown_once(admin: Client, portal: Portal) -> None:
    answer = admin.post(ADD, form(allowed_origins="https://portal.example.vn"))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    page = answer.content.decode()
    found = re.search(r'value="(htc_[\w-]{43})"', page)
    assert found is not None
    assert "chỉ hiện một lần" in page
    secret = found[1]
    assert Holder(secret).get("pages").status_code == 200
    token = ApiToken.objects.get()
    assert token.created_by is not None
    edit = admin.get(f"/admin/api-tokens/edit/{token.pk}/").content.decode()
    listing = admin.get("/admin/api-tokens/").content.decode()
    history = admin.get(f"/admin/api-tokens/history/{token.pk}/").content.decode()
    for later in (edit, listing, history):
        assert secret not in later
        assert token.digest not in later
    assert token.prefix in listing
    assert secret not in str(dict(admin.session))


def test_a_token_for_sections_has_some(admin: Client, portal: Portal) -> None:
    assert "Hãy chọn chuyên mục" in admin.post(ADD, form(reach="sections")).content.decode()
    refused = admin.post(ADD, form([portal.news.pk], reach="everywhere")).content.decode()
    assert "bỏ một trong hai" in refused
    assert not ApiToken.objects.exists()
    admin.post(ADD, form([portal.news.pk], reach="sections", locales=("vi",)))
    token = ApiToken.objects.get()
    assert token.locales == ["vi"]
    assert [one.page_id for one in TokenSection.objects.all()] == [portal.news.pk]


@pytest.mark.parametrize(
    "fields",
    [
        {"allowed_origins": "portal.example.vn"},
        {"allowed_origins": "https://portal.example.vn/path"},
        {"allowed_origins": "javascript:alert(1)"},
        {"allowed_origins": "*"},
        {"rate_limit": "viel"},
        {"rate_limit": "0/minute"},
        {"locales": ("de",)},
        {"reach": "all"},
        {"expires_at": "gestern"},
    ],
)
def test_what_does_not_fit_is_refused(admin: Client, portal: Portal, fields: Any) -> None:
    assert admin.post(ADD, form(**fields)).status_code == 200
    assert not ApiToken.objects.exists()


def test_a_token_is_revoked_for_good(admin: Client, portal: Portal) -> None:
    token, holder = make_token(name="Cổng")
    edit = f"/admin/api-tokens/edit/{token.pk}/"
    assert admin.post(edit, form(revoked="on")).status_code == 302
    assert holder.get("pages").status_code == 401
    assert "hãy tạo mã khác" in admin.post(edit, form()).content.decode()
    assert holder.get("pages").status_code == 401


def test_N17_only_who_may_sees_to_tokens(client: Client, portal: Portal) -> None:
    token, _ = make_token()
    editor = User.objects.create_user("editor", password="mật khẩu đủ dài")
    editors = Group.objects.get(name="Biên tập viên")
    editor.groups.add(editors)
    client.force_login(editor)
    addresses = [
        "/admin/api-tokens/", ADD, f"/admin/api-tokens/edit/{token.pk}/",
        f"/admin/api-tokens/delete/{token.pk}/", f"/admin/api-tokens/history/{token.pk}/",
    ]  # fmt: skip
    for address in addresses:
        assert client.get(address).status_code == 302, address
        assert client.post(address, form()).status_code in (302, 405), address
    assert ApiToken.objects.count() == 1
    rights = Permission.objects.filter(content_type__model="apitoken")
    editors.permissions.add(*rights)
    assert client.get("/admin/api-tokens/").status_code == 200
    assert client.post(ADD, form()).status_code == 200
    assert ApiToken.objects.count() == 2
