"""Dates as they are typed, in a real browser: Wagtail's date picker has no say in them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.editor.conftest import PASSWORD
from tests.fixtures.portal import make_portal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_day_that_cannot_be_read_is_refused_and_no_other_takes_its_place(
    browser_page: Page, live_server: LiveServer
) -> None:
    document = make_portal().document()
    User.objects.create_superuser("bientap", "bientap@localhost", PASSWORD)
    browser_page.goto(f"{live_server.url}/admin/pages/{document.pk}/edit/")
    browser_page.locator("input[name=username]").fill("bientap")
    browser_page.locator("input[name=password]").fill(PASSWORD)
    browser_page.locator("button[type=submit]").click()
    day = browser_page.locator("input[name=issued_on]")
    for typed in ("21/4/2020", "4/21/2020"):
        day.fill(typed)
        browser_page.locator("input[name=number]").click()  # the date picker closes
        expect(day).to_have_value(typed)
    browser_page.get_by_role("button", name="Lưu nháp").click()
    field = browser_page.locator("[data-contentpath=issued_on]")
    expect(field.locator("[data-field-errors]")).to_contain_text("Hãy ghi ngày hợp lệ")
    expect(day).to_have_value("4/21/2020")
