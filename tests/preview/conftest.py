"""What the tests of previews share: an editor who opens one, and a frontend that reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest
from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings
from wagtail.fields import StreamField
from wagtail.models import GroupPagePermission, Page

from tests.delivery.conftest import Api
from tests.editor.test_built_in_pages import form_of
from tests.fixtures.portal import Portal

__all__ = ["FRONTEND", "PASSWORD", "Editor", "read", "show"]

FRONTEND = "https://portal.example.vn/xem-truoc?token={token}"
PASSWORD = "mật khẩu đủ dài"


def read(token: str, **parameters: str) -> HttpResponse:
    """The API's answer to a frontend that sends the token as it should."""
    return Api().get("preview", parameters, {"Authorization": f"Bearer {token}"})


def show(token: str, **parameters: str) -> dict[str, Any]:
    """The draft that the token shows; the test fails where it shows none."""
    response = read(token, **parameters)
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = orjson.loads(response.content)
    assert (answer["kind"], answer["draft"]) == ("page", True)
    page: dict[str, Any] = answer["page"]
    return page


@dataclass
class Editor:
    """An editor in the admin, logged in."""

    user: User
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        self.client.force_login(self.user)

    def token(self, address: str) -> str:
        """The token that an address of the admin sends to the frontend."""
        response = self.client.get(address)
        assert response.status_code == 302, response.content[:500]
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["Referrer-Policy"] == "no-referrer"
        found = urlsplit(response.headers["Location"])
        assert f"{found.scheme}://{found.netloc}{found.path}" == FRONTEND.partition("?")[0]
        (token,) = parse_qs(found.query)["token"]
        return token

    def draft(self, page: Page) -> str:
        """The token of "view draft"."""
        return self.token(f"/admin/pages/{page.pk}/view_draft/")

    def panel(self, page: Page, **changes: str) -> str:
        """The token of the preview panel, after something was changed in the form."""
        address = f"/admin/pages/{page.pk}/edit/preview/"
        answer = self.client.post(address, form_of(page, **changes)).json()
        assert answer == {"is_valid": True, "is_available": True}
        return self.token(f"{address}?in_preview_panel=true")

    def new(self, page: Page, parent: Page) -> str:
        """The token of the panel of a page that was never saved."""
        label = f"{page._meta.app_label}/{page._meta.model_name}"
        address = f"/admin/pages/add/{label}/{parent.pk}/preview/"
        streams = (one for one in page._meta.get_fields() if isinstance(one, StreamField))
        counts = {f"{one.name}-count": "0" for one in streams}
        answer = self.client.post(address, form_of(page, slug="", **counts)).json()
        assert answer == {"is_valid": True, "is_available": True}
        return self.token(address)


@pytest.fixture(autouse=True)
def _frontend(settings: Settings) -> None:
    """Where drafts are shown."""
    settings.CMS_PREVIEW_URL = FRONTEND


@pytest.fixture
def editor(portal: Portal) -> Editor:
    """An editor who may change the news, and nothing else."""
    user = User.objects.create_user("bientap", password=PASSWORD)
    group = Group.objects.create(name="Tin tức")
    group.permissions.add(*Group.objects.get(name="Biên tập viên").permissions.all())
    for codename in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group, page=Page.objects.get(pk=portal.news.pk),
            permission=_permission(codename),
        )  # fmt: skip
    user.groups.add(group)
    return Editor(user)


def _permission(codename: str) -> Any:
    from django.contrib.auth.models import Permission

    return Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
