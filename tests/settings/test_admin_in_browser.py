"""The admin in a real browser: it works, in Vietnamese, and asks no other machine for anything."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

PASSWORD = "mật khẩu đủ dài"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/images/", "/admin/users/"])
def test_the_admin_asks_this_server_alone(
    browser_page: Page, live_server: LiveServer, path: str
) -> None:
    User.objects.create_superuser("admin", "admin@localhost", PASSWORD)
    requests: list[str] = []
    browser_page.on("request", lambda request: requests.append(request.url))
    browser_page.goto(f"{live_server.url}/admin/login/?next={path}")
    assert browser_page.locator("html").get_attribute("lang") == "vi"
    browser_page.locator("input[name=username]").fill("admin")
    browser_page.locator("input[name=password]").fill(PASSWORD)
    browser_page.locator("button[type=submit]").click()
    browser_page.wait_for_url(f"{live_server.url}{path}")
    browser_page.wait_for_load_state("networkidle")
    own = (live_server.url, "data:", "blob:")
    assert [url for url in requests if not url.startswith(own)] == []
    assert any("/static/wagtailadmin/" in url for url in requests)
