"""A translator's day in the Vietnamese admin: from the work that waits to the page that is read.

The pictures that it takes lie in the var folder's `artifacts/`.
"""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Locator, expect

from cms.plugins.article.models import ArticlePage
from tests.fixtures.portal import Portal
from tests.preview.frontend import Frontend, frontend
from tests.translation.languages import submit
from tests.translation.roles import translator
from tests.translation.samples import write_wording
from tests.translation.workday import Workday, workday

__all__ = ["frontend", "workday"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Kế hoạch phát triển hợp tác xã năm 2026"
BODY = "<p>Liên minh HTX tỉnh tổ chức hội nghị.</p><p>UBND xã <b>tham dự</b>.</p>"


def article(portal: Portal, title: str, text: str) -> ArticlePage:
    """A published article with this text."""
    return portal.article(title, body=json.dumps([{"type": "paragraph", "value": text}]))


def test_a_translator_takes_a_page_from_the_list_to_its_readers(
    workday: Workday, frontend: Frontend
) -> None:
    portal, english, page = workday.portal, workday.english, workday.page
    person = translator(portal.news, "en", publishes=True, name="mai")
    former = submit(article(portal, "Kế hoạch phát triển hợp tác xã năm 2025", BODY), english)
    write_wording(former, "Kế hoạch", "Cooperative development plan for 2025", user=person.user)
    source = article(portal, TITLE, BODY)
    target = submit(source, english).get_target_instance()
    keyboard = page.keyboard

    # What waits, on the first page that is seen.
    workday.log_in(person.user, "translators-day")
    expect(page.get_by_role("heading", name="Bản dịch của bạn")).to_be_visible()
    workday.picture("01-home")
    workday.press(page.get_by_role("link", name="Tất cả bản dịch bạn phụ trách"))
    expect(page.get_by_role("heading", name="Việc cần làm tiếp theo")).to_be_visible()
    workday.picture("02-dashboard", whole=True)
    workday.press(page.get_by_role("link", name=f"Dịch: {TITLE}"))

    # Segment by segment, by keyboard.
    panel = page.locator("[data-translation-help]")
    summary = panel.locator("[data-list=summary] > li").first
    field = page.locator(".js-translation-editor textarea:focus")
    expect(summary).to_have_text("Đã dịch 0/3 đoạn")
    workday.picture("03-editor", whole=True)
    keyboard.press("Alt+ArrowDown")
    expect(listed(panel, "suggestions").first).to_contain_text("2025")
    workday.picture("04-suggestion")
    keyboard.press("Alt+1")
    expect(field).to_have_value("Cooperative development plan for 2025")
    for _ in range(4):
        keyboard.press("Backspace")
    keyboard.type("2026")
    keyboard.press("Control+Enter")
    expect(summary).to_have_text("Đã dịch 1/3 đoạn")

    # A term that the glossary has otherwise is seen while it is typed.
    expect(field).to_be_focused()
    keyboard.type("The provincial union of cooperatives holds a conference.")
    expect(listed(panel, "problems").first).to_contain_text("phải dịch là")
    workday.picture("05-warning")
    keyboard.press("Control+a")
    keyboard.type("The provincial Cooperative Alliance holds a conference.")
    expect(listed(panel, "problems")).to_have_count(0)
    keyboard.press("Control+Enter")
    expect(summary).to_have_text("Đã dịch 2/3 đoạn")
    expect(field).to_be_focused()
    keyboard.press("Alt+0")
    expect(field).to_have_value("UBND xã <b>tham dự</b>.")
    keyboard.press("Control+a")
    keyboard.type("The commune People's Committee <b>attends</b>.")
    keyboard.press("Enter")
    expect(summary).to_have_text("Đã dịch 3/3 đoạn")
    workday.picture("06-translated", whole=True)

    # The frontend shows the translation before it is anybody's to read.
    with page.context.expect_page() as opened:
        page.locator("footer").get_by_role("link", name="Xem trước").focus()
        keyboard.press("Enter")
    tab = opened.value
    expect(tab.locator("#state")).to_have_text("Bản nháp")
    expect(tab.locator("#title")).to_have_text("Cooperative development plan for 2026")
    workday.picture("07-preview", page=tab)
    tab.close()

    workday.press(page.get_by_role("button", name="Xuất bản bằng Tiếng Anh"))
    workday.said("Đã xuất bản “Cooperative development plan for 2026” bằng Tiếng Anh.")
    workday.picture("08-published")
    published = workday.read(f"pages/{target.pk}")
    assert published["title"] == "Cooperative development plan for 2026"
    assert published["locale"] == "en"
    assert (published["translation"]["status"], published["translation"]["percent"]) == (
        "complete",
        100,
    )

    # The source is there to be read, and not to be changed.
    workday.press(panel.get_by_role("link", name="Đọc trang nguồn"))
    expect(page.get_by_text("Bạn đang đọc trang nguồn")).to_be_visible()
    workday.picture("09-source")
    workday.go(f"pages/{source.pk}/edit/")
    workday.said("Bạn không có quyền vào phần này.")
    workday.picture("10-refused")


def listed(panel: Locator, name: str) -> Locator:
    """The entries of one of the panel's lists."""
    return panel.locator(f"[data-list={name}] > li")
