"""Document numbers."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.vietnamese.document_numbers import (
    DocumentNumber,
    find_document_numbers,
    parse_document_number,
)

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))
SPELLINGS = st.sampled_from(
    [
        "60/KH-LMHTX",
        "54-NQ/TW",
        "2347/UBND-TTr",
        "30/2020/NĐ-CP",
        "628-LMHTXVN/CSPT",
        "17/2023/QH15",
    ]
)
NUMBER_LIKE = st.text(alphabet="0123456789 -/.&KHNQTWtrgĐQđ–\u00a0", max_size=30)


def parsed(text: str) -> DocumentNumber:
    number = parse_document_number(text)
    assert number is not None, text
    return number


def test_all_positive_vectors(number_vectors: str) -> None:
    spellings = json.loads(number_vectors)["is_a_number"]
    assert len(spellings) == 45
    for spelling in spellings:
        number = parsed(spelling)
        sentence = f"theo {spelling} ngày"
        found = list(find_document_numbers(sentence))
        assert [item.number for item in found] == [number]
        assert sentence[found[0].start : found[0].end] == spelling
        assert parsed(number.canonical) == number


def test_all_negative_vectors(number_vectors: str) -> None:
    texts = json.loads(number_vectors)["is_not_a_number"]
    assert len(texts) == 16
    for text in texts:
        assert parse_document_number(text) is None
        assert not list(find_document_numbers(f"Từ {text} là"))


@pytest.mark.parametrize(
    ("spelling", "system", "type_code", "issuers", "units"),
    [
        ("60/KH-LMHTX", "administrative", "KH", ("LMHTX",), ()),
        ("54-NQ/TW", "party", "NQ", ("TW",), ()),
        ("26-NQ", "party", "NQ", (), ()),
        ("999-CV/TU", "party", "CV", ("TU",), ()),
        ("628- LMHTXVN/CSPT", "letter", None, ("LMHTXVN",), ("CSPT",)),
        ("115-TTg", "letter", None, ("TTg",), ()),
        ("2347/UBND-TTr", "letter", None, ("UBND",), ("TTr",)),
        ("12/TTr-LMHTX", "administrative", "TTr", ("LMHTX",), ()),
        ("17/2023/QH15", "legal", None, ("QH15",), ()),
        ("30/2020/NĐ-CP", "legal", "NĐ", ("CP",), ()),
        ("42/2022/NĐCP", "legal", "NĐ", ("CP",), ()),
        ("03/2014/TTLT-BKHĐT-BTC", "legal", "TTLT", ("BKHĐT", "BTC"), ()),
        ("6050/2026/VBHN-NĐ-BTP", "legal", "VBHN", ("BTP",), ()),
        ("100/2024/HĐ-HTX", "administrative", "HĐ", ("HTX",), ()),
        ("4454/QĐ-BNN-VPĐP", "administrative", "QĐ", ("BNN",), ("VPĐP",)),
        ("12/SGD&ĐT-VP", "letter", None, ("SGD&ĐT",), ("VP",)),
    ],
)
def test_a_number_is_classified_by_position(
    spelling: str,
    system: str,
    type_code: str | None,
    issuers: tuple[str, ...],
    units: tuple[str, ...],
) -> None:
    number = parsed(spelling)
    assert (number.system, number.type_code) == (system, type_code)
    assert (number.issuers, number.units) == (issuers, units)


@pytest.mark.parametrize(
    ("spelling", "canonical", "loose", "folded"),
    [
        ("60 /KH-LMHTX", "60/KH-LMHTX", "60KHLMHTX", "60KHLMHTX"),
        ("60–KH/LMHTX", "60-KH/LMHTX", "60KHLMHTX", "60KHLMHTX"),
        ("03/GT-TTĐT", "3/GT-TTĐT", "3GTTTĐT", "3GTTTDT"),
        ("4454/QĐ-BNN-VPĐP", "4454/QĐ-BNN-VPĐP", "4454QĐBNNVPĐP", "4454QDBNNVPDP"),
        ("66.13/2026/NQ-CP", "66.13/2026/NQ-CP", "66132026NQCP", "66132026NQCP"),
        ("19-2016/NQ-CP", "19/2016/NQ-CP", "192016NQCP", "192016NQCP"),
        ("18/2022/NQ- HĐND", "18/2022/NQ-HĐND", "182022NQHĐND", "182022NQHDND"),
        ("628- LMHTXVN/CSPT", "628-LMHTXVN/CSPT", "628LMHTXVNCSPT", "628LMHTXVNCSPT"),
        ("07a/NQ-HĐND", "7a/NQ-HĐND", "7ANQHĐND", "7ANQHDND"),
    ],
)
def test_canonical_form_and_keys(spelling: str, canonical: str, loose: str, folded: str) -> None:
    number = parsed(spelling)
    assert (number.canonical, number.loose_key, number.folded_key) == (canonical, loose, folded)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("60/kh-lmhtx", "60/KH-LMHTX"),
        ("1490/qđ-bkhđt", "1490/QĐ-BKHĐT"),
        ("12/ttr-lmhtx", "12/TTr-LMHTX"),
        ("212/qđ-ttg", "212/QĐ-TTg"),
        ("17/2023/qh15", "17/2023/QH15"),
        ("Số: 60/KH-LMHTX", "60/KH-LMHTX"),
        (" 60 / KH - LMHTX. ", "60/KH-LMHTX"),
    ],
)
def test_what_people_type_is_parsed(typed: str, meant: str) -> None:
    assert parsed(typed) == parsed(meant)


def test_unmarked_spelling_meets_the_marked_one_in_the_folded_key() -> None:
    unmarked, marked = parsed("4454/qd-bnn-vpdp"), parsed("4454/QĐ-BNN-VPĐP")
    assert unmarked.folded_key == marked.folded_key
    assert unmarked.type_code == "QĐ"


def test_parts_of_a_number() -> None:
    number = parsed("07a/NQ-HĐND")
    assert (number.number, number.number_int, number.suffix) == ("7", 7, "a")
    assert (number.year, number.symbol, str(number)) == (None, "NQ-HĐND", "7a/NQ-HĐND")
    dotted = parsed("66.13/2026/NQ-CP")
    assert (dotted.number, dotted.number_int, dotted.year) == ("66.13", 66, 2026)


@pytest.mark.parametrize(
    "text",
    [
        "năm 2020 - HTX tham gia",
        "năm 2020 - TB",
        "2016/HTX",
        "24/7 và 30-4",
        "ngày 18/8/2014/QĐ",
        "5 mg/L hay 5/L",
        "1,5/HTX",
        "abc60/KH-LMHTX",
    ],
)
def test_prose_is_no_number(text: str) -> None:
    assert not list(find_document_numbers(text))


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("theo 60/KH-LMHTX. HTX làm", "60/KH-LMHTX"),
        ("theo 54-NQ/TW.Thực hiện", "54-NQ/TW"),
        ("60/KH-LMHTX - UBND tỉnh", "60/KH-LMHTX"),
        ("17/2023/QH15 - HTX", "17/2023/QH15"),
        ("60/KH-LMHTX-Tham gia", "60/KH-LMHTX"),
        ("(số 60/KH-LMHTX)", "60/KH-LMHTX"),
        ("54-NQ/TW\n- HTX làm", "54-NQ/TW"),
    ],
)
def test_a_number_ends_where_the_sentence_goes_on(text: str, canonical: str) -> None:
    assert [found.number.canonical for found in find_document_numbers(text)] == [canonical]


def test_all_numbers_of_the_first_real_page(plan_page: str) -> None:
    assert [found.number.canonical for found in find_document_numbers(plan_page)] == [
        "60/KH-LMHTX",
        "2347/UBND-TTr",
        "2349/UBND-TTr",
        "34-CT/TW",
        "54-NQ/TW",
        "54-NQ/TW",
        "18/CT-TTg",
        "3/GT-TTĐT",
    ]


def test_all_numbers_of_the_second_real_page(article_page: str) -> None:
    assert [found.number.canonical for found in find_document_numbers(article_page)] == [
        "4454/QĐ-BNN-VPĐP",
        "435/LMHTXVN-TTTT",
        "1490/QĐ-BKHĐ",
        "1490/QĐ-BKHĐT",
        "628-LMHTXVN/CSPT",
        "212/QĐ-TTg",
        "212/QĐ-TTg",
    ]


@given(ANY_TEXT, SPELLINGS, ANY_TEXT)
def test_a_number_is_found_in_any_surroundings(before: str, spelling: str, after: str) -> None:
    # The words around it are whole: letters, figures or separators that touch it are part of it.
    text = f"{before}; {spelling}; {after}"
    found = [text[item.start : item.end] for item in find_document_numbers(text)]
    assert spelling in found


@given(ANY_TEXT | NUMBER_LIKE)
def test_found_numbers_are_read_back(text: str) -> None:
    for found in find_document_numbers(text):
        assert parse_document_number(found.number.canonical) == found.number
        assert 0 <= found.start < found.end <= len(text)
    parse_document_number(text)


@pytest.mark.parametrize(
    "pattern", ["1", "1/", "1/QĐ-", "A-", "1/QĐ-UB ", "1.1", "Đ&", "1 / ", "\u200b1/K", "1-K."]
)
def test_a_megabyte_takes_seconds(pattern: str) -> None:
    text = pattern * (1_000_000 // len(pattern))
    started = time.process_time()
    sum(1 for _ in find_document_numbers(text))
    assert time.process_time() - started < 30
