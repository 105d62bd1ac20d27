"""The preview panel in a real browser, with a frontend on another origin."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from cms.plugins.article.models import ArticlePage
from tests.fixtures.portal import make_portal
from tests.preview.conftest import PASSWORD
from tests.preview.frontend import Frontend, frontend

__all__ = ["frontend"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def admin_page(browser_page: Page, live_server: LiveServer, frontend: Frontend) -> Iterator[Page]:
    """An editor's browser on the form of an article, which finds no fault."""
    article = make_portal().article("Bài về hợp tác xã", lead="Bản đã đăng")
    draft: ArticlePage = article.get_latest_revision_as_object()
    draft.lead = "Bản nháp đã lưu"
    draft.save_revision()
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"{message.text} {message.location}")

    browser_page.on("console", note)
    browser_page.on("pageerror", lambda error: faults.append(str(error)))
    browser_page.set_viewport_size({"width": 1500, "height": 900})
    User.objects.create_superuser("bientap", "bientap@localhost", PASSWORD)
    edit = f"/admin/pages/{article.pk}/edit/"
    browser_page.goto(f"{live_server.url}/admin/login/?next={edit}")
    browser_page.locator("input[name=username]").fill("bientap")
    browser_page.locator("input[name=password]").fill(PASSWORD)
    browser_page.locator("button[type=submit]").click()
    browser_page.wait_for_url(f"{live_server.url}{edit}")
    yield browser_page
    assert faults == []


def picture(page: Page, name: str) -> None:
    """Keeps what the editor sees now."""
    folder = settings.VAR_DIR / "artifacts"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"preview-{name}.png", animations="disabled")


def test_the_panel_shows_the_frontend_and_follows_the_form(
    admin_page: Page, frontend: Frontend
) -> None:
    admin_page.locator("[data-side-panel-toggle=preview]").first.click()
    shown = admin_page.frame_locator("#w-preview-iframe")
    expect(shown.locator("#state")).to_have_text("Bản nháp")
    expect(shown.locator("#lead")).to_have_text("Bản nháp đã lưu")
    picture(admin_page, "1-panel")
    # Wagtail takes what stands in the form in its first two seconds for what was saved.
    admin_page.wait_for_timeout(3_000)
    admin_page.locator("#id_lead, textarea[name=lead]").first.fill("Đang gõ trong biểu mẫu")
    expect(shown.locator("#lead")).to_have_text("Đang gõ trong biểu mẫu", timeout=15_000)
    picture(admin_page, "2-typed")
    tokens = [path for path, _ in frontend.asked if path.startswith("/xem-truoc?token=htp_")]
    assert len(tokens) >= 2
    assert not [where for _, where in frontend.asked if where and "/admin/" in where]


def test_view_draft_opens_the_frontend_until_the_editor_logs_out(
    admin_page: Page, frontend: Frontend, live_server: LiveServer
) -> None:
    number = re.findall(r"/pages/(\d+)/edit/", admin_page.url)[0]
    tab = admin_page.context.new_page()
    tab.goto(f"{live_server.url}/admin/pages/{number}/view_draft/")
    expect(tab.locator("#lead")).to_have_text("Bản nháp đã lưu")
    assert tab.url == f"{frontend.url}/xem-truoc"
    picture(tab, "3-draft")
    used = frontend.asked[-1][0]
    tab.goto(f"{frontend.url}{used}")
    expect(tab.locator("#state")).to_have_text("Bản nháp")
    admin_page.context.clear_cookies()  # another browser: the session itself goes on
    tab.goto(f"{frontend.url}{used}")
    expect(tab.locator("#state")).to_have_text("Bản nháp")
    user = User.objects.get()
    user.set_password("một mật khẩu khác")
    user.save()
    tab.goto(f"{frontend.url}{used}")
    expect(tab.locator("#state")).to_have_text("/api/v1/problems/invalid-token")
