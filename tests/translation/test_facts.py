"""What delivery tells of a translation, and that nothing hidden shows through it (N12, T14)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.changes.models import Change, Reason
from cms.pages.models import ContentPage, PublishedDocument, SectionPolicy
from cms.pages.publishing import sync_page
from cms.pages.verification import verify_documents
from cms.plugins.article.models import ArticlePage
from tests.delivery.conftest import Api
from tests.factories import make_private
from tests.factories import translate as write_by_hand
from tests.fixtures.portal import Portal, read
from tests.graphql.conftest import GraphQL
from tests.translation.languages import begin, submit, translate

FACTS = ["status", "percent", "source_revision", "outdated_since", "machine"]


@pytest.fixture
def english(portal: Portal) -> Locale:
    return begin(portal, "en")[0]


@pytest.fixture
def article(portal: Portal) -> ArticlePage:
    return portal.article("Bài", lead="Mở đầu")


@pytest.fixture
def translation(article: ArticlePage, english: Locale) -> Translation:
    return submit(article, english)


def published(translation: Translation) -> ContentPage:
    """The translated page, as it is published now."""
    translation.save_target(publish=True)
    page = translation.get_target_instance()
    page.get_latest_revision().publish()
    fresh: ContentPage = type(page).objects.get(pk=page.pk)
    return fresh


def facts(api: Api, page: Page) -> Any:
    return api.json(f"pages/{page.pk}")["translation"]


def test_every_page_tells_where_its_translation_stands(
    api: Api, article: ArticlePage, translation: Translation
) -> None:
    translate(translation, "Bài", machine=True)
    page = published(translation)
    told = facts(api, page)
    assert list(told) == FACTS
    assert told["status"] == "partial"
    assert 0 < told["percent"] < 100
    assert told["machine"] == 1
    assert told["source_revision"] == article.live_revision_id
    assert told["outdated_since"] is None
    assert facts(api, article) is None
    (listed,) = api.json("pages", locale="en", type="article", fields="translation")["items"]
    assert listed["translation"] == told


def test_facts_follow_the_work_at_once(
    api: Api, article: ArticlePage, translation: Translation
) -> None:
    translate(translation)
    page = published(translation)
    assert facts(api, page)["status"] == "complete"
    before = Change.objects.filter(object_id=page.pk).count()
    article.lead = "Mở đầu khác"
    article.save_revision().publish()
    told = facts(api, page)
    assert told["outdated_since"] is not None
    assert told["source_revision"] != ArticlePage.objects.get(pk=article.pk).live_revision_id
    assert Change.objects.filter(object_id=page.pk).count() > before


def test_page_written_by_hand_is_a_complete_translation(api: Api, article: ArticlePage) -> None:
    page = write_by_hand(article, "By hand")
    assert facts(api, page) == {
        "status": "complete", "percent": 100, "source_revision": None, "outdated_since": None,
        "machine": 0,
    }  # fmt: skip


FILTERS: list[tuple[str, str, str, str]] = [
    ("status", "eq", "partial", "partial"),
    ("status", "in", "partial,complete", "complete partial"),
    ("status", "ne", "partial", "complete source"),
    ("percent", "lt", "100", "partial"),
    ("percent", "eq", "1", ""),
    ("machine", "gt", "0", "partial"),
    ("outdated_since", "isnull", "false", "complete"),
    ("outdated_since", "isnull", "true", "partial source"),
    ("outdated_since", "gt", "2000-01-01T00:00:00Z", "complete"),
]


@pytest.mark.parametrize(("name", "operator", "value", "found"), FILTERS)
def test_lists_are_filtered_by_the_translation(
    api: Api, portal: Portal, article: ArticlePage, english: Locale, name: str, operator: str,
    value: str, found: str,
) -> None:  # fmt: skip
    other = portal.article("Khác")
    pages: dict[int, str] = {}
    for source, only in ((article, ["Bài"]), (other, [])):
        translation = submit(source, english)
        translate(translation, *only, machine=bool(only))
        pages[published(translation).pk] = "partial" if only else "complete"
    other.save_revision().publish()
    filters = {(f"translation.{name}", operator): value}
    for kind in ({"type": "article"}, {"type": "article,section"}):
        items = api.json("pages", **kind, filters=filters, limit=100)["items"]
        kinds = {pages.get(item["id"], "source") for item in items if item["type"] == "article"}
        assert " ".join(sorted(kinds)) == found


def test_graphql_gives_and_filters_the_same(translation: Translation, article: ArticlePage) -> None:
    translate(translation, "Bài")
    page = published(translation)
    query = """{ articles(filter: {translationStatus: {in: ["partial"]},
      translationOutdatedSince: {isnull: true}}) {
      nodes { id translation { status percent machine sourceRevision outdatedSince } } } }"""
    (node,) = GraphQL().data(query)["articles"]["nodes"]
    assert node["id"] == page.pk
    assert node["translation"]["status"] == "partial"
    assert node["translation"]["sourceRevision"] == article.live_revision_id


def test_wrong_status_is_answered_with_those_that_there_are(api: Api, portal: Portal) -> None:
    problem = api.problem("pages?filter[translation.status][eq]=done")
    assert problem["parameter"] == "filter[translation.status][eq]"
    assert "partial" in problem["detail"]


# --- What is hidden -------------------------------------------------------------------------------


def _unpublish(page: ContentPage) -> None:
    type(page).objects.get(pk=page.pk).unpublish()


def _delete(page: ContentPage) -> None:
    Page.objects.get(pk=page.pk).delete()


WITHDRAWN = pytest.mark.parametrize(
    "withdraw", [make_private, _unpublish, _delete], ids=["private", "unpublished", "deleted"]
)


@WITHDRAWN
def test_n12_translation_in_step_goes_with_its_source(
    api: Api, portal: Portal, article: ArticlePage, translation: Translation, withdraw: Any
) -> None:
    translate(translation, "Bài")  # the rest shows in the source's own words
    page = published(translation)
    assert "Mở đầu" in api.get(f"pages/{page.pk}").content.decode()
    withdraw(article)
    assert api.get(f"pages/{page.pk}").status_code == 404
    assert api.titles(locale="en", type="article") == []
    assert api.titles(locale="en", fallback="vi", type="article") == []
    gone = Change.objects.filter(object_id=page.pk).latest("pk")
    assert gone.withdrawn
    assert not list(verify_documents())


@WITHDRAWN
def test_n12_page_written_by_hand_stays_and_tells_nothing_of_its_source(
    api: Api, article: ArticlePage, withdraw: Any
) -> None:
    page = write_by_hand(article, "By hand")
    withdraw(article)
    told = api.json(f"pages/{page.pk}")
    assert (told["translation"], told["translations"]) == (None, [])
    filters = {("translation.status", "eq"): "complete"}
    assert api.titles(type="article", filters=filters) == []


def test_n12_translation_comes_back_with_its_source(
    api: Api, article: ArticlePage, translation: Translation
) -> None:
    page = published(translation)
    restriction = make_private(article)
    assert api.get(f"pages/{page.pk}").status_code == 404
    restriction.delete()
    assert api.json(f"pages/{page.pk}")["id"] == page.pk
    _unpublish(article)
    ArticlePage.objects.get(pk=article.pk).save_revision().publish()
    assert api.json(f"pages/{page.pk}")["id"] == page.pk
    assert not list(verify_documents())


def test_n12_translations_go_with_a_section_above_the_source(
    api: Api, portal: Portal, article: ArticlePage, translation: Translation
) -> None:
    page = published(translation)
    restriction = make_private(portal.news)
    assert api.get(f"pages/{page.pk}").status_code == 404
    restriction.delete()
    assert api.json(f"pages/{page.pk}")["path"].startswith("/en/")


def test_n15_translation_expires_with_its_source(
    api: Api, article: ArticlePage, translation: Translation
) -> None:
    page = published(translation)
    end = timezone.now() + timedelta(hours=1)
    article.expire_at = end
    article.save_revision().publish()
    assert read(pk=page.pk).expires_at == end
    with time_machine.travel(end + timedelta(seconds=1), tick=False):
        assert api.get(f"pages/{page.pk}").status_code == 404
    article.expire_at = None
    article.save_revision().publish()
    assert read(pk=page.pk).expires_at is None


def test_n12_translation_that_left_sync_mode_stands_for_itself(
    api: Api, article: ArticlePage, translation: Translation
) -> None:
    page = published(translation)
    make_private(article)
    assert api.get(f"pages/{page.pk}").status_code == 404
    translation.enabled = False
    translation.save()
    assert api.json(f"pages/{page.pk}")["translation"] is None


def test_l2_alias_in_the_same_language_goes_with_its_page(
    api: Api, portal: Portal, article: ArticlePage
) -> None:
    alias = article.create_alias(parent=portal.texts)
    assert api.json(f"pages/{alias.pk}")["title"] == "Bài"
    make_private(article)
    assert api.get(f"pages/{alias.pk}").status_code == 404


def test_withdrawn_translation_shows_nowhere_at_its_source(
    api: Api, article: ArticlePage, translation: Translation
) -> None:
    page = published(translation)
    assert [one["locale"] for one in api.json(f"pages/{article.pk}")["translations"]] == ["en"]
    assert 'hreflang="en"' in api.get("/api/v1/sitemap.xml").content.decode()
    make_private(page)
    assert api.json(f"pages/{article.pk}")["translations"] == []
    assert 'hreflang="en"' not in api.get("/api/v1/sitemap.xml").content.decode()


def test_document_of_a_copy_is_the_same_whatever_led_to_it(
    article: ArticlePage, translation: Translation
) -> None:
    page = published(translation)
    read(pk=page.pk)
    latest = Change.objects.latest("pk").pk
    sync_page(page.pk, Reason.RESTRICT)
    assert Change.objects.latest("pk").pk == latest
    assert PublishedDocument.objects.filter(pk=page.pk).exists()
    assert not SectionPolicy.objects.exists()
