"""Which entry comes first, as both engines would rank."""

from __future__ import annotations

import pytest

from cms.vietnamese.contractions import Contractions
from cms.vietnamese.search_terms import read_mentions
from search.analysis import Piece, analyser_for
from search.query import build_tree, parse_query
from tests.search.reference import ReferenceIndex, Value

ANALYSER = analyser_for(
    "vi", Contractions([("HTX", "hợp tác xã"), ("LMHTX", "liên minh hợp tác xã")])
)
NOW = 1_600_000_000.0


def entry(title: str, body: str = "", number: str = "", **fields: Value) -> dict[str, Value]:
    text = ANALYSER.document([Piece(title, 3), Piece(body), Piece(number)])
    words = ANALYSER.document([Piece(title)])
    found = read_mentions(f"{title}\n{body}\n{number}")
    return {
        "text_exact": text.exact, "text_fold": text.fold, "text_pairs": text.pairs,
        "title_fold": words.fold,
        "numbers": read_mentions(number).numbers,
        "title_numbers": read_mentions(title).numbers,
        "mentions": found.numbers,
        "dates": found.dates,
        **fields,
    }  # fmt: skip


def found(typed: str, *entries: dict[str, Value], loose: bool = False) -> list[int]:
    index = ReferenceIndex(dict(enumerate(entries)))
    return index.ranked(build_tree(parse_query(typed, ANALYSER), loose=loose, now=NOW))


@pytest.mark.parametrize(
    "typed",
    ["hop tac xa", "hợp tác xã", "HTX", "hợp tác", "Hợp tác xã là gì?"],
)
@pytest.mark.parametrize("body", ["Các HTX của tỉnh", "Các hợp tác xã của tỉnh", "LMHTX tỉnh"])
def test_a_phrase_and_its_abbreviation_find_each_other(typed: str, body: str) -> None:
    assert found(typed, entry("Tin", body), entry("Tin", "Việc khác")) == [0]


def test_the_marks_that_were_typed_decide() -> None:
    assert found("thưởng", entry("Thường xuyên"), entry("Khen thưởng"))[0] == 1


def test_words_in_a_row_come_before_the_same_words_apart() -> None:
    apart, row = entry("Đua nhau đi thi"), entry("Phong trào thi đua")
    assert found("thi dua", apart, row) == [1, 0]


def test_a_title_comes_before_a_text() -> None:
    body = entry("Tin tức", "Quỹ hỗ trợ của tỉnh")
    assert found("quỹ hỗ trợ", body, entry("Quỹ hỗ trợ", "Tin tức của tỉnh")) == [1, 0]


@pytest.mark.parametrize("typed", ["54-NQ/TW", "54 nq tw", "nghị quyết 54", "54nqtw"])
def test_a_number_finds_its_page_then_titles_then_mentions(typed: str) -> None:
    pages = [
        entry("Tin", "Thực hiện 54-NQ/TW, 54-NQ/TW, 54-NQ/TW"),
        entry("Quán triệt 54-NQ/TW"),
        entry("Về tỉnh Thừa Thiên Huế", number="54-NQ/TW"),
        entry("Nghị quyết", "54 hộ dân"),
    ]
    assert found(typed, *pages) == [2, 1, 0]


def test_a_damaged_number_finds_what_begins_like_it() -> None:
    pages = entry("Tin", "1490 hộ"), entry("Quyết định", number="1490/QĐ-BKHĐT")
    assert found("1490/QĐ-BKHĐ", *pages)[0] == 1


def test_an_unknown_number_is_looked_for_by_its_words() -> None:
    page = entry("Kế hoạch 61", "của LMHTX")
    assert found("61/KH-LMHTX", page) == []
    assert found("61/KH-LMHTX", page, loose=True) == [0]


def test_a_date_is_found_in_any_spelling() -> None:
    pages = entry("Ngày 10/9/2017, năm 2017"), entry("Hội nghị", "ngày 10 tháng 8 năm 2017")
    assert found("hội nghị 10/8/2017", *pages)[0] == 1


def test_a_phrase_is_asked_for_and_an_excluded_word_is_not_there() -> None:
    pages = entry("Đua thi"), entry("Thi đua"), entry("Thi đua khen thưởng")
    assert found('"thi đua"', *pages) == [1, 2]
    assert found("thi đua -thưởng", *pages) == [1, 0]


def test_most_of_a_short_query_must_be_there_and_one_word_is_enough_when_loose() -> None:
    pages = entry("Vay vốn ưu đãi"), entry("Vay")
    assert found("vay vốn ưu đãi", *pages) == [0]
    assert found("vay vốn ưu đãi", *pages, loose=True) == [0, 1]


def test_among_equals_what_holds_and_what_is_new_come_first() -> None:
    pages = [entry("Vay", n_day=NOW - 9e8), entry("Vay", n_day=NOW - 9e6), entry("Vay", n_day=NOW)]
    pages[1]["standing"] = ["current"]
    assert found("vay", *pages) == [1, 2, 0]
