"""A translator's dashboard in a real browser: seen, filtered, and a step taken from it."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.fixtures.portal import make_portal
from tests.translation.languages import begin, submit, translate
from tests.translation.roles import translator

PASSWORD = "mật khẩu đủ dài"


def picture(page: Page, name: str) -> None:
    """Keeps what the translator sees now."""
    folder = settings.VAR_DIR / "artifacts"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"translation-{name}.png", animations="disabled", full_page=True)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_translator_finds_the_next_step(browser_page: Page, live_server: LiveServer) -> None:
    portal = make_portal()
    english, _ = begin(portal, "en", "fr")
    person = translator(portal.news, "en", publishes=True, name="tiếng Anh")
    person.user.set_password(PASSWORD)
    person.user.save()
    finished = submit(portal.article("Đại hội thành viên năm 2026"), english)
    translate(finished)
    changed = portal.article("Hướng dẫn chuyển đổi số")
    translate(submit(changed, english))
    changed.title = "Hướng dẫn chuyển đổi số năm 2026"
    changed.save_revision().publish()
    submit(portal.article("Kế hoạch tập huấn"), english)
    portal.article("Giá lúa gạo tuần qua")
    portal.article("Hợp tác xã trẻ")
    portal.article("Bài ở chuyên mục khác", parent=portal.texts)

    faults: list[str] = []
    browser_page.on("pageerror", lambda error: faults.append(str(error)))
    browser_page.goto(f"{live_server.url}/admin/login/")
    browser_page.locator("input[name=username]").fill(person.user.username)
    browser_page.locator("input[name=password]").fill(PASSWORD)
    browser_page.locator("button[type=submit]").click()
    expect(browser_page.get_by_role("heading", name="Bản dịch của bạn")).to_be_visible()
    picture(browser_page, "1-home")
    browser_page.get_by_role("link", name="Dịch thuật", exact=True).click()
    expect(browser_page.get_by_role("heading", name="Việc cần làm tiếp theo")).to_be_visible()
    expect(browser_page.get_by_text("Bài ở chuyên mục khác")).to_have_count(0)
    picture(browser_page, "2-dashboard")
    browser_page.get_by_role("link", name="Gửi dịch 2 trang chưa ai bắt đầu").click()
    expect(browser_page.locator("#listing-results")).to_contain_text("Giá lúa gạo tuần qua")
    expect(browser_page.locator("#listing-results")).not_to_contain_text("Kế hoạch tập huấn")
    picture(browser_page, "3-filtered")
    browser_page.get_by_role("link", name="Gửi dịch 2 trang", exact=True).click()
    picture(browser_page, "4-section")
    browser_page.get_by_role("button", name="Gửi dịch", exact=True).click()
    expect(browser_page.get_by_text("Đã gửi dịch 2 trang")).to_be_visible()
    browser_page.get_by_role("link", name="Kế hoạch tập huấn").first.click()
    expect(browser_page.get_by_text("Bạn đang đọc trang nguồn")).to_be_visible()
    picture(browser_page, "5-source")
    assert faults == []
