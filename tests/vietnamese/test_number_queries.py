"""Document numbers as readers type them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.vietnamese.document_numbers import parse_document_number
from cms.vietnamese.number_queries import AskedNumbers, read_asked_numbers
from cms.vietnamese.search_terms import number_terms, read_mentions
from cms.vietnamese.text import clean


def read(text: str) -> AskedNumbers:
    return read_asked_numbers(clean(text))


def terms_of(text: str) -> set[str]:
    asked = read(text)
    spelled = {term for number in asked.numbers for term in number_terms(number)}
    return {*spelled, *asked.keys, *asked.terms}


def stored(number: str) -> set[str]:
    parsed = parse_document_number(number)
    assert parsed is not None
    return set(number_terms(parsed))


def test_every_spelling_of_a_number_is_read_as_one(number_vectors: str) -> None:
    for text in json.loads(number_vectors)["is_a_number"]:
        asked = read(text)
        assert len(asked.numbers) == 1, text
        assert asked.is_all_of(clean(text)), text


def test_what_is_no_number_is_not_read_as_one(number_vectors: str) -> None:
    for text in json.loads(number_vectors)["is_not_a_number"]:
        assert not terms_of(text), text


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("54 NQ/TW", "54-NQ/TW"),
        ("54 nq tw", "54-NQ/TW"),
        ("nghị quyết 54", "54-NQ/TW"),
        ("nghi quyet so 54 bo chinh tri", "54-NQ/TW"),
        ("NQ 54", "54-NQ/TW"),
        ("54 nq", "54-NQ/TW"),
        ("4454/qd-bnn-vpdp", "4454/QĐ-BNN-VPĐP"),
        ("quyết định 4454/qd-bnn-vpdp về tập huấn", "4454/QĐ-BNN-VPĐP"),
        ("60khlmhtx", "60/KH-LMHTX"),
        ("60 -KH-LMHTX", "60/KH-LMHTX"),
        ("ke hoach 60", "60/KH-LMHTX"),
        ("công văn 2347", "2347/UBND-TTr"),
        ("628 -lmhtxvn/cspt", "628-LMHTXVN/CSPT"),
        ("30 2020 nd cp", "30/2020/NĐ-CP"),
        ("nghị định 30/2020", "30/2020/NĐ-CP"),
        ("luật 17/2023", "17/2023/QH15"),
        ("hd 36", "36-HD/VPTW"),
        ("999 cv tu", "999-CV/TU"),
    ],
)
def test_a_number_is_found_as_it_is_typed(typed: str, number: str) -> None:
    assert terms_of(typed) & stored(number)


@pytest.mark.parametrize(
    "text",
    ["quý 2/năm 2020", "6 tháng đầu năm", "5 ha dat", "2 con bò", "năm 2020 kinh tế", "Điều 10"],
)
def test_figures_before_words_are_no_number(text: str) -> None:
    assert not terms_of(text)


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("nghị quyết 54", True),
        ("số 54-NQ/TW", True),
        ("54 nq tw hợp tác xã", False),
        ("nghị quyết 54 bộ chính trị", False),
    ],
)
def test_a_query_of_nothing_but_a_number_is_told(text: str, alone: bool) -> None:
    assert read(text).is_all_of(clean(text)) is alone


def test_a_text_s_numbers_and_dates_become_terms() -> None:
    found = read_mentions("Nghị quyết số 54 -NQ/TW ngày 10/12/2019, nhắc lại 54-NQ/TW")
    assert found.numbers == ("54-NQ/TW", "54NQTW", "54:NQ")
    assert found.dates == ("2019-12-10",)


@given(st.text(max_size=300) | st.text(st.sampled_from("0123456789/-. nqkhĐđTW"), max_size=300))
def test_any_text_is_read(text: str) -> None:
    asked = read(text)
    for start, end in asked.spans:
        assert 0 <= start < end <= len(clean(text))
    read_mentions(text)
