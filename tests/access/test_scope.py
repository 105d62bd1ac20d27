"""A token for some sections and locales: what is out of its sight doesn't exist."""

from __future__ import annotations

import orjson
from wagtail.models import Page

from cms.changes.feed import number_changes
from cms.pages.models import PublishedDocument
from cms.plugins.article.models import ArticlePage
from cms.plugins.section.models import HomePage, SectionPage
from tests.access.conftest import CANARY, Holder, Parts, make_token
from tests.delivery.conftest import Api
from tests.fixtures.portal import Portal, publish


def paths(parts: Parts) -> list[str]:
    """Every way that might lead to what is outside."""
    return [
        f"pages/{parts.inside.pk}", f"pages/{parts.inside.pk}?rich_text=ast",
        f"pages/{parts.outside.pk}", f"pages/{parts.outside.pk}?locale=vi",
        "resolve?path=/van-ban/ngoai/", "resolve?path=/cu-ngoai/", "resolve?path=/van-ban/",
        "pages", "pages?fields=*&limit=100", "pages?within=/&fields=*", "pages?within=/van-ban/",
        "pages?parent=/van-ban/&count=exact", "pages?type=article&sort=title&count=exact",
        "pages?type=article&filter[title][contains]=Kimtuyen&count=exact",
        f"pages?filter[id][eq]={parts.outside.pk}", "menus/main", "menus/main?path=/van-ban/",
        "redirects", "changes?limit=1000", "site",
    ]  # fmt: skip


def test_the_canary_is_there_for_everybody_else(parts: Parts) -> None:
    seen = [path for path in paths(parts) if CANARY in Api().get(path).content.decode()]
    assert len(seen) >= 10


def test_what_is_out_of_sight_is_nowhere(portal: Portal, parts: Parts) -> None:
    _, holder = make_token(portal.news)
    for path in paths(parts):
        answer = holder.get(path)
        text = answer.content.decode() + str(answer.headers)
        assert CANARY not in text, path
        assert "van-ban" not in text, path
    never = holder.get("pages/987654")
    for path in (
        f"pages/{parts.outside.pk}",
        "resolve?path=/van-ban/ngoai/",
        f"pages/{portal.home.pk}",
    ):
        assert holder.get(path).content == never.content
        assert holder.get(path).status_code == 404


def test_what_is_in_sight_is_whole(portal: Portal, parts: Parts) -> None:
    _, holder = make_token(portal.news)
    page = holder.json(f"pages/{parts.inside.pk}")
    assert page["title"] == "Bài trong mục"
    assert page["parent"]["id"] == portal.news.pk
    assert page["related_pages"] == []
    assert page["body"][1]["value"]["pages"] in ([], [None])
    assert "href" not in page["body"][0]["value"]
    assert {one["id"] for one in holder.json("pages")["items"]} == {
        portal.news.pk, parts.inside.pk, parts.english.pk, parts.english.get_parent().pk,
    }  # fmt: skip
    assert holder.json(f"pages/{portal.news.pk}")["parent"] is None
    listed = [one["id"] for one in holder.json("menus/main")["items"]]
    assert listed == [portal.news.pk]


def test_the_stored_documents_stay_everybodys(portal: Portal, parts: Parts) -> None:
    before = Api().get(f"pages/{parts.inside.pk}").content
    _, holder = make_token(portal.news)
    PublishedDocument.objects.update(stale=True)
    assert CANARY not in holder.get(f"pages/{parts.inside.pk}").content.decode()
    assert not PublishedDocument.objects.get(pk=parts.inside.pk).stale
    assert Api().get(f"pages/{parts.inside.pk}").content == before
    PublishedDocument.objects.update(stale=True)
    holder.get("pages?fields=*&limit=100")
    assert Api().get(f"pages/{parts.inside.pk}").content == before


def test_a_section_means_its_translations_unless_locales_are_chosen(
    portal: Portal, parts: Parts
) -> None:
    _, everywhere = make_token(portal.news)
    assert everywhere.get(f"pages/{parts.english.pk}").status_code == 200
    _, vietnamese = make_token(portal.news, locales=["vi"])
    assert vietnamese.get(f"pages/{parts.english.pk}").status_code == 404
    assert vietnamese.json(f"pages/{parts.inside.pk}")["translations"] == []
    assert vietnamese.get("menus/main?locale=en&fallback=vi").status_code == 200
    assert vietnamese.get(f"pages/{parts.inside.pk}?locale=en").status_code == 404
    _, english = make_token(locales=["en"])
    assert english.get(f"pages/{parts.english.pk}").status_code == 200
    assert {one["locale"] for one in english.json("pages")["items"]} == {"en"}
    assert english.get(f"pages/{parts.inside.pk}").status_code == 404
    assert english.get("menus/main").status_code == 404


def test_a_token_whose_sections_are_gone_reads_nothing(portal: Portal, parts: Parts) -> None:
    section = publish(portal.home, SectionPage(title="Mục tạm"))
    _, holder = make_token(section)
    assert holder.json("pages")["items"] != []
    Page.objects.get(pk=section.pk).delete()
    assert holder.json("pages")["items"] == []
    assert holder.json("pages", type="article", sort="title", count="exact")["total"] == 0


def test_a_section_is_found_where_it_is_now(portal: Portal, parts: Parts) -> None:
    _, holder = make_token(portal.news)
    Page.objects.get(pk=portal.news.pk).move(Page.objects.get(pk=portal.texts.pk), pos="last-child")
    assert holder.get(f"pages/{parts.inside.pk}").status_code == 200
    assert holder.get(f"pages/{parts.outside.pk}").status_code == 404


def test_a_page_that_leaves_the_section_is_gone_to_who_saw_it(portal: Portal, parts: Parts) -> None:
    _, holder = make_token(portal.news)
    since = holder.json("changes", limit=1000)["next"]
    ArticlePage.objects.get(pk=parts.inside.pk).move(
        Page.objects.get(pk=portal.texts.pk), pos="last-child"
    )
    number_changes()
    entries = [
        one for one in holder.json("changes", since=since)["items"] if one["id"] == parts.inside.pk
    ]
    assert [one["withdrawn"] for one in entries] == [True]
    assert entries[0]["path"] == "/tin-tuc/bai-trong-muc/"
    assert entries[0]["previous_path"] is None


def test_the_home_page_as_a_section_is_its_locale(portal: Portal, parts: Parts) -> None:
    _, holder = make_token(HomePage.objects.get(pk=portal.home.pk), locales=["vi"])
    assert holder.get(f"pages/{parts.outside.pk}").status_code == 200
    assert holder.get(f"pages/{parts.english.pk}").status_code == 404


def test_compiled_queries_are_not_shared_between_scopes(portal: Portal, parts: Parts) -> None:
    tokens: list[Holder] = [make_token(portal.news)[1], make_token(portal.texts)[1]]
    for _ in range(2):
        assert [one.get(f"pages/{parts.outside.pk}").status_code for one in tokens] == [404, 200]
        assert [one.get(f"pages/{parts.inside.pk}").status_code for one in tokens] == [200, 404]
        assert Api().get(f"pages/{parts.outside.pk}").status_code == 200
        titles = [{item["title"] for item in one.json("pages")["items"]} for one in tokens]
        assert not titles[0] & titles[1]


def test_graphql_reads_within_the_same_scope(portal: Portal, parts: Parts) -> None:
    query = (
        '{ out: page(id: OUT) { id title } path: page(path: "/van-ban/ngoai/") { id title } '
        "inside: page(id: IN) { title parent { title } translations { title } "
        "... on Article { relatedPages { target { title } } bodyJson } } "
        "pages(first: 50) { nodes { title ... on Article { lead } } totalCount } "
        'articles(first: 50, filter: {title: {contains: "Kimtuyen"}}) { totalCount } }'
    )
    query = query.replace("OUT", str(parts.outside.pk)).replace("IN", str(parts.inside.pk))
    assert CANARY in Api().get("/graphql/", {"query": query}).content.decode()
    _, holder = make_token(portal.news)
    answer = holder.get("/graphql/", {"query": query})
    found = orjson.loads(answer.content)
    assert "errors" not in found, found["errors"]
    assert CANARY not in answer.content.decode()
    assert found["data"]["out"] is None
    assert found["data"]["inside"]["title"] == "Bài trong mục"
    assert found["data"]["articles"]["totalCount"] == 0
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert Holder("htc_wrong").get("/graphql/", {"query": query}).status_code == 401
