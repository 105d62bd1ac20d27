"""The built-in page: previews for editors, and at public addresses what the API shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data

from cms.plugins.article.models import ArticlePage
from cms.plugins.official_document.models import OfficialDocumentPage
from cms.plugins.section.models import HomePage
from tests.editor.test_blocks import headings
from tests.factories import translate
from tests.fixtures.portal import Portal, publish

CANARY = "Chim hoàng yến"


def restrict(page: Page, kind: str = PageViewRestriction.LOGIN) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=kind)


def test_a_plan_is_shown_with_labels_and_one_outline(
    client: Client, plan: OfficialDocumentPage
) -> None:
    page = client.get(plan.url).content.decode()
    assert '<html lang="vi">' in page
    assert 'href="#content"' in page
    assert headings(page) == [1, 2, 3, 3, 2]
    labels = re.findall(r"<dt>(.+?)</dt>\s*<dd>(?:<a[^>]*>)?(.+?)<", page)
    assert ("Số, ký hiệu", "60/KH-LMHTX") in labels
    assert ("Ngày ban hành", "05/01/2027") in labels
    assert ("Loại", "Kế hoạch") in labels
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)  # no other machine is asked


def test_a_section_lists_its_public_pages(client: Client, portal: Portal) -> None:
    portal.article("Công khai")
    portal.draft(CANARY)
    page = client.get(portal.news.url).content.decode()
    assert "Công khai" in page
    assert CANARY not in page


def draft(page: ArticlePage) -> None:
    page.unpublish()


def private(page: ArticlePage) -> None:
    restrict(page)


def below_private(page: ArticlePage) -> None:
    restrict(page.get_parent())


def expired(page: ArticlePage) -> None:
    ArticlePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))


def expired_and_private(page: ArticlePage) -> None:
    expired(page)
    restrict(page)


@pytest.mark.parametrize(
    ("withdraw", "status"),
    [
        (draft, 404),
        (expired, 404),
        (expired_and_private, 404),
        (private, 302),
        (below_private, 302),
    ],
)
def test_a_withdrawn_page_is_not_shown(
    client: Client, portal: Portal, withdraw: Callable[[ArticlePage], None], status: int
) -> None:
    page = portal.article(CANARY, lead=CANARY)
    url = page.url
    assert CANARY in client.get(url).content.decode()
    withdraw(page)
    answer = client.get(url)
    assert answer.status_code == status
    assert CANARY not in answer.content.decode()


def test_who_logs_in_sees_a_private_page(admin_client: Client, portal: Portal) -> None:
    page = portal.article(CANARY)
    restrict(page)
    answer = admin_client.get(page.url)
    assert CANARY in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_disabled_plugins_page_is_not_shown(
    client: Client, portal: Portal, settings: Settings
) -> None:
    url = portal.article(CANARY).url
    settings.CMS_DISABLED_PLUGINS = ["article"]
    assert client.get(url).status_code == 404


def test_links_to_pages_that_are_not_public_are_left_out(client: Client, portal: Portal) -> None:
    hidden, shown = portal.article(CANARY), portal.article("Đọc tiếp")
    restrict(hidden)
    body = [
        {"type": "page_cards", "value": {"title": "Xem thêm", "pages": [hidden.pk, shown.pk]}},
        {"type": "paragraph", "value": f'<p><a linktype="page" id="{hidden.pk}">bài</a></p>'},
    ]
    page = client.get(portal.article("Bài", body=body).url).content.decode()
    assert "Đọc tiếp" in page
    assert CANARY not in page
    assert hidden.slug not in page


def test_pages_of_another_language_stand_under_its_prefix(client: Client, portal: Portal) -> None:
    english = Locale.objects.get(language_code="en")
    assert client.get("/en/").status_code == 404
    home = portal.home.copy_for_translation(english)
    home.title = "Cooperative Alliance"
    home.save_revision().publish()
    home = HomePage.objects.get(pk=home.pk)
    assert home.url == "/en/"
    page = client.get("/en/").content.decode()
    assert '<html lang="en">' in page
    assert "Cooperative Alliance" in page
    assert "Skip to the content" in page
    assert "Chuyển đến nội dung" in client.get("/").content.decode()


def test_a_legal_text_in_another_language_says_that_it_is_unofficial(
    client: Client, portal: Portal
) -> None:
    english = Locale.objects.get(language_code="en")
    home = portal.home.copy_for_translation(english)
    home.save_revision().publish()
    own = portal.document()
    translated = OfficialDocumentPage(
        title="Plan", number=own.number, document_type="KH", issued_on=own.issued_on, abstract="Of"
    )
    publish(HomePage.objects.get(pk=home.pk), translated)
    notice = "Unofficial translation."
    shown = [client.get(page.url).content.decode() for page in (own, translated)]
    assert [notice in page for page in shown] == [False, True]


def test_where_there_is_a_frontend_the_admin_leads_there(
    admin_client: Client, portal: Portal, settings: Settings
) -> None:
    settings.CMS_FRONTEND_URL = "https://lienminhhtx.example.vn"
    page = portal.article("Bài")
    assert page.url == page.full_url == "https://lienminhhtx.example.vn/tin-tuc/bai/"
    listing = admin_client.get(f"/admin/pages/{portal.news.pk}/").content.decode()
    assert page.url in listing


def form_of(page: Page, **changes: str) -> dict[str, str]:
    """What the browser would send of a page's form."""
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(instance=page, for_user=None)
    data = {
        name: form[name].value()
        for name in form.fields
        if isinstance(form[name].value(), str | int)
    }
    for name, formset in form.formsets.items():
        data |= {f"{formset.prefix}-TOTAL_FORMS": 0, f"{formset.prefix}-INITIAL_FORMS": 0}
        assert name
    sent: dict[str, str] = nested_form_data({**data, "body-count": 0, **changes})
    return sent


def test_a_preview_shows_what_is_in_the_form(admin_client: Client, portal: Portal) -> None:
    page = portal.article("Bài", lead="Bản đã đăng")
    url = f"/admin/pages/{page.pk}/edit/preview/"
    state = admin_client.post(url, form_of(page, lead="Bản đang sửa")).json()
    assert state == {"is_valid": True, "is_available": True}
    shown = admin_client.get(url).content.decode()
    assert "Bản đang sửa" in shown
    assert "Bản đã đăng" in admin_client.get(page.url).content.decode()


def test_a_preview_has_its_labels_in_the_pages_language(
    admin_client: Client, portal: Portal
) -> None:
    source = portal.article("Bài", source_name="Báo")
    shown = [
        admin_client.get(f"/admin/pages/{page.pk}/view_draft/").content.decode()
        for page in (source, translate(source, "Article"))
    ]
    assert ["Nguồn" in page for page in shown] == [True, False]
    assert ["Source" in page for page in shown] == [False, True]


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (ArticlePage, {"title": "Bài mới"}),
        (OfficialDocumentPage, {"title": "Kế hoạch mới", "issued_on": "2027-01-05"}),
    ],
)
def test_a_page_that_was_never_saved_has_a_preview(
    admin_client: Client, portal: Portal, model: type[Page], fields: dict[str, str]
) -> None:
    page = model(**fields)
    label = f"{model._meta.app_label}/{model._meta.model_name}"
    url = f"/admin/pages/add/{label}/{portal.texts.pk}/preview/"
    state = admin_client.post(url, form_of(page, slug="")).json()
    assert state == {"is_valid": True, "is_available": True}
    shown = admin_client.get(url)
    assert shown.status_code == 200
    assert fields["title"] in shown.content.decode()


def test_every_type_has_a_page(client: Client, portal: Portal) -> None:
    portal.document(issued_on=date(2026, 4, 21))
    for page in Page.objects.filter(live=True, depth__gt=1).specific():
        assert client.get(page.url).status_code == 200
