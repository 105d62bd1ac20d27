"""What a new editor does first, in a real browser; the API is asked after each step.

The pictures that it takes lie in the var folder's `artifacts/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import ConsoleMessage, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from cms.plugins.official_document.models import OfficialDocumentPage
from cms.plugins.section.models import SectionPage
from tests.editor.conftest import PASSWORD
from tests.editor.plan import make_plan
from tests.fixtures.portal import make_portal, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TASK = "Soạn tài liệu và mời giảng viên"
NEW_TASK = "Soạn tài liệu, mời giảng viên và thuê phòng máy"


class Visit:
    """One editor's visit: the browser, the server, and the plan that the editor works on."""

    def __init__(self, page: Page, server: LiveServer) -> None:
        portal = make_portal()
        publish(portal.home, SectionPage(title="Kế hoạch năm"))
        self.plan: OfficialDocumentPage = make_plan(portal)
        self.page = page
        self.base = server.url

    def log_in(self) -> None:
        """Through the login page, which speaks Vietnamese before it knows who comes."""
        User.objects.create_superuser("bientap", "bientap@localhost", PASSWORD)
        self.page.goto(f"{self.base}/admin/")
        expect(self.page.locator("html")).to_have_attribute("lang", "vi")
        self.page.locator("input[name=username]").fill("bientap")
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("button[type=submit]").click()
        expect(self.page.get_by_role("button", name="Trang", exact=True)).to_be_visible()

    def open_plan(self) -> None:
        """From the menu down the tree."""
        self.page.get_by_role("button", name="Trang", exact=True).click()
        explorer = self.page.locator(".c-page-explorer")
        for title in ("Trang chủ", "Văn bản"):
            explorer.locator(f"a.c-page-explorer__item__action:has-text({title!r})").last.click()
        explorer.locator(f"a[href$='/pages/{self.plan.pk}/edit/']").click()
        expect(self.block("task").first).to_be_visible()

    def block(self, kind: str) -> Locator:
        """The blocks of a type in the form."""
        return self.page.locator(
            f'[data-streamfield-child]:has(> input[name$="-type"][value="{kind}"])'
        )

    def action(self, name: str) -> None:
        """An entry of the menu beside "save draft"."""
        self.page.locator("footer [data-w-dropdown-target=toggle]").click()
        with self.page.expect_navigation(wait_until="networkidle"):
            self.page.locator(f"footer button[name={name}]").click()

    def picture(self, name: str) -> None:
        """Keeps what the editor sees now."""
        folder = settings.VAR_DIR / "artifacts"
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"journey-{name}.png", animations="disabled")

    def get(self, path: str) -> tuple[int, bytes]:
        """An anonymous reader's answer from the API: status and body."""
        connection = HTTPConnection(urlsplit(self.base).netloc, timeout=20)
        connection.request("GET", f"/api/v1/{path}")
        answer = connection.getresponse()
        found = answer.status, answer.read()
        connection.close()
        return found

    def tasks(self) -> list[str]:
        """What the plan's tasks say in the API."""
        status, body = self.get(f"pages/{self.plan.pk}")
        assert status == 200
        return [item["value"]["what"] for item in _blocks(json.loads(body)["body"], "task")]


def _blocks(stream: list[dict[str, Any]], kind: str) -> Iterator[dict[str, Any]]:
    for item in stream:
        if item["type"] == kind:
            yield item
        value = item.get("value")
        if isinstance(value, dict):
            yield from _blocks(value.get("items") or [], kind)


@pytest.fixture
def visit(browser_page: Page, live_server: LiveServer) -> Iterator[Visit]:
    """A visit during which the browser finds no fault with the admin."""
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"{message.text} {message.location}")

    browser_page.on("console", note)
    browser_page.on("pageerror", lambda error: faults.append(str(error)))
    yield Visit(browser_page, live_server)
    assert faults == []


def test_edit_save_publish_hide_and_move_a_plan(visit: Visit) -> None:
    visit.log_in()
    visit.picture("1-home")
    visit.open_plan()
    visit.picture("2-plan")

    what = visit.block("task").first.locator("textarea").first
    expect(what).to_have_value(TASK)
    what.fill(NEW_TASK)
    visit.page.get_by_role("button", name="Lưu nháp").click()
    expect(visit.page.locator(".messages .success")).to_be_visible()
    visit.page.wait_for_load_state("networkidle")
    visit.picture("3-draft")
    assert TASK in visit.tasks()
    assert NEW_TASK not in visit.tasks()

    visit.action("action-publish")
    visit.picture("4-published")
    assert NEW_TASK in visit.tasks()
    assert TASK not in visit.tasks()

    set_privacy(visit, "login")
    visit.picture("5-private")
    hidden = visit.get(f"pages/{visit.plan.pk}")
    assert hidden[0] == 404
    assert hidden == visit.get("pages/987654321")

    set_privacy(visit, "none")
    assert visit.get(f"pages/{visit.plan.pk}")[0] == 200

    old = OfficialDocumentPage.objects.get(pk=visit.plan.pk).url
    move_to(visit, "Kế hoạch năm")
    visit.picture("6-moved")
    status, body = visit.get(f"resolve?path={quote(old)}")
    found = json.loads(body)
    assert (status, found["kind"]) == (200, "redirect")
    assert found["location"].startswith("/ke-hoach-nam/")


def set_privacy(visit: Visit, kind: str) -> None:
    """In the page's status panel."""
    page = visit.page
    page.goto(f"{visit.base}/admin/pages/{visit.plan.pk}/edit/")
    privacy = page.locator("[data-a11y-dialog-show=set-privacy]").locator("visible=true").first
    if not privacy.is_visible():  # the admin remembers an open panel
        page.locator("[data-side-panel-toggle=status]").first.click()
    privacy.click()
    dialog = page.locator("#set-privacy")
    dialog.locator(f"input[name=restriction_type][value={kind}]").check()
    dialog.locator("button[type=submit], input[type=submit]").first.click()
    page.wait_for_load_state("networkidle")
    expect(dialog).to_be_hidden()


def move_to(visit: Visit, section: str) -> None:
    """Through the page's menu, its form and the chooser."""
    page = visit.page
    page.goto(f"{visit.base}/admin/pages/{visit.plan.pk}/move/")
    page.locator("#id_new_parent_page-chooser [data-w-dropdown-target=toggle]").click()
    page.locator("[data-chooser-action-choose]").locator("visible=true").first.click()
    modal = page.locator(".modal-body")
    modal.get_by_role("link", name=section, exact=True).click()
    page.locator("form button[type=submit], form input[type=submit]").last.click()
    page.wait_for_load_state("networkidle")
    page.locator("form button[type=submit], form input[type=submit]").last.click()
    expect(page.locator(".messages .success")).to_be_visible()


def test_a_new_page_gets_a_readable_address_while_its_title_is_typed(visit: Visit) -> None:
    visit.log_in()
    parent = visit.plan.get_parent().pk
    add = f"{visit.base}/admin/pages/add/official_document/officialdocumentpage/{parent}/"
    visit.page.goto(add)
    visit.page.locator("#id_title").press_sequentially("Kế hoạch 60/KH-LMHTX: Đại hội Đảng")
    slug = visit.page.locator("#id_slug")
    expect(slug).to_have_value("ke-hoach-60-kh-lmhtx-dai-hoi-dang")
    visit.page.get_by_role("tab").nth(1).click()
    # Leaving the title writes the slug once more, by a timer of the page: let that be over.
    visit.page.evaluate("() => new Promise((over) => setTimeout(over, 100))")
    slug.fill("Đổi mới (bản 2)")
    slug.blur()
    expect(slug).to_have_value("doi-moi-ban-2")


def test_the_editor_numbers_provisions_as_readers_see_them(visit: Visit) -> None:
    visit.log_in()
    visit.open_plan()

    def number(kind: str, index: int) -> str:
        label = visit.block(kind).nth(index).locator(".c-sf-block__type").first
        shown: str = label.evaluate("e => getComputedStyle(e, '::after').content")
        return shown

    assert "counter(section, upper-roman)" in number("section", 1)
    assert "counter(point, points)" in number("point", 1)
    assert "counter" not in number("task", 0)


def test_blocks_are_offered_in_groups_with_samples(visit: Visit) -> None:
    visit.log_in()
    visit.open_plan()
    visit.page.locator(".c-sf-add-button").first.click()
    options = visit.page.locator(".w-combobox__option")
    expect(options.first).to_be_visible()
    offered = options.all_inner_texts()
    assert "Nhiệm vụ" in offered
    assert "Nội dung tạm thời không dùng được" not in offered
    for group in ("Văn bản", "Điều khoản kế hoạch", "Đa phương tiện"):
        expect(visit.page.get_by_text(group, exact=True).first).to_be_attached()
    options.filter(has_text="Nhiệm vụ").hover()
    visit.picture("7-blocks")
