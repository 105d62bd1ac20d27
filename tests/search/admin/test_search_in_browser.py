"""An editor searches in a real browser. The pictures lie in the var folder's ``artifacts/``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.editor.conftest import PASSWORD
from tests.editor.plan import make_plan
from tests.fixtures.portal import make_portal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TYPED = "ke hoach 60"


@pytest.fixture
def admin(browser_page: Page, live_server: LiveServer) -> Iterator[Page]:
    """An editor who is logged in; the browser finds no fault with the admin."""
    faults: list[str] = []
    browser_page.on("pageerror", lambda error: faults.append(str(error)))
    User.objects.create_superuser("bientap", "bientap@localhost", PASSWORD)
    browser_page.goto(f"{live_server.url}/admin/")
    browser_page.locator("input[name=username]").fill("bientap")
    browser_page.locator("input[name=password]").fill(PASSWORD)
    browser_page.locator("button[type=submit]").click()
    expect(browser_page.get_by_role("button", name="Trang", exact=True)).to_be_visible()
    yield browser_page
    assert faults == []


def picture(page: Page, name: str) -> None:
    """Keeps what the editor sees now."""
    folder = settings.VAR_DIR / "artifacts"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"search-{name}.png", animations="disabled")


def rows(place: Page | Locator) -> Locator:
    """The pages that a list of results shows."""
    return place.locator("table.listing tbody tr")


def test_the_explorer_and_the_page_chooser_find_a_plan_while_it_is_typed(
    admin: Page, live_server: LiveServer
) -> None:
    portal = make_portal()
    plan = make_plan(portal)
    portal.document("605/KH-LMHTX", abstract="Kế hoạch khác")
    for number in range(3):
        portal.article(f"Tin {number}", parent=portal.texts)

    admin.goto(f"{live_server.url}/admin/pages/{portal.texts.pk}/")
    expect(rows(admin)).to_have_count(5)
    admin.locator("form[data-controller*=w-swap] input[name=q]").press_sequentially(TYPED)
    expect(rows(admin)).to_have_count(2)  # 605 begins like 60
    expect(rows(admin).first).to_contain_text(plan.title)
    picture(admin, "explorer")

    article = portal.article("Tin về tập huấn")
    admin.goto(f"{live_server.url}/admin/pages/{article.pk}/edit/")
    admin.locator("#id_related_pages-ADD").click()
    chooser = admin.locator("#id_related_pages-0-target-chooser")
    chooser.locator("[data-chooser-action-choose]").locator("visible=true").first.click()
    modal = admin.locator(".modal-body")
    expect(rows(modal).first).to_be_visible()
    admin.wait_for_load_state("networkidle")  # the dialog listens to its field from then on
    modal.locator("input[name=q]").press_sequentially(TYPED[:-1])
    modal.locator("input[name=q]").fill(TYPED)  # a busy browser may have lost a letter
    expect(rows(modal).first).to_contain_text(plan.title)
    picture(admin, "chooser")
    rows(modal).first.locator("a.choose-page, a[data-chooser-modal-choice]").first.click()
    expect(chooser).to_contain_text(plan.title)
