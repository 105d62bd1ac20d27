"""The page to try queries out."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.fixtures.portal import make_portal


@pytest.mark.django_db
def test_it_is_a_setting(client: Client) -> None:
    assert client.get("/graphql/explorer").content == client.get("/graphql/nothing").content
    with override_settings(CMS_GRAPHIQL=True):
        response = client.get("/graphql/explorer")
    assert response.status_code == 200
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert b"http" not in response.content.replace(b"&quot;", b"")


@pytest.mark.browser
def test_a_query_is_answered(live_server: LiveServer, browser_page: Page) -> None:
    make_portal()
    asked: list[str] = []
    errors: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.on("console", lambda message: errors.append(message.text))
    with override_settings(CMS_GRAPHIQL=True):
        browser_page.goto(f"{live_server.url}/graphql/explorer")
        expect(browser_page.locator("#types summary").first).to_have_text("Query")
        browser_page.locator("#query").press("Control+Enter")
        expect(browser_page.locator("#answer")).to_contain_text("Trang chủ")
        expect(browser_page.locator("#status")).to_contain_text("cost")
        browser_page.locator("#find").fill("issuedOn")
        expect(browser_page.locator("#types")).to_contain_text("OfficialDocument")
    assert all(url.startswith(live_server.url) for url in asked)
    assert not errors
