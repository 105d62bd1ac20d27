"""What an untranslated page is, by section: absent, or the source with a notice."""

from __future__ import annotations

import orjson
import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Locale, Page

from cms.changes.models import Change
from cms.delivery.models import Menu
from cms.pages.models import SectionPolicy
from cms.pages.section_policies import load_policies
from cms.plugins.article.models import ArticlePage
from cms.plugins.section.models import SectionPage
from tests.delivery.conftest import Api
from tests.factories import block, make_private
from tests.factories import translate as write_by_hand
from tests.fixtures.portal import Portal, publish
from tests.graphql.conftest import GraphQL
from tests.translation.languages import ENGLISH, Policy, aliases, rule


def test_without_a_rule_it_is_absent(api: Api, untranslated: ArticlePage) -> None:
    assert api.titles(**ENGLISH) == ["Translated"]
    assert api.get(f"pages/{untranslated.pk}", {"locale": "en"}).status_code == 404
    assert api.get("resolve", {"path": "/en/tin-tuc/rieng/"}).status_code == 404
    assert aliases() == 0


def test_notice_serves_the_source_and_says_so(
    api: Api, portal: Portal, untranslated: ArticlePage
) -> None:
    rule(portal.news, Policy.NOTICE)
    items = api.json("pages", **ENGLISH, count="exact")
    assert items["total"] == 2
    source, translation = items["items"]
    assert (source["title"], source["locale_served"], source["untranslated"]) == (
        "Riêng", "vi", True,
    )  # fmt: skip
    assert translation.keys().isdisjoint({"locale_served", "untranslated"})
    for address, query in (
        (f"pages/{untranslated.pk}", {"locale": "en"}),
        ("resolve", {"path": "/tin-tuc/rieng/", "locale": "en"}),
        ("resolve", {"path": "/en/tin-tuc/rieng/"}),
    ):
        response = api.get(address, query)
        assert "section_policy" in response.headers["Cache-Tag"].split(",")
        found = orjson.loads(response.content)
        found = found.get("page", found)
        assert (found["id"], found["locale_served"], found["untranslated"], found["locale"]) == (
            untranslated.pk, "vi", True, "vi",
        )  # fmt: skip
    assert (
        api.get(f"pages/{untranslated.pk}", {"locale": "en", "fallback": "none"}).status_code == 404
    )
    assert api.titles(**ENGLISH, fallback="none") == ["Translated"]
    asked = api.json(f"pages/{untranslated.pk}", locale="en", fallback="vi")
    assert (asked["locale_served"], "untranslated" in asked) == ("vi", False)


def test_graphql_follows_the_same_rules(portal: Portal, untranslated: ArticlePage) -> None:
    graphql = GraphQL()
    page = 'query ($id: Int!) { page(id: $id, locale: "en") { id locale } }'
    path = '{ page(path: "/en/tin-tuc/rieng/") { id } }'
    titles = '{ articles(locale: "en", sort: [TITLE_ASC]) { totalCount nodes { title } } }'
    assert graphql.data(page, id=untranslated.pk)["page"] is None
    assert graphql.data(path)["page"] is None
    rule(portal.home, Policy.NOTICE)
    assert graphql.data(page, id=untranslated.pk)["page"] == {"id": untranslated.pk, "locale": "vi"}
    assert graphql.data(path)["page"] == {"id": untranslated.pk}
    assert graphql.data(titles)["articles"] == {
        "totalCount": 2, "nodes": [{"title": "Riêng"}, {"title": "Translated"}],
    }  # fmt: skip


def test_the_nearest_rule_counts(api: Api, portal: Portal, untranslated: ArticlePage) -> None:
    inner = publish(portal.news, SectionPage(title="Sự kiện"))
    portal.article("Trong", parent=inner)
    rule(portal.home, Policy.NOTICE)
    assert api.titles(**ENGLISH) == ["Riêng", "Translated", "Trong"]
    rule(portal.news, Policy.ABSENT)
    assert api.titles(**ENGLISH) == ["Translated"]
    rule(inner, Policy.NOTICE)
    assert api.titles(**ENGLISH) == ["Translated", "Trong"]
    assert api.titles(**ENGLISH, within="/tin-tuc/su-kien/") == ["Trong"]
    assert load_policies("en").of(untranslated.path) == "absent"
    assert load_policies("vi").rules == ()


def test_changed_rule_is_told_to_the_feed(portal: Portal) -> None:
    made = rule(portal.news, Policy.NOTICE)
    made.policy = Policy.ABSENT
    made.save()
    made.delete()
    told = Change.objects.filter(type="section_policy")
    assert [(one.locale, one.path, one.tags) for one in told] == [
        ("en", "", ["section_policy"])
    ] * 3


def test_lists_depend_on_the_rules(api: Api, portal: Portal) -> None:
    def tags(**query: str) -> list[str]:
        return api.get("pages", query).headers["Cache-Tag"].split(",")

    assert "section_policy" in tags(locale="en")
    assert "section_policy" not in tags(locale="vi")
    assert "section_policy" not in tags(locale="en", fallback="vi")


def test_menus_follow_the_rules(api: Api, portal: Portal, untranslated: ArticlePage) -> None:
    entries = [block("page", {"page": untranslated.pk}), block("page", {"page": portal.news.pk})]
    for code in ("vi", "en"):
        locale = Locale.objects.get(language_code=code)
        Menu.objects.create(title="Chính", handle="main", locale=locale, items=entries)

    def paths(**query: str) -> list[str]:
        return [one["path"] for one in api.json("menus/main", locale="en", **query)["items"]]

    assert paths() == ["/en/tin-tuc/"]
    assert paths(fallback="vi") == ["/tin-tuc/rieng/", "/en/tin-tuc/"]
    rule(portal.news, Policy.NOTICE)
    Page.objects.get(alias_of=portal.news).delete()
    assert paths() == ["/tin-tuc/rieng/", "/tin-tuc/"]
    assert paths(fallback="none") == []


def test_pages_below_a_menu_entry_follow_the_rules(
    api: Api, portal: Portal, untranslated: ArticlePage
) -> None:
    entry = block("page", {"page": portal.news.pk, "children": True})
    english = Locale.objects.get(language_code="en")
    Menu.objects.create(title="Main", handle="main", locale=english, items=[entry])

    def below(**query: str) -> list[str]:
        (item,) = api.json("menus/main", locale="en", **query)["items"]
        return [one["title"] for one in item["items"]]

    assert below() == ["Translated"]
    assert below(fallback="vi") == ["Translated", "Riêng"]
    rule(portal.news, Policy.ALIAS)
    assert below() == ["Translated", "Riêng"]
    assert below(fallback="none") == ["Translated"]


def test_feed_is_in_one_language(api: Api, portal: Portal, untranslated: ArticlePage) -> None:
    rule(untranslated, Policy.NOTICE)
    assert api.titles(**ENGLISH) == ["Riêng", "Translated"]
    told = api.json("feeds/json", locale="en", type="article")
    assert [one["title"] for one in told["items"]] == ["Translated"]


def test_n12_private_source_stands_in_for_nothing(
    api: Api, portal: Portal, untranslated: ArticlePage
) -> None:
    rule(portal.home, Policy.NOTICE)
    make_private(untranslated)
    never = api.get("pages/999999", {"locale": "en"}).content
    assert api.get(f"pages/{untranslated.pk}", {"locale": "en"}).content == never
    assert api.get("resolve", {"path": "/en/tin-tuc/rieng/"}).content == never
    assert api.titles(**ENGLISH) == ["Translated"]


def test_rule_is_for_another_language_than_the_portals(portal: Portal) -> None:
    english = write_by_hand(portal.news, "News")
    for page, locale, field in ((portal.news, "vi", "locale"), (english, "en", "page")):
        with pytest.raises(ValidationError) as error:
            SectionPolicy(page=page, locale=locale, policy=Policy.NOTICE).full_clean()
        assert field in error.value.message_dict


def test_rules_are_made_in_the_admin(portal: Portal) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("quantri"))
    form = client.get("/admin/snippets/pages/sectionpolicy/add/").content.decode()
    assert "Tiếng Anh" in form
    assert "Tiếng Việt" not in form.partition('name="locale"')[2].partition("</select>")[0]
    answer = client.post(
        "/admin/snippets/pages/sectionpolicy/add/",
        {"page": portal.news.pk, "locale": "en", "policy": "notice"},
    )
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert SectionPolicy.objects.get().policy == Policy.NOTICE
    listed = client.get("/admin/snippets/pages/sectionpolicy/").content.decode()
    assert "Tin tức" in listed
