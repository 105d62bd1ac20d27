"""Site facts: what editors enter, what is delivered, who is told of a change."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Locale, PageViewRestriction

from cms.changes.models import Change
from cms.pages.models import PublishedDocument
from cms.portal.facts import read_facts
from cms.portal.models import SITE_TAG, SiteFacts, SiteFactsTranslation
from tests.transfer.lines import HOME, NEWS, load

pytestmark = pytest.mark.django_db

LINKS = [
    {"title": "Tin", "page": None, "url": "https://vca.org.vn/"},
]


@pytest.fixture
def facts() -> SiteFacts:
    load([HOME, NEWS, {"type": "home", "path": "/en/", "locale": "en", "title": "Home"}])
    facts: SiteFacts = SiteFacts.objects.create(
        name="Liên minh HTX", phones="+842343833105\n+842343833106", licence_number="03/GT-TTĐT",
        licence_issuer="Sở TT&TT", licence_issued_on=date(2014, 8, 18), responsible_name="An",
        responsible_title="Chủ tịch", address="16 Nguyễn Lương Bằng",
    )  # fmt: skip
    english = Locale.objects.get(language_code="en")
    SiteFactsTranslation.objects.create(facts=facts, locale=english, name="Cooperative Alliance")
    return facts


def get(query: str = "") -> dict[str, Any]:
    response = Client().get(f"/api/v1/site{query}")
    assert response.status_code == 200, response.content
    found: dict[str, Any] = orjson.loads(response.content)
    return found


def test_facts_are_delivered(facts: SiteFacts) -> None:
    site = get()
    assert site["name"] == "Liên minh HTX"
    assert (site["locale"], site["locale_served"]) == ("vi", "vi")
    assert site["phones"] == ["+842343833105", "+842343833106"]
    assert site["licence"] == {
        "number": "03/GT-TTĐT", "issuer": "Sở TT&TT", "issued_on": "2014-08-18",
    }  # fmt: skip
    assert site["responsible"] == {"name": "An", "title": "Chủ tịch"}
    assert site["logo"] is None
    assert site["locales"] == [
        {"code": "vi", "name": "Tiếng Việt", "path": "/", "default": True},
        {"code": "en", "name": "English", "path": "/en/", "default": False},
    ]


def test_other_language_has_its_texts_and_else_the_default_ones(facts: SiteFacts) -> None:
    site = get("?locale=en")
    assert (site["name"], site["locale_served"]) == ("Cooperative Alliance", "en")
    assert site["address"] == "16 Nguyễn Lương Bằng"


def test_language_without_texts_says_so(facts: SiteFacts) -> None:
    facts.translations.all().delete()
    assert get("?locale=en")["locale_served"] == "vi"


def test_portal_without_facts_has_empty_ones_and_no_row_is_made() -> None:
    load([HOME])
    assert get()["name"] == ""
    assert not SiteFacts.objects.exists()


def test_links_to_pages_follow_them_and_end_with_them(facts: SiteFacts) -> None:
    page = PublishedDocument.objects.get(path="/tin-tuc/").page
    link = {"title": "Tin", "page": page.pk, "url": ""}
    facts.link_groups = [("group", {"title": "Nhóm", "links": [link, *LINKS]})]
    facts.link_groups = facts._meta.get_field("link_groups").to_python(
        [{"type": "group", "value": {"title": "Nhóm", "links": [link, *LINKS]}}]
    )
    facts.save()
    assert [one["url"] for one in get()["link_groups"][0]["links"]] == [
        "/tin-tuc/", "https://vca.org.vn/",
    ]  # fmt: skip
    assert f"page:{page.pk}" in read_facts().tags
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert [one["url"] for one in get()["link_groups"][0]["links"]] == ["https://vca.org.vn/"]


def test_language_whose_front_page_is_private_is_not_named(facts: SiteFacts) -> None:
    page = PublishedDocument.objects.get(path="/en/").page
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert [one["code"] for one in get()["locales"]] == ["vi"]


def test_change_is_told_to_the_feed(facts: SiteFacts) -> None:
    before = Change.objects.count()
    facts.name = "Khác"
    facts.save()
    entry = Change.objects.latest("id")
    assert Change.objects.count() == before + 1
    assert (entry.type, entry.tags) == ("site", [SITE_TAG])


@pytest.mark.parametrize("query", ["?locale=fr", "?x=1", "?locale=vi&locale=en", "?locale=%00"])
def test_bad_parameters_are_refused(query: str) -> None:
    assert Client().get(f"/api/v1/site{query}").status_code == 400


@pytest.mark.parametrize("phones", ["0234 3833105", "+84", "+842343833105\nx"])
def test_telephones_are_checked(phones: str) -> None:
    with pytest.raises(ValidationError):
        SiteFacts(phones=phones).full_clean()


def test_form_in_the_admin_opens_and_saves(admin_client: Client) -> None:
    url = "/admin/settings/portal/sitefacts/"
    page = admin_client.get(url, follow=True)
    assert page.status_code == 200
    assert b'name="phones"' in page.content
