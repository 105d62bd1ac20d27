"""The preview panel in a real browser, with a real, very small frontend on another origin."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import ConsoleMessage, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from cms.plugins.article.models import ArticlePage
from tests.fixtures.portal import make_portal
from tests.preview.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = """<!DOCTYPE html>
<html lang="vi"><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<title>Trang thử</title><link rel="icon" href="data:,">
<style>body{font:18px sans-serif;margin:2rem;background:#f4efe2}.draft{color:#a00}</style>
<p class="draft" id="state">Đang đọc…</p><h1 id="title"></h1><div id="lead"></div>
<script>
const token = new URLSearchParams(location.search).get("token");
history.replaceState(null, "", location.pathname);
fetch(API + "/api/v1/preview", {headers: {Authorization: "Bearer " + token}})
  .then((answer) => answer.json().then((body) => {
    document.querySelector("#state").textContent = answer.ok && body.draft ? "Bản nháp" : body.type;
    document.querySelector("#title").textContent = answer.ok ? body.page.title : "";
    document.querySelector("#lead").textContent = answer.ok ? body.page.lead : "";
  }));
</script></html>"""


class Frontend(ThreadingHTTPServer):
    """Shows the title and the lead of what its token leads to; remembers what it was asked."""

    daemon_threads = True

    def __init__(self, api: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.page = PAGE.replace("API", json.dumps(api)).encode()
        self.asked: list[tuple[str, str | None]] = []

    @property
    def url(self) -> str:
        """Where it stands: another port, so another origin than the admin's."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Frontend

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Referer")))
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(self.server.page)))
        self.end_headers()
        self.wfile.write(self.server.page)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def frontend(live_server: LiveServer, settings: Settings) -> Iterator[Frontend]:
    """The frontend, which the admin knows of."""
    server = Frontend(live_server.url)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.CMS_PREVIEW_URL = f"{server.url}/xem-truoc?token={{token}}"
    yield server
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)


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
