"""An editor's day with translations in the Vietnamese admin: submitted, out of date, synced,
reviewed by keyboard, and worked on with another tool.

The pictures that it takes lie in the var folder's `artifacts/`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import pytest
from defusedxml.ElementTree import fromstring
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.plugins.article.models import ArticlePage
from cms.translation.dashboard import running
from cms.translation.exchange.xliff1 import NAMESPACE
from tests.translation.languages import submit, translate
from tests.translation.roles import editor
from tests.translation.samples import wording_of
from tests.translation.workday import Workday, workday

__all__ = ["workday"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLES: Final = ("Lịch tập huấn quý III", "Giá lúa gạo tuần qua", "Hợp tác xã trẻ")
LEAD: Final = "Mở 3 lớp tập huấn tại huyện."


@pytest.fixture
def articles(workday: Workday) -> list[ArticlePage]:
    """Published, and submitted by nobody; an editor of the whole portal is logged in."""
    made = [workday.portal.article(title, lead=LEAD) for title in TITLES]
    everywhere = editor(Page.objects.get(depth=1), name="lan", submits=True)
    workday.log_in(everywhere.user, "editors-day")
    return made


def test_a_section_is_submitted_changed_synced_and_reviewed(
    workday: Workday, articles: list[ArticlePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, keyboard = workday.page, workday.page.keyboard
    monkeypatch.setattr(running, "_SECONDS", 0)  # one page in each request: progress to be seen
    workday.go("translation-dashboard/")
    workday.picture("01-dashboard")
    workday.press(page.get_by_role("link", name="Gửi dịch 3 trang", exact=True))
    workday.picture("02-section")
    # Stopped for a look, as for somebody without scripts; then it goes on by itself.
    page.route("**/translation/run.js*", lambda route: route.abort())
    workday.press(page.get_by_role("button", name="Gửi dịch", exact=True))
    expect(page.get_by_text("Đã xong 1 trên 3 trang.")).to_be_visible()
    workday.picture("03-progress")
    page.unroute("**/translation/run.js*")
    workday.press(page.get_by_role("button", name="Tiếp tục"))
    workday.said("Đã gửi dịch 3 trang")
    workday.picture("04-submitted", whole=True)

    # Translated and published; then the source changes.
    source = articles[0]
    translation = Translation.objects.get(source__object_id=source.translation_key)
    translate(translation)
    translation.save_target(publish=True)
    target = translation.get_target_instance()
    workday.go(f"pages/{source.pk}/edit/")
    page.locator("textarea[name=lead]").fill("Mở 5 lớp tập huấn tại xã.")
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    workday.press(page.locator("footer button[name=action-publish]"))
    expect(page.locator(".messages .success")).to_be_visible()
    assert workday.read(f"pages/{target.pk}")["translation"]["outdated_since"] is not None

    workday.go("translation-dashboard/?mine=yes&step=sync")
    expect(page.locator("#listing-results")).to_contain_text("Nguồn đã sửa sau lần đồng bộ cuối")
    workday.picture("05-out-of-date", whole=True)
    workday.press(page.get_by_role("link", name=f"Đồng bộ: {source.title}"))
    workday.picture("06-sync")
    workday.press(page.locator("form input[type=submit][value]").last)
    workday.picture("07-synced")

    # What changed stands beside its translation, word by word.
    workday.go("translation-dashboard/")
    workday.press(page.get_by_role("link", name=f"Rà soát: {source.title}"))
    expect(page.locator(".review__source del")).to_have_text(["3", "huyện"])
    expect(page.locator(".review__source ins")).to_have_text(["5", "xã"])
    expect(page.locator("h1").first).to_contain_text("Rà soát bản dịch")
    workday.picture("08-review")
    expect(page.locator(".review textarea")).to_be_focused()
    keyboard.press("Control+a")
    keyboard.type("5 training courses are held in the communes.")
    keyboard.press("Tab")
    keyboard.press("Space")
    keyboard.press("Tab")
    expect(page.get_by_role("button", name="Lưu")).to_be_focused()
    with page.expect_navigation():
        keyboard.press("Enter")
    workday.said("Đã rà soát 1 đoạn")
    workday.picture("09-reviewed")
    workday.press(page.get_by_role("button", name="Xuất bản bằng Tiếng Anh"))
    workday.said("Đã xuất bản")
    published = workday.read(f"pages/{target.pk}")
    assert published["lead"] == "5 training courses are held in the communes."
    assert published["translation"]["status"] == "complete"
    assert published["translation"]["outdated_since"] is None


def test_a_section_goes_out_as_a_file_and_comes_back(
    workday: Workday, articles: list[ArticlePage], tmp_path: Path
) -> None:
    page = workday.page
    first, second = (submit(one, workday.english) for one in articles[:2])
    translate(first, words="Old")
    workday.go(f"pages/{workday.portal.news.pk}/")
    page.get_by_role("button", name="Thao tác").first.click()
    workday.picture("10-menu")
    workday.press(page.get_by_role("link", name="Công cụ dịch").first)
    workday.picture("11-tools", whole=True)
    page.get_by_label("Định dạng").select_option("xliff12")
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="Tải xuống").focus()
        page.keyboard.press("Enter")
    file = tmp_path / downloaded.value.suggested_filename
    downloaded.value.save_as(file)
    rewrite(file, {TITLES[0]: "Training calendar, third quarter", TITLES[1]: "Rice prices"})
    take_in(page, file)
    expect(page.get_by_text("Rice prices")).to_be_visible()
    workday.picture("12-report", whole=True)
    workday.press(page.get_by_role("button", name="Nhập toàn bộ"))
    workday.said("Đã nhập 2 đoạn")
    workday.picture("13-taken-in")
    assert wording_of(first, TITLES[0]) == "Training calendar, third quarter"
    assert wording_of(second, TITLES[1]) == "Rice prices"

    file.write_bytes(file.read_bytes().replace(b"Rice prices", b'Rice <g id="7">prices</g>'))
    take_in(page, file)
    workday.picture("14-refused", whole=True)
    expect(page.get_by_role("button", name="Nhập toàn bộ")).to_have_count(0)


def rewrite(file: Path, wordings: dict[str, str]) -> None:
    """Translates units of an XLIFF file by their source, as another tool does."""
    ElementTree.register_namespace("", NAMESPACE)
    tree = ElementTree.ElementTree(fromstring(file.read_bytes()))
    for unit in tree.iter(f"{{{NAMESPACE}}}trans-unit"):
        wording = wordings.get(unit.findtext(f"{{{NAMESPACE}}}source", ""))
        if wording is not None:
            target = unit.find(f"{{{NAMESPACE}}}target")
            if target is None:
                target = ElementTree.SubElement(unit, f"{{{NAMESPACE}}}target")
            target.text = wording
    tree.write(file, encoding="utf-8", xml_declaration=True)


def take_in(page: Tab, file: Path) -> None:
    """Gives the file to the tools, which answer with a report."""
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Xem tệp sẽ thay đổi gì").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
