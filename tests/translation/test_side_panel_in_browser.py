"""A translator at work with the panel, in a real browser, by keyboard alone.

The pictures that it takes lie in the var folder's `artifacts/`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import ConsoleMessage, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Locale
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from cms.translation.terms.glossary import forget_glossaries
from tests.editor.conftest import PASSWORD
from tests.fixtures.portal import make_portal
from tests.translation.samples import Sample, segment_of, wording_of, write_wording

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Visit:
    """A translator, before an article of which nothing is translated."""

    def __init__(self, page: Page, server: LiveServer) -> None:
        forget_glossaries()
        portal = make_portal()
        locale, _created = Locale.objects.get_or_create(language_code="en")
        translate_object(portal.home, [locale])
        translate_object(portal.news, [locale])
        self.sample = Sample(portal, locale)
        self.user = User.objects.create_superuser(
            "phiendich", "phiendich@localhost", PASSWORD, first_name="Mai", last_name="Lê"
        )
        former = self.sample.article("Kế hoạch phát triển hợp tác xã năm 2025")
        write_wording(former, "Kế hoạch", "Cooperative development plan for 2025", user=self.user)
        same = self.sample.article("Thông báo", "<p>Liên minh HTX tỉnh tổ chức hội nghị.</p>")
        write_wording(
            same, "Liên minh", "The Cooperative Alliance holds a meeting.", kind="machine"
        )
        self.article: Translation = self.sample.article(
            "Kế hoạch phát triển hợp tác xã năm 2026",
            "<p>Liên minh HTX tỉnh tổ chức hội nghị.</p><p>UBND xã <b>tham dự</b>.</p>",
        )
        self.page = page
        self.base = server.url

    def log_in(self) -> None:
        self.page.goto(f"{self.base}/admin/login/")
        self.page.locator("input[name=username]").fill("phiendich")
        self.page.locator("input[name=password]").fill(PASSWORD)
        with self.page.expect_navigation():
            self.page.locator("button[type=submit]").click()

    def open_editor(self) -> None:
        target = self.article.get_target_instance()
        self.page.goto(f"{self.base}/admin/pages/{target.pk}/edit/")
        expect(self.panel).to_be_visible()

    @property
    def panel(self) -> Locator:
        return self.page.locator("[data-translation-help]")

    @property
    def field(self) -> Locator:
        """The one in which the translator is."""
        return self.page.locator(".js-translation-editor textarea:focus")

    def listed(self, name: str) -> Locator:
        return self.panel.locator(f"[data-list={name}] > li")

    def picture(self, name: str) -> None:
        folder = settings.VAR_DIR / "artifacts"
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"translation-panel-{name}.png", animations="disabled")


@pytest.fixture
def visit(browser_page: Page, live_server: LiveServer) -> Iterator[Visit]:
    """Nothing may be written to the console: no error, nothing that a policy blocks."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            said.append(message.text)

    browser_page.on("console", hear)
    browser_page.on("pageerror", lambda error: said.append(str(error)))
    browser_page.set_viewport_size({"width": 1440, "height": 900})
    visit = Visit(browser_page, live_server)
    visit.log_in()
    visit.open_editor()
    yield visit
    assert said == []


def test_a_page_is_translated_by_keyboard_with_memory_and_terms(visit: Visit) -> None:
    keyboard = visit.page.keyboard
    expect(visit.listed("summary").first).to_have_text("Đã dịch 0/3 đoạn")

    # The title: a like text of another page is offered with what sets it apart.
    keyboard.press("Alt+ArrowDown")
    expect(visit.field).to_be_focused()
    suggestion = visit.listed("suggestions").first
    expect(suggestion).to_contain_text("Alt+1")
    expect(suggestion).to_contain_text("Mai Lê")
    expect(suggestion.locator("del")).to_have_text("2025")
    expect(suggestion.locator("ins")).to_have_text("2026")
    expect(suggestion.locator("a")).to_have_text("Cooperative development plan for 2025")
    expect(visit.listed("terms").first).to_contain_text("plan")
    visit.picture("suggestion")
    keyboard.press("Alt+1")
    expect(visit.field).to_have_value("Cooperative development plan for 2025")

    # What is typed is checked as it is typed, and the browser can undo what was put in.
    keyboard.press("Control+a")
    keyboard.type("Scheme for 2026")
    expect(visit.listed("problems").first).to_contain_text("“kế hoạch” phải dịch là “plan”")
    visit.picture("warning")
    keyboard.press("Alt+1")
    expect(visit.listed("problems")).to_have_count(0)
    for _ in range(4):
        keyboard.press("Backspace")
    keyboard.type("2026")
    keyboard.press("Control+Enter")

    # Saved, and the next segment is open: the same text stands on another page.
    expect(visit.listed("summary").first).to_have_text("Đã dịch 1/3 đoạn")
    assert wording_of(visit.article, "Kế hoạch") == "Cooperative development plan for 2026"
    saved = segment_of(visit.article, "Kế hoạch").translated
    assert saved is not None
    assert (saved.last_translated_by, saved.translation_type) == (visit.user, "manual")
    expect(visit.listed("suggestions").first).to_contain_text("100 %")
    expect(visit.listed("suggestions").first).to_contain_text("Máy dịch")
    keyboard.press("Alt+1")
    expect(visit.field).to_have_value("The Cooperative Alliance holds a meeting.")
    keyboard.press("Enter")
    expect(visit.listed("summary").first).to_have_text("Đã dịch 2/3 đoạn")

    # The focus isn't lost: it is on the segment's own button, and the keys go on from there.
    expect(visit.page.locator(".js-translation-editor button:focus")).to_have_count(1)
    keyboard.press("Alt+ArrowDown")
    expect(visit.listed("terms").first).to_contain_text("Ủy ban nhân dân")
    keyboard.type("The commune ")
    number = visit.listed("suggestions").count() + 1
    keyboard.press(f"Alt+{number}")
    expect(visit.field).to_have_value("The commune People's Committee")
    keyboard.type(" attends.")
    expect(visit.listed("problems").first).to_contain_text("mã 1 (<b>)")
    visit.picture("codes")
    keyboard.press("Alt+0")
    expect(visit.field).to_have_value("UBND xã <b>tham dự</b>.")


def test_marks_say_what_a_machine_made(visit: Visit) -> None:
    write_wording(
        visit.article,
        "Kế hoạch",
        "Cooperative scheme for 2026",
        kind="machine",
        tool="LibreTranslate",
    )
    visit.open_editor()
    title = visit.page.locator(".js-translation-editor li.complete")
    expect(title.locator(".translation-mark")).to_have_text(
        ["Máy dịch: LibreTranslate", "“kế hoạch” phải dịch là “plan” nhưng bản dịch không có."]
    )
    expect(visit.listed("summary")).to_have_text(
        ["Đã dịch 1/3 đoạn", "1 đoạn do máy dịch", "1 đoạn chưa theo bảng thuật ngữ"]
    )
    counter = visit.page.locator(
        "[data-side-panel-toggle=translation] [data-side-panel-toggle-counter]"
    )
    expect(counter).to_have_text("1")
    visit.picture("marks")
    # A person who saves it has looked at it.
    visit.page.keyboard.press("Alt+ArrowDown")
    visit.page.keyboard.press("Control+a")
    visit.page.keyboard.type("Plan for the development of cooperatives in 2026")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".translation-mark")).to_have_count(0)
    expect(counter).to_be_hidden()


def test_the_panel_stays_closed_once_it_was_closed(visit: Visit) -> None:
    toggle = visit.page.locator("[data-side-panel-toggle=translation]")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    toggle.click()
    expect(visit.panel).to_be_hidden()
    visit.page.reload()
    expect(visit.page.locator(".js-translation-editor li.incomplete").first).to_be_visible()
    expect(toggle).to_have_attribute("aria-expanded", "false")
    # Its keys hold all the same.
    visit.page.keyboard.press("Alt+ArrowDown")
    expect(visit.field).to_be_focused()
