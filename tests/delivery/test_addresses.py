"""Addresses come from the portal's own records, whatever a request says of itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from tests.delivery.conftest import Api
from tests.fixtures.portal import Portal

ANSWERS = ("pages?fields=*", "site", "menus/main", "sitemap.xml", "feeds/rss", "feeds/atom",
           "feeds/json", "redirects", "openapi.json", "resolve?path=/tin-tuc/&include=json_ld",
           "pages/987654", "docs")  # fmt: skip


@pytest.mark.parametrize("path", ANSWERS)
def test_n45_no_host_of_a_request_stands_in_an_answer(
    portal: Portal, settings: Any, path: str
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "doi-thu.example"]  # also of one that is let in
    portal.article("Tin")
    told = {"X-Forwarded-Host": "doi-thu.example", "X-Forwarded-Proto": "gopher",
            "X-Original-URL": "/doi-thu", "Forwarded": "host=doi-thu.example"}  # fmt: skip
    plain = Client().get(f"/api/v1/{path}")
    other = Client().get(f"/api/v1/{path}", headers={**told, "Host": "doi-thu.example"})
    assert other.content == plain.content
    assert "doi-thu" not in str(other.headers)


@pytest.mark.parametrize(
    "host",
    ["doi-thu.example", "testserver.doi-thu.example", "testserver@doi-thu.example", "a b",
     "testserver:80:80", "[::1", "127.0.0.1.doi-thu.example"],
)  # fmt: skip
def test_n45_a_host_that_is_not_ours_is_refused(db: None, host: str) -> None:
    for path in ("/api/v1/pages", "/graphql/", "/healthz", "/images/1/a.svg", "/", "/admin/login/"):
        response = Client().get(path, headers={"Host": host})
        assert response.status_code == 400, path
        assert host not in response.content.decode()


@pytest.mark.parametrize(
    "target", ["https://doi-thu.example/", "//doi-thu.example/", "javascript:alert(1)", "\\\\a.b"]
)
def test_n45_who_logs_in_is_sent_nowhere_else(
    client: Client, django_user_model: Any, target: str
) -> None:
    django_user_model.objects.create_user("an", password="mật khẩu dài")
    for address in ("/_util/login/", "/admin/login/"):
        response = client.post(
            address, {"username": "an", "password": "mật khẩu dài", "next": target}
        )
        assert "doi-thu" not in response.headers.get("Location", "")
        assert "javascript" not in response.headers.get("Location", "")
        client.logout()


def test_n45_a_loop_of_redirects_is_no_redirect(api: Api, portal: Portal) -> None:
    for start, end in (("/a/", "/b/"), ("/b/", "/c/"), ("/c/", "/a/"), ("/d/", "/d/")):
        Redirect.add_redirect(start, end)
    for path in ("/a/", "/b/", "/c/", "/d/"):
        assert api.get("resolve", {"path": path}).status_code == 404
    assert api.json("redirects")["items"] == []
