"""Links in a page lead to pages of its own language (N12)."""

from __future__ import annotations

from typing import Any

import orjson
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from cms.pages.build import Build
from cms.pages.builder import build_document
from cms.pages.models import ContentPage, PublishedDocument
from cms.pages.reading import tags_out_of_sight
from cms.pages.scope import Scope, Section, seeing
from cms.pages.verification import verify_documents
from cms.plugins.article.models import ArticlePage
from cms.plugins.section.models import HomePage
from cms.portal.models import SiteFacts
from tests.delivery.conftest import Api
from tests.factories import block, make_private, translate
from tests.fixtures.portal import Portal, publish, read, stored
from tests.translation.links import Linked, fresh, led_to, linking, public_path, targets, unpublish


def _let_link(host: ArticlePage, *chosen: Page) -> None:
    for name, value in linking(*chosen).items():
        setattr(host, name, value)
    host.save_revision().publish()


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
        (target,) = targets(orjson.loads(build_document(host).body))
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
    unpublish(linked.english)
    assert url("en") == public_path(linked.chosen)


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
