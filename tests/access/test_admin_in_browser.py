"""Access tokens in a real browser: made, and shown once, in Vietnamese."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.access.conftest import Holder
from tests.fixtures.portal import make_portal

PASSWORD = "mật khẩu đủ dài"


def picture(page: Page, name: str) -> None:
    """Keeps what the administrator sees now."""
    folder = settings.VAR_DIR / "artifacts"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"token-{name}.png", animations="disabled", full_page=True)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_administrator_makes_a_token(browser_page: Page, live_server: LiveServer) -> None:
    make_portal()
    User.objects.create_superuser("admin", "admin@localhost", PASSWORD)
    faults: list[str] = []
    browser_page.on("pageerror", lambda error: faults.append(str(error)))
    browser_page.goto(f"{live_server.url}/admin/login/?next=/admin/api-tokens/new/")
    browser_page.locator("input[name=username]").fill("admin")
    browser_page.locator("input[name=password]").fill(PASSWORD)
    browser_page.locator("button[type=submit]").click()
    browser_page.locator("#id_name").fill("Cổng thông tin tỉnh")
    browser_page.locator("input[name=locales][value=vi]").check()
    browser_page.locator("#id_allowed_origins").fill("https://portal.example.vn")
    picture(browser_page, "1-form")
    browser_page.locator("footer button[type=submit], form button[type=submit]").last.click()
    secret = browser_page.locator("#secret")
    expect(secret).to_be_visible()
    expect(browser_page.get_by_text("chỉ hiện một lần này")).to_be_visible()
    picture(browser_page, "2-secret")
    assert Holder(secret.input_value()).get("types").status_code == 200
    browser_page.get_by_role("link", name="Tôi đã cất mã").click()
    expect(browser_page.get_by_role("link", name="Cổng thông tin tỉnh").first).to_be_visible()
    picture(browser_page, "3-list")
    assert faults == []
