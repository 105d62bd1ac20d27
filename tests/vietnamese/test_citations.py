"""Citations and the relations that the words before them name."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.vietnamese.citations import Citation, find_citations
from cms.vietnamese.document_numbers import parse_document_number
from cms.vietnamese.relations import RELATION_WORDS, find_cue

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))


def only(text: str) -> Citation:
    (citation,) = find_citations(text)
    return citation


def test_a_full_citation() -> None:
    text = "Thực hiện Công văn số 2347/UBND-TTr, ngày 24/3/2020 của UBND tỉnh về việc triển khai"
    citation = only(text)
    assert citation.number.canonical == "2347/UBND-TTr"
    assert citation.issued_on == dt.date(2020, 3, 24)
    assert (citation.issuer, citation.type_name) == ("UBND tỉnh", "Công văn")
    assert (citation.relation, citation.cue) == ("implements", "Thực hiện")
    assert citation.evidence == text[: text.index(" về việc")]
    assert text[citation.number_start : citation.number_end] == "2347/UBND-TTr"


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Căn cứ Nghị định số 30/2020/NĐ-CP", "based_on"),
        ("Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 80/2015/QH13", "based_on"),
        ("triển khai thực hiện Nghị quyết số 20-NQ/TW", "implements"),
        ("Thực hiện Chỉ thị số 18/CT-TTg", "implements"),
        ("theo tinh thần Chỉ thị số 34-CT/TW", "cites"),
        ("hướng dẫn thi hành Nghị định số 45/2021/NĐ-CP", "guides"),
        ("quy định chi tiết Luật số 17/2023/QH15", "guides"),
        ("sửa đổi, bổ sung một số điều của Nghị định số 45/2021/NĐ-CP", "amends"),
        ("bổ sung Quyết định số 9/QĐ-LMHTX", "supplements"),
        ("Quyết định này thay thế Quyết định số 12/QĐ-LMHTX", "replaces"),
        ("bãi bỏ Quyết định số 12/QĐ-LMHTX", "repeals"),
        ("đình chỉ thi hành Quyết định số 12/QĐ-LMHTX", "suspends"),
        ("đính chính Quyết định số 12/QĐ-LMHTX", "corrects"),
        ("hợp nhất Thông tư số 1/2020/TT-BTC", "consolidates"),
        ("thu hồi Quyết định số 77/QĐ-UBND", "recalls"),
        ("gia hạn Kế hoạch số 60/KH-LMHTX", "extends"),
        ("Quy chế ban hành kèm theo Quyết định số 88/QĐ-UBND", "attaches"),
        ("Phúc đáp Công văn số 22/UBND-VX", "answers"),
        ("dự thảo Nghị quyết số 5/NQ-HĐND", "draft_of"),
        ("bản dịch Nghị định số 45/2021/NĐ-CP", "translation_of"),
        ("liên quan đến Nghị định số 45/2021/NĐ-CP", "related"),
        ("theo Hướng dẫn số 12-HD/TW", "cites"),  # here hướng dẫn is the type
        ("Nghị định số 45/2021/NĐ-CP", "cites"),
    ],
)
def test_words_before_a_citation_name_the_relation(text: str, relation: str) -> None:
    assert only(text).relation == relation


def test_every_cue_is_understood() -> None:
    for words, relation in RELATION_WORDS:
        found = find_cue(f"{words.capitalize()} ")
        assert found is not None
        assert found[0] == relation


def test_a_list_shares_its_cue() -> None:
    text = "Thực hiện Nghị quyết số 1/NQ-HĐND và Kế hoạch số 2/KH-UBND, Công văn số 3/UBND-VX"
    citations = find_citations(text)
    assert [(item.relation, item.cue) for item in citations] == [("implements", "Thực hiện")] * 3


def test_what_one_cited_document_does_to_another_is_only_cited() -> None:
    text = "Căn cứ Nghị định số 1/2018/NĐ-CP sửa đổi một số điều của Nghị định số 2/2014/NĐ-CP"
    assert [item.relation for item in find_citations(text)] == ["based_on", "cites"]
    text = "thay thế Quyết định số 1/QĐ-LMHTX và bãi bỏ Quyết định số 2/QĐ-LMHTX"
    assert [item.relation for item in find_citations(text)] == ["replaces", "repeals"]


def test_a_cue_does_not_reach_into_the_next_sentence() -> None:
    first, second = find_citations("Thực hiện Kế hoạch số 1/KH-UBND. Kế hoạch số 2/KH-UBND nêu rõ.")
    assert (first.relation, second.relation) == ("implements", "cites")


@pytest.mark.parametrize(
    ("after", "issuer"),
    [
        (" của Bộ Chính trị “Về tiếp tục đổi mới”", "Bộ Chính trị"),
        (" ngày 19/02/2020 của Bộ Kế hoạch và Đầu tư hướng dẫn", "Bộ Kế hoạch và Đầu tư"),
        (" của Bộ Kế hoạch và Đầu tư ngày 19/02/2020", "Bộ Kế hoạch và Đầu tư"),
        (" của UBND huyện A Lưới và các xã", "UBND huyện A Lưới"),
        (" của Ban Chấp hành Trung ương khóa XIII", "Ban Chấp hành Trung ương"),
        (" của UBND tỉnh và Công văn", "UBND tỉnh"),
        (" của Chính phủ; và", "Chính phủ"),
        (" về việc của tỉnh", None),
        ("", None),
    ],
)
def test_issuer_is_the_body_that_follows(after: str, issuer: str | None) -> None:
    assert only(f"Nghị quyết số 54-NQ/TW{after}").issuer == issuer


def test_repeated_citations_are_counted_and_the_first_one_kept() -> None:
    text = "Căn cứ Kế hoạch số 60/KH-LMHTX ngày 21/4/2020. Theo Kế hoạch 60 /KH-LMHTX, 60–KH/LMHTX."
    citation = only(text)
    assert (citation.count, citation.relation) == (3, "based_on")


def test_one_number_of_two_years_is_two_documents() -> None:
    text = (
        "Quyết định số 1/QĐ-UBND ngày 2/1/2019; Quyết định số 1/QĐ-UBND ngày 3/1/2020; 1/QĐ-UBND."
    )
    assert [(item.issued_on, item.count) for item in find_citations(text)] == [
        (dt.date(2019, 1, 2), 2),
        (dt.date(2020, 1, 3), 1),
    ]


def test_own_number_is_excluded_in_any_spelling() -> None:
    own = parse_document_number("60/KH-LMHTX")
    assert own is not None
    assert find_citations("Kế hoạch số 60 –KH/LMHTX", exclude=[own]) == []


def test_five_distinct_references_of_the_plan(plan_page: str) -> None:
    own = parse_document_number("60/KH-LMHTX")
    assert own is not None
    body = plan_page[: plan_page.index("ADMIN")]
    found = find_citations(body, exclude=[own])
    assert [
        (
            item.number.canonical,
            str(item.issued_on),
            item.relation,
            item.cue,
            item.issuer,
            item.count,
        )
        for item in found
    ] == [
        ("2347/UBND-TTr", "2020-03-24", "implements", "Thực hiện", "UBND tỉnh", 1),
        ("2349/UBND-TTr", "2020-03-24", "implements", "Thực hiện", "UBND tỉnh", 1),
        ("34-CT/TW", "2014-04-07", "cites", "theo tinh thần", "Bộ Chính trị", 1),
        ("54-NQ/TW", "2019-12-10", "cites", None, "Bộ Chính trị", 2),
        ("18/CT-TTg", "2016-05-19", "cites", "theo tinh thần", None, 1),
    ]


@given(
    ANY_TEXT
    | st.text(alphabet="0123 /-KHNQTW.;,“”\u200b\u00a0")
    | st.lists(
        st.sampled_from(
            [
                "Thực hiện",
                "số",
                "1/QĐ-UB",
                "ngày 1/1/2020",
                "của Bộ",
                "và",
                ";",
                "\u200b",
                "Luật",
                "(",
            ]
        )
    ).map(" ".join)
)
def test_evidence_is_what_is_printed(text: str) -> None:
    for citation in find_citations(text):
        assert text[citation.start : citation.end] == citation.evidence
        assert citation.start <= citation.number_start < citation.number_end <= citation.end


@pytest.mark.parametrize(
    "pattern",
    ["theo 1/QĐ-UB ngày 1/1/2020 của ", "số ", "thực hiện ", "1/QĐ-UB và "],
)
def test_long_monotonous_text_takes_seconds(pattern: str) -> None:
    started = time.process_time()
    find_citations(pattern * (200_000 // len(pattern)))
    assert time.process_time() - started < 20
