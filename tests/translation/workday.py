"""What a whole day in the admin needs: a browser, somebody in it, pictures, and a reader's view."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Locale

from cms.translation.terms.glossary import forget_glossaries
from tests.fixtures.portal import make_portal
from tests.translation.languages import begin, submit, translate

__all__ = ["Workday", "workday"]

PASSWORD = "mật khẩu đủ dài"


class Workday:
    """A portal with its English tree published, and a browser before the admin's login."""

    def __init__(self, page: Page, server: LiveServer) -> None:
        forget_glossaries()
        self.portal = make_portal()
        self.english: Locale = begin(self.portal, "en")[0]
        names = ("Home", "News", "Documents")
        for source, name in zip(
            (self.portal.home, self.portal.news, self.portal.texts), names, strict=True
        ):
            translation = submit(source, self.english)
            translate(translation, words=name)
            translation.save_target(publish=True)
        self.page = page
        self.base = server.url
        self.name = ""

    def log_in(self, user: User, name: str) -> None:
        """As this user; pictures are called by the name."""
        self.name = name
        user.set_password(PASSWORD)
        user.save()
        self.page.goto(f"{self.base}/admin/login/")
        self.page.locator("input[name=username]").fill(user.username)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("button[type=submit]").click()
        expect(self.page.locator("html")).to_have_attribute("lang", "vi")

    def go(self, path: str) -> None:
        """To a page of the admin."""
        self.page.goto(f"{self.base}/admin/{path}")

    def press(self, target: Locator) -> None:
        """Enter on a link or button, as by keyboard."""
        target.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def picture(self, name: str, *, whole: bool = False, page: Page | None = None) -> None:
        """Keeps what is seen now."""
        folder = settings.VAR_DIR / "artifacts"
        folder.mkdir(parents=True, exist_ok=True)
        (page or self.page).screenshot(
            path=folder / f"{self.name}-{name}.png", animations="disabled", full_page=whole
        )

    def read(self, path: str) -> Any:
        """An anonymous reader's answer from the API; fails where there is none."""
        connection = HTTPConnection(urlsplit(self.base).netloc, timeout=30)
        connection.request("GET", f"/api/v1/{path}")
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        assert answer.status == 200, body
        return json.loads(body)

    def said(self, text: str) -> None:
        """Waits for a message at the top that says this."""
        expect(self.page.locator(".messages")).to_contain_text(text)


@pytest.fixture
def workday(browser_page: Page, live_server: LiveServer) -> Iterator[Workday]:
    """A day on which the browser finds no fault with the admin's scripts."""
    faults: list[str] = []
    browser_page.on("pageerror", lambda error: faults.append(str(error)))
    browser_page.set_viewport_size({"width": 1440, "height": 900})
    yield Workday(browser_page, live_server)
    assert faults == []
