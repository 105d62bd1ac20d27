"""Lists: places, locales, filters, sort keys, projections."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from cms.pages.models import ContentPage
from cms.plugins.article.models import ArticlePage
from cms.plugins.gallery.models import VideoPage
from cms.plugins.section.models import SectionPage
from tests.delivery.conftest import Api
from tests.factories import make_organisation, make_topic, translate
from tests.fixtures.portal import Portal, publish


def test_cards_with_the_newest_first(api: Api, every_type: dict[str, ContentPage]) -> None:
    found = api.json("pages")
    moments = [page.first_published_at for page in every_type.values()]
    assert len(found["items"]) == len(every_type) + 1  # and the second section
    assert set(found) == {"items", "next"}
    card = next(item for item in found["items"] if item["type"] == "official_document")
    assert list(card) == ["id", "type", "locale", "path", "title", "number", "document_type",
                          "issuer", "issued_on", "abstract"]  # fmt: skip
    assert moments == sorted(moments)


def test_types(api: Api, every_type: dict[str, ContentPage]) -> None:
    for name in every_type:
        assert {item["type"] for item in api.json("pages", type=name)["items"]} == {name}
    found = api.json("pages", type="article,video")
    assert {item["type"] for item in found["items"]} == {"article", "video"}
    problem = api.problem("pages?type=article,nothing")
    assert problem["type"] == "/api/v1/problems/unknown-type"
    assert set(problem["allowed"]) == set(every_type)


def test_fields(api: Api, every_type: dict[str, ContentPage]) -> None:
    page = every_type["article"]
    (item,) = api.json("pages", type="article", fields="*")["items"]
    assert item == api.json(f"pages/{page.pk}")
    (item,) = api.json("pages", type="article", fields="lead")["items"]
    assert item == {"id": page.pk, "type": "article", "lead": "Lời dẫn"}
    mixed = api.json("pages", fields="title,lead")["items"]
    assert all(set(item) <= {"id", "type", "title", "lead"} for item in mixed)


def test_within_means_all_descendants(api: Api, portal: Portal) -> None:
    inner = publish(portal.news, SectionPage(title="Sự kiện"))
    portal.article("Ngoài")
    portal.article("Trong", parent=inner)
    portal.document()
    assert set(api.titles(within="/tin-tuc/")) == {"Sự kiện", "Ngoài", "Trong"}
    assert set(api.titles(within="/tin-tuc/", type="article")) == {"Ngoài", "Trong"}
    assert api.titles(within="/tin-tuc/su-kien") == ["Trong"]
    assert api.titles(within="/tin-tuc/s") == []
    assert api.titles(within="/khong-co/") == []
    assert len(api.titles(within="/")) == 6


def test_parent_by_id_and_by_path(api: Api, portal: Portal) -> None:
    inner = publish(portal.news, SectionPage(title="Sự kiện"))
    portal.article("Trong", parent=inner)
    portal.article("Ngoài")
    for parent in (portal.news.pk, "/tin-tuc/", "/tin-tuc"):
        assert set(api.titles(parent=parent)) == {"Sự kiện", "Ngoài"}
    assert api.titles(parent=999_999) == []
    filters = {("parent", "eq"): inner.pk}
    assert api.titles(filters=filters) == ["Trong"]


def test_locale_and_fallback_in_one_order(api: Api, portal: Portal) -> None:
    for title, english in (("Ánh", "Zeal"), ("Bình", ""), ("Chi", "Alpha")):
        page = portal.article(title)
        if english:
            translate(page, english)
    lists: dict[str, Any] = {"type": "article", "sort": "title"}
    assert api.titles(locale="en", **lists) == ["Alpha", "Zeal"]
    assert api.titles(locale="vi", **lists) == ["Ánh", "Bình", "Chi"]
    both = api.json("pages", locale="en", fallback="vi", **lists)["items"]
    assert [(item["title"], item["locale_served"]) for item in both] == [
        ("Alpha", "en"), ("Bình", "vi"), ("Zeal", "en"),
    ]  # fmt: skip


def test_a_place_stands_for_its_translations(api: Api, portal: Portal) -> None:
    page, _alone = portal.article("Dịch"), portal.article("Riêng")
    portal.document()
    translate(page, "Translated")
    lists: dict[str, Any] = {"type": "article", "sort": "title"}
    for place in ({"within": "/tin-tuc/"}, {"parent": "/tin-tuc/"}, {"parent": portal.news.pk}):
        assert api.titles(locale="en", **place, **lists) == ["Translated"]
        assert api.titles(locale="en", fallback="vi", **place, **lists) == ["Riêng", "Translated"]
    assert api.titles(locale="vi", within="/van-ban/", **lists) == []


def test_count(api: Api, portal: Portal) -> None:
    for number in range(5):
        portal.article(f"Bài {number}")
    found = api.json("pages", type="article", limit=2, count="exact")
    assert (len(found["items"]), found["total"]) == (2, 5)
    later = api.json("pages", type="article", limit=2, count="exact", cursor=found["next"])
    assert later["total"] == 5
    assert api.json("pages", within="/khong-co/", count="exact")["total"] == 0


# --- Filters: every operator of every kind --------------------------------------------------------


@pytest.fixture
def documents(portal: Portal) -> Portal:
    """Three documents that differ in everything that can be filtered."""
    body, other = make_organisation(), make_organisation("ubnd", "UBND tỉnh")
    topic, second = make_topic(), make_topic("chuyen-doi-so")
    portal.document("1/KH-LMHTX", issued_on=date(2025, 1, 1), issuer=body, topics=[topic])
    portal.document("2/QĐ-UBND", issued_on=date(2025, 6, 1), issuer=other, document_type="QĐ",
                    effective_on=date(2025, 7, 1), topics=[topic, second])  # fmt: skip
    portal.document("3/KH-LMHTX", issued_on=date(2026, 1, 1))
    return portal


OPERATORS = [
    ("number", "eq", "1/KH-LMHTX", "1"),
    ("number", "ne", "1/KH-LMHTX", "23"),
    ("number", "in", "1/KH-LMHTX,3/KH-LMHTX,x", "13"),
    ("number", "contains", "LMHTX", "13"),
    ("number", "contains", "lmhtx", ""),
    ("number", "contains", "%", ""),
    ("number", "startswith", "2/Q", "2"),
    ("number", "startswith", "/Q", ""),
    ("number", "isnull", "true", ""),
    ("number", "isnull", "false", "123"),
    ("document_type", "eq", "QĐ", "2"),
    ("document_type", "in", "KH,QĐ", "123"),
    ("issued_on", "eq", "2025-06-01", "2"),
    ("issued_on", "lt", "2025-06-01", "1"),
    ("issued_on", "lte", "2025-06-01", "12"),
    ("issued_on", "gt", "2025-06-01", "3"),
    ("issued_on", "gte", "2025-06-01", "23"),
    ("issued_on", "in", "2025-01-01,2026-01-01", "13"),
    ("effective_on", "isnull", "true", "13"),
    ("effective_on", "isnull", "false", "2"),
    ("effective_on", "ne", "2025-07-01", "13"),
    ("issuer", "eq", "lmhtx", "1"),
    ("issuer", "ne", "lmhtx", "23"),
    ("issuer", "in", "lmhtx,ubnd", "12"),
    ("issuer", "isnull", "true", "3"),
    ("topics", "eq", "thi-dua", "12"),
    ("topics", "in", "thi-dua,chuyen-doi-so", "12"),
    ("topics", "eq", "chuyen-doi-so", "2"),
    ("topics", "isnull", "true", "3"),
    ("title", "contains", "3/KH", "3"),
    ("slug", "startswith", "ke-hoach-2", "2"),
    ("path", "startswith", "/van-ban/ke-hoach-1", "1"),
    ("type", "eq", "official_document", "123"),
    ("locale", "in", "vi,en", "123"),
    ("locale", "ne", "vi", ""),
    ("published_at", "isnull", "false", "123"),
    ("updated_at", "lt", "2000-01-01", ""),
    ("published_at", "gt", "2000-01-01T00:00:00Z", "123"),
]


def test_operators(api: Api, documents: Portal, subtests: pytest.Subtests) -> None:
    for name, operator, value, expected in OPERATORS:
        with subtests.test(name=name, operator=operator, value=value):
            filters = {(name, operator): value}
            titles = api.titles(type="official_document", sort="number", filters=filters)
            assert "".join(title.split()[2][0] for title in titles) == expected


def test_ids(api: Api, documents: Portal) -> None:
    ids = [item["id"] for item in api.json("pages", sort="id")["items"]]
    for operator, expected in (
        ("eq", ids[2:3]), ("ne", ids[:2] + ids[3:]), ("gt", ids[3:]), ("lte", ids[:3]),
    ):  # fmt: skip
        found = api.json("pages", sort="id", filters={("id", operator): ids[2]})
        assert [item["id"] for item in found["items"]] == expected
    found = api.json("pages", sort="-id", filters={("id", "in"): f"{ids[0]},{ids[3]}"})
    assert [item["id"] for item in found["items"]] == [ids[3], ids[0]]


def test_numbers(api: Api, portal: Portal) -> None:
    for title, seconds in (("Ngắn", 10), ("Dài", 900), ("Không rõ", None)):
        video = VideoPage(title=title, video_url="https://a.vn/1", duration_seconds=seconds)
        publish(portal.news, video)
    lists: dict[str, Any] = {"type": "video", "sort": "duration_seconds"}
    assert api.titles(**lists) == ["Ngắn", "Dài", "Không rõ"]
    assert api.titles(type="video", sort="-duration_seconds") == ["Dài", "Ngắn", "Không rõ"]
    assert api.titles(filters={("duration_seconds", "gte"): 10}, **lists) == ["Ngắn", "Dài"]
    assert api.titles(filters={("duration_seconds", "ne"): 10}, **lists) == ["Dài", "Không rõ"]
    problem = api.problem("pages?type=video&filter[duration_seconds][eq]=99999999999")
    assert problem["type"] == "/api/v1/problems/invalid-parameter"


def test_several_filters_and_keys(api: Api, documents: Portal) -> None:
    filters = {("document_type", "eq"): "KH", ("issued_on", "gte"): "2025-01-01"}
    titles = api.titles(type="official_document", sort="document_type,-issued_on", filters=filters)
    assert titles == ["Kế hoạch 3/KH-LMHTX", "Kế hoạch 1/KH-LMHTX"]


def test_vietnamese_order(api: Api, portal: Portal) -> None:
    titles = ["Da", "Dạ", "Dz", "Đa", "Ea", "an", "ăn", "ân", "10 việc", "9 việc", "Án"]
    for title in titles:
        portal.article(title)
    expected = ["9 việc", "10 việc", "an", "Án", "ăn", "ân", "Da", "Dạ", "Dz", "Đa", "Ea"]
    assert api.titles(type="article", sort="title") == expected
    assert api.titles(type="article", sort="-title") == expected[::-1]


def test_prose_columns_are_in_vietnamese_order_too(api: Api, portal: Portal) -> None:
    for number in ("3/KH-ĐB", "3/KH-DB", "3/KH-EB"):
        portal.document(number, slug=f"so-{ord(number[-2])}")
    found = api.titles(type="official_document", sort="number")
    assert found == ["Kế hoạch 3/KH-DB", "Kế hoạch 3/KH-ĐB", "Kế hoạch 3/KH-EB"]


def test_what_has_no_value_comes_last(api: Api, portal: Portal) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for title, when in (("Không", None), ("Có", moment)):
        publish(portal.news, ArticlePage(title=title, source_name="Báo", source_published_at=when))
    for sort in ("source_published_at", "-source_published_at"):
        assert api.titles(type="article", sort=sort) == ["Có", "Không"]


WRONG = [
    ("filter[body][contains]=x&type=article", "unknown-filter", "filter[body]"),
    ("filter[number][eq]=x", "unknown-filter", "filter[number]"),
    ("filter[number][eq]=x&type=article,video", "unknown-filter", "filter[number]"),
    ("filter[title][like]=x", "unknown-operator", "filter[title][like]"),
    ("filter[title][isnull]=true", "unknown-operator", "filter[title][isnull]"),
    ("filter[published_at][gt]=hôm+qua", "invalid-parameter", "filter[published_at][gt]"),
    ("filter[id][in]=1,x", "invalid-parameter", "filter[id][in]"),
    ("type=announcement&filter[priority][eq]=x", "invalid-parameter", "filter[priority][eq]"),
    ("sort=lead&type=article", "unknown-sort-key", "sort"),
    ("sort=title,-title", "invalid-parameter", "sort"),
    ("sort=--title", "unknown-sort-key", "sort"),
    ("sort=", "invalid-parameter", "sort"),
    ("type=article,article", "invalid-parameter", "type"),
    ("limit=0", "invalid-parameter", "limit"),
    ("limit=101", "invalid-parameter", "limit"),
    ("limit=-1", "invalid-parameter", "limit"),
    ("limit=1e3", "invalid-parameter", "limit"),
    ("limit=9999999999999999999999", "invalid-parameter", "limit"),
    ("locale=fr", "invalid-parameter", "locale"),
    ("rich_text=xml", "invalid-parameter", "rich_text"),
    ("count=some", "invalid-parameter", "count"),
    ("within=tin-tuc", "invalid-parameter", "within"),
    ("parent=x", "invalid-parameter", "parent"),
    ("fields=title,title", "invalid-parameter", "fields"),
    ("offset=3", "unknown-parameter", "offset"),
    ("filters=3", "unknown-parameter", "filters"),
    ("filter[title]=3", "unknown-parameter", "filter[title]"),
    ("filter[a][b][c]=3", "unknown-parameter", "filter[a][b][c]"),
    ("limit=1&limit=2", "repeated-parameter", "limit"),
    ("cursor=abc", "invalid-cursor", "cursor"),
]


def test_wrong_parameters_are_named(api: Api, portal: Portal, subtests: pytest.Subtests) -> None:
    for query, name, parameter in WRONG:
        with subtests.test(query=query):
            problem = api.problem(f"pages?{query}")
            assert problem["type"] == f"/api/v1/problems/{name}"
            assert problem["parameter"] == parameter
            assert problem["detail_vi"]
            if name.startswith("unknown"):
                assert problem["allowed"]
