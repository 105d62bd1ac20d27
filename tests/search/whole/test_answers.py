"""What readers get: the right page first, counts, highlights, corrections, pages of hits."""

from __future__ import annotations

from datetime import date

import pytest

from cms.plugins.article.models import ArticlePage
from tests.factories import block, make_organisation, make_topic
from tests.fixtures.portal import Portal, publish
from tests.search.whole.conftest import Search


@pytest.fixture
def texts(portal: Portal, search: Search) -> None:
    """A plan, an article that tells of it, and some that don't."""
    issuer = make_organisation("lmhtx", "Liên minh Hợp tác xã tỉnh")
    portal.document(issuer=issuer, abstract="Đổi mới công tác thi đua, khen thưởng")
    portal.document("12/QĐ-UBND", document_type="QĐ", issued_on=date(2024, 1, 5))
    told = ArticlePage(title="Triển khai Kế hoạch số 60/KH-LMHTX", lead="Hội nghị tại xã Nậm Sỏi")
    told.body = [block("paragraph", "<p>Các hợp tác xã đăng ký thi đua.</p>")]
    publish(portal.news, told)
    portal.article("Mùa cam", lead="HTX Kim Đường bán cam theo mã truy xuất")
    portal.article("Xóa đói giảm nghèo ở vùng cao")
    search.follow()


@pytest.mark.parametrize(
    "typed",
    ["60/KH-LMHTX", "60 /KH-LMHTX", "60/kh-lmhtx", "60 kh lmhtx", "60-KH/LMHTX", "số 60/KH-LMHTX",
     "ke hoach 60", "Kế hoạch số 60"],
)  # fmt: skip
@pytest.mark.usefixtures("texts")
def test_a_number_finds_its_document_first_however_it_is_spelled(
    search: Search, typed: str
) -> None:
    assert search.titles(typed)[0] == "Kế hoạch 60/KH-LMHTX"


@pytest.mark.usefixtures("texts")
def test_the_numbers_that_were_read_are_told(search: Search) -> None:
    assert search.ask("60/kh-lmhtx năm nay")["numbers"] == ["60/KH-LMHTX"]
    assert search.ask("giai đoạn 2020-2025")["numbers"] == []


@pytest.mark.parametrize("typed", ["xóa đói", "xoá đói", "xoa doi", "XOÁ ĐÓI", "xóa đói"])
@pytest.mark.usefixtures("texts")
def test_words_are_found_in_every_spelling(search: Search, typed: str) -> None:
    assert search.titles(typed)[0] == "Xóa đói giảm nghèo ở vùng cao"


@pytest.mark.usefixtures("texts")
def test_an_abbreviation_and_its_phrase_find_each_other(search: Search) -> None:
    assert "Mùa cam" in search.titles("hợp tác xã Kim Đường")
    assert "Triển khai Kế hoạch số 60/KH-LMHTX" in search.titles("HTX đăng ký thi đua")


@pytest.mark.usefixtures("texts")
def test_phrases_and_exclusions(search: Search) -> None:
    assert search.titles('"đăng ký thi đua"') == ["Triển khai Kế hoạch số 60/KH-LMHTX"]
    assert "Triển khai Kế hoạch số 60/KH-LMHTX" not in search.titles("thi đua -nghị")


@pytest.mark.usefixtures("texts")
def test_highlights_mark_the_accented_words_of_the_page(search: Search) -> None:
    (item, *_) = search.ask("hoi nghi nam soi", highlight="true")["items"]
    assert item["highlights"]["text"] == ["<mark>Hội nghị</mark> tại xã <mark>Nậm Sỏi</mark>"]
    assert "highlights" not in search.ask("hoi nghi nam soi")["items"][0]


@pytest.mark.usefixtures("texts")
def test_facets_count_under_all_filters_but_their_own(search: Search) -> None:
    both = {"official_document": 2, "article": 1}
    filters = {"filter[type][eq]": "article"}
    assert search.counts("kế hoạch", "type") == both
    assert search.counts("kế hoạch", "type", **filters) == both
    assert search.counts("kế hoạch", "issuer", **filters) == {}
    assert search.titles("kế hoạch", **filters) == ["Triển khai Kế hoạch số 60/KH-LMHTX"]


@pytest.mark.usefixtures("texts")
def test_facets_have_names_for_people(search: Search) -> None:
    facets = search.ask("kế hoạch 60", facets="type,issuer,section,year")["facets"]
    assert {"value": "official_document", "label": "văn bản", "count": 1} in facets["type"]
    assert facets["issuer"] == [
        {"value": "lmhtx", "label": "Liên minh Hợp tác xã tỉnh", "count": 1}
    ]
    assert {"value": "/van-ban/", "label": "Văn bản", "count": 1} in facets["section"]
    plans = search.ask("kế hoạch 60", facets="year", type="official_document")["facets"]
    assert plans["year"] == [{"value": "2026", "label": "2026", "count": 1}]


@pytest.mark.usefixtures("texts")
def test_filters_types_and_places(search: Search) -> None:
    assert search.titles("kế hoạch", type="article") == ["Triển khai Kế hoạch số 60/KH-LMHTX"]
    assert search.titles("60/KH-LMHTX", within="/tin-tuc/") == [
        "Triển khai Kế hoạch số 60/KH-LMHTX"
    ]
    assert search.titles("60/KH-LMHTX", **{"filter[issuer][eq]": "lmhtx"}) == [
        "Kế hoạch 60/KH-LMHTX"
    ]
    newer = {"filter[issued_on][gte]": "2026-01-01"}
    assert search.titles("60/KH-LMHTX", **newer) == ["Kế hoạch 60/KH-LMHTX"]


@pytest.mark.usefixtures("texts")
def test_a_topic_is_a_filter_and_a_facet(search: Search, portal: Portal) -> None:
    topic = make_topic("thi-dua", "Thi đua")
    page = portal.article("Phong trào mới")
    page.topics.add(topic)
    page.save_revision().publish()
    search.follow()
    assert search.counts("phong trào", "topics") == {"thi-dua": 1}
    assert search.titles("phong trào", **{"filter[topics][eq]": "thi-dua"}) == ["Phong trào mới"]


def test_where_too_few_words_fit_some_are_enough(search: Search, portal: Portal) -> None:
    portal.article("Hội chợ nông sản")
    search.follow()
    found = search.ask("hội chợ vũ trụ quốc tế lần thứ hai mươi", highlight="true")
    assert found["loose"] is True
    assert [item["title"] for item in found["items"]] == ["Hội chợ nông sản"]


def test_a_correction_is_in_the_words_of_the_site(search: Search, portal: Portal) -> None:
    portal.article("Khen thưởng điển hình tiên tiến")
    search.follow()
    found = search.ask("khenn thuongw")
    assert found["did_you_mean"] == "khen thưởng"


def test_pages_of_hits_neither_skip_nor_repeat(search: Search, portal: Portal) -> None:
    titles = {f"Bản tin số {number}" for number in range(7)}
    for title in titles:
        portal.article(title)
    search.follow()
    seen: list[str] = []
    answer = search.ask("bản tin", limit=3)
    assert answer["total"] == 7
    while True:
        seen += [item["title"] for item in answer["items"]]
        if answer["next"] is None:
            break
        answer = search.ask("bản tin", limit=3, cursor=answer["next"])
    assert len(seen) == 7
    assert set(seen) == titles


@pytest.mark.usefixtures("texts")
def test_suggestions_while_somebody_types(search: Search) -> None:
    assert search.suggest("xoa d") == ["Xóa đói giảm nghèo ở vùng cao"]
    assert search.suggest("xóa đói giảm n") == ["Xóa đói giảm nghèo ở vùng cao"]
    assert search.suggest("vung ca") == ["Xóa đói giảm nghèo ở vùng cao"]
    assert search.suggest("60/k")[0] == "Kế hoạch 60/KH-LMHTX"
    assert search.suggest("khong co gi") == []
