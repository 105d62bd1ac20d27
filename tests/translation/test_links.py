"""Links in a page lead to pages of its own language and follow what becomes of those (N12)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import orjson
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from cms.changes.models import Change
from cms.pages.build import Build
from cms.pages.builder import build_document
from cms.pages.models import ContentPage, PublishedDocument
from cms.pages.reading import tags_out_of_sight
from cms.pages.scope import Scope, Section, seeing
from cms.pages.verification import verify_documents
from cms.plugins.article.models import ArticlePage, RelatedPage
from cms.plugins.official_document.models import DocumentReference, OfficialDocumentPage
from cms.plugins.section.models import HomePage
from cms.portal.models import SiteFacts
from tests.delivery.conftest import Api
from tests.factories import block, make_private, translate
from tests.fixtures.portal import Portal, publish, read, stored


@dataclass(frozen=True, slots=True)
class Linked:
    """A Vietnamese page that others lead to, and an English page that leads to it."""

    chosen: ArticlePage
    english: ArticlePage
    """What the chosen page is in English."""
    host: ArticlePage


def linking(*chosen: Page) -> dict[str, Any]:
    """Fields of an article that leads to these pages in each way there is."""
    links = "".join(f'<a linktype="page" id="{page.pk}">trang</a>' for page in chosen)
    return {
        "body": [
            block("paragraph", f"<p>{links}</p>"),
            block("page_cards", {"title": "", "pages": [page.pk for page in chosen]}),
        ],
        "related_pages": [RelatedPage(target=page) for page in chosen],
    }


@pytest.fixture
def linked(portal: Portal) -> Linked:
    chosen = portal.article("Bài")
    english = translate(chosen, "Article")
    host = translate(portal.article("Chủ", **linking(chosen)), "Host")
    return Linked(chosen, english, host)


def led_to(page: Page) -> str:
    """The path to which every link of the page's document leads; empty where it leads nowhere."""
    body = orjson.loads(read(pk=page.pk).body)
    paragraph, cards = (one["value"] for one in body["body"])
    led = [card["path"] for card in (*cards["pages"], *_targets(body))]
    led += re.findall('href="(.+?)"', paragraph)
    assert len(led) in (0, 3)
    (path,) = set(led) or {""}
    return str(path)


def _targets(body: Any) -> list[Any]:
    return [row["target"] for row in body["related_pages"]]


def _let_link(host: ArticlePage, *chosen: Page) -> None:
    for name, value in linking(*chosen).items():
        setattr(host, name, value)
    host.save_revision().publish()


def public_path(page: Page) -> str:
    return PublishedDocument.objects.get(pk=page.pk).path


def fresh(page: ContentPage) -> Any:
    return type(page).objects.get(pk=page.pk)


def test_links_lead_to_pages_of_the_documents_language(linked: Linked) -> None:
    assert led_to(linked.host) == public_path(linked.english)
    (related,) = stored(linked.host)["related_pages"]
    assert related["target"]["title"] == "Article"
    assert related["target"]["locale"] == "en"
    source = ArticlePage.objects.get(title="Chủ")
    assert led_to(source) == public_path(linked.chosen)


def test_links_to_what_is_not_translated_stay(portal: Portal) -> None:
    chosen = portal.article("Bài")
    host = translate(portal.article("Chủ", **linking(chosen)), "Host")
    assert led_to(host) == public_path(chosen)
    (related,) = stored(host)["related_pages"]
    assert related["target"]["locale"] == "vi"


def test_link_in_the_portals_language_to_a_foreign_page_leads_back(linked: Linked) -> None:
    source = ArticlePage.objects.get(title="Chủ")
    _let_link(source, linked.english)
    assert led_to(source) == public_path(linked.chosen)


def test_page_that_chooses_its_own_source_leads_to_itself(linked: Linked) -> None:
    _let_link(linked.chosen, linked.chosen)
    assert led_to(linked.chosen) == public_path(linked.chosen)
    page = translate(linked.chosen, "Auch", "de")
    assert led_to(page) == public_path(page)
    assert not list(verify_documents())


# --- What becomes of the translation --------------------------------------------------------------


def _unpublish(page: ContentPage) -> None:
    fresh(page).unpublish()


def _delete(page: ContentPage) -> None:
    Page.objects.get(pk=page.pk).delete()


def _make_section_private(page: ContentPage) -> None:
    make_private(page.get_parent())


def _move_out(page: ContentPage) -> None:
    root = HomePage(title="Elsewhere", slug="elsewhere", locale=page.locale)
    Page.objects.get(depth=1).add_child(instance=root)
    Site.objects.create(hostname="elsewhere.example", root_page=root)
    fresh(page).move(Page.objects.get(pk=root.pk), pos="last-child")


@pytest.mark.parametrize(
    "withdraw", [_unpublish, make_private, _make_section_private, _delete, _move_out]
)
def test_links_leave_a_translation_that_is_withdrawn(
    portal: Portal, withdraw: Callable[[Any], Any]
) -> None:
    chosen = portal.document("1/KH-LMHTX")
    english = translate(chosen, "Geheim plan")
    host = translate(portal.article("Chủ", **linking(chosen)), "Host")
    assert "Geheim" in bytes(read(pk=host.pk).body).decode()
    withdraw(english)
    assert PublishedDocument.objects.get(pk=host.pk).stale
    body = bytes(read(pk=host.pk).body).decode()
    assert "Geheim" not in body
    assert "geheim" not in body
    assert led_to(host) == public_path(chosen)
    gone = Change.objects.filter(object_id=english.pk).latest("pk")
    assert gone.withdrawn
    assert set(gone.tags) & set(PublishedDocument.objects.get(pk=host.pk).tags)
    assert not list(verify_documents())


def test_links_find_a_translation_when_it_is_published(portal: Portal) -> None:
    chosen = portal.article("Bài")
    host = translate(portal.article("Chủ", **linking(chosen)), "Host")
    assert led_to(host) == public_path(chosen)
    english = translate(chosen, "Article")
    assert PublishedDocument.objects.get(pk=host.pk).stale
    assert led_to(host) == public_path(english)
    (come,) = Change.objects.filter(object_id=english.pk, reason="publish")
    assert set(come.tags) & set(PublishedDocument.objects.get(pk=host.pk).tags)
    assert not list(verify_documents())


@pytest.mark.parametrize("withdraw", [_unpublish, make_private])
def test_links_come_back_with_the_translation(
    linked: Linked, withdraw: Callable[[Any], Any]
) -> None:
    restriction = withdraw(linked.english)
    assert led_to(linked.host) == public_path(linked.chosen)
    if withdraw is _unpublish:
        fresh(linked.english).save_revision().publish()
    else:
        restriction.delete()
    assert led_to(linked.host) == public_path(linked.english)
    assert not list(verify_documents())


def test_links_follow_a_translation_that_moves(portal: Portal, linked: Linked) -> None:
    section = translate(portal.texts, "Documents")
    fresh(linked.english).move(Page.objects.get(pk=section.pk), pos="last-child")
    assert led_to(linked.host) == public_path(linked.english)
    assert public_path(linked.english).startswith(public_path(section))
    english = fresh(linked.english)
    english.slug = "renamed"
    english.save_revision().publish()
    assert led_to(linked.host).endswith("/renamed/")
    section = fresh(section)
    section.slug = "texts"
    section.save_revision().publish()
    assert led_to(linked.host) == public_path(linked.english) == "/en/texts/renamed/"
    assert not list(verify_documents())


def test_links_leave_a_translation_that_expires_to_the_second(
    portal: Portal, linked: Linked
) -> None:
    end = timezone.now() + timedelta(hours=1)
    english = fresh(linked.english)
    english.expire_at = end
    english.save_revision().publish()
    assert led_to(linked.host) == public_path(linked.english)
    with time_machine.travel(end + timedelta(seconds=1), tick=False):
        assert led_to(linked.host) == public_path(linked.chosen)


def test_link_to_a_hidden_page_with_a_public_translation_leads_there(linked: Linked) -> None:
    make_private(linked.chosen)
    assert led_to(linked.host) == public_path(linked.english)
    make_private(linked.english)
    assert led_to(linked.host) == ""
    linked.english.view_restrictions.get().delete()
    assert led_to(linked.host) == public_path(linked.english)
    assert not list(verify_documents())


def test_links_lead_to_an_alias_in_the_documents_language(portal: Portal) -> None:
    chosen = portal.article("Bài")
    host = translate(portal.article("Chủ", **linking(chosen)), "Host")
    alias = chosen.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)
    assert led_to(host) == public_path(alias)
    make_private(chosen)
    assert led_to(host) == ""


def test_reader_who_does_not_see_the_translation_is_led_to_the_chosen_page(
    portal: Portal, linked: Linked
) -> None:
    english_home = HomePage.objects.get(locale__language_code="en")
    host = publish(
        english_home,
        ArticlePage(title="Aside", locale=english_home.locale, **linking(linked.chosen)),
    )
    assert led_to(host) == public_path(linked.english)
    seen = Scope(sections=tuple(
        Section(page.path, page.locale.language_code, public_path(page))
        for page in (portal.home, host)
    ))  # fmt: skip
    with seeing(seen):
        assert tags_out_of_sight(read(pk=host.pk).tags)
        (target,) = _targets(orjson.loads(build_document(host).body))
    assert target["path"] == public_path(linked.chosen)


def test_facts_of_the_portal_lead_to_pages_of_the_readers_language(
    linked: Linked, api: Api
) -> None:
    links = [{"title": "Liên kết", "page": linked.chosen.pk, "url": ""}]
    SiteFacts.objects.create(
        name="Cổng", link_groups=[block("group", {"title": "Nhóm", "links": links})]
    )

    def url(locale: str) -> Any:
        return api.json("site", locale=locale)["link_groups"][0]["links"][0]["url"]

    assert url("vi") == public_path(linked.chosen)
    assert url("en") == public_path(linked.english)
    _unpublish(linked.english)
    assert url("en") == public_path(linked.chosen)


@pytest.fixture
def api() -> Api:
    return Api()


def test_links_cost_the_same_in_every_language(portal: Portal) -> None:
    chosen = [portal.article(f"Bài {number}") for number in range(7)]
    for page in chosen[:4]:
        translate(page, f"Article {page.pk}")

    def cost(page: ContentPage) -> int:
        page = fresh(page)
        for row in PublishedDocument.objects.filter(stale=True):
            read(pk=row.pk)
        with CaptureQueriesContext(connection) as queries:
            build_document(page, Build())
        return len(queries)

    few = portal.article("Ít", **linking(*chosen[:2]))
    many = portal.article("Nhiều", **linking(*chosen))
    english = [translate(page, f"In English {page.pk}") for page in (few, many)]
    more = cost(english[0]) - cost(few)
    assert more == cost(english[1]) - cost(many)
    assert more <= 2


# --- References between documents -----------------------------------------------------------------


def referring(portal: Portal, **reference: Any) -> OfficialDocumentPage:
    """A published plan that names another."""
    return portal.document("9/KH-LMHTX", references=[DocumentReference(**reference)])


def named(page: Page) -> Any:
    """The id of the document that the page's only reference leads to."""
    (reference,) = orjson.loads(read(pk=page.pk).body)["resolved_references"]
    assert (reference["status"] == "resolved") == (reference["document"] is not None)
    return reference["document"] and reference["document"]["id"]


def citing(page: Page) -> list[int]:
    body = orjson.loads(read(pk=page.pk).body)
    return [one["document"]["id"] for one in body["cited_by"]]


def test_number_in_a_foreign_page_finds_the_document_in_either_language(portal: Portal) -> None:
    page = translate(referring(portal, number="1/KH-LMHTX"), "Plan 9")
    assert named(page) is None
    cited = portal.document("1/KH-LMHTX")
    assert named(page) == cited.pk
    english = translate(cited, "Plan 1")
    assert named(page) == english.pk
    _unpublish(english)
    assert named(page) == cited.pk
    make_private(cited)
    assert named(page) is None
    assert not list(verify_documents())


def test_number_in_the_portals_language_finds_no_foreign_document(portal: Portal) -> None:
    page = referring(portal, number="1/KH-LMHTX")
    cited = portal.document("1/KH-LMHTX")
    translate(cited, "Plan 1")
    assert named(page) == cited.pk
    _unpublish(cited)
    assert named(page) is None


def test_own_number_leads_to_no_other_language(portal: Portal) -> None:
    page = translate(referring(portal, number="9/KH-LMHTX"), "Plan 9")
    assert named(page) is None


def test_ambiguous_number_stays_open_in_its_own_language(portal: Portal) -> None:
    first = portal.document("1/KH-LMHTX")
    page = translate(referring(portal, number="1/KH-LMHTX"), "Plan 9")
    assert named(page) == first.pk
    portal.document("1/KH-LMHTX", slug="nam-truoc", issued_on=date(2025, 4, 21))
    assert named(page) is None


def test_documents_name_each_other_in_their_own_language(portal: Portal) -> None:
    cited = portal.document("1/KH-LMHTX")
    english = translate(cited, "Plan 1")
    source = referring(portal, target=cited)
    page = translate(source, "Plan 9")
    assert named(source) == cited.pk
    assert named(page) == english.pk
    assert citing(cited) == [source.pk]
    assert citing(english) == [page.pk]
    _unpublish(page)
    assert citing(english) == []
    assert not list(verify_documents())
