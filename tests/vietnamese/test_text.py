"""Cleaning, folding and tone placement."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cms.vietnamese.text import Aligned, clean, fold, has_marks, normalise_tones, strip_marks

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))
VIETNAMESE = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặĐẠHỘI ")


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\u00a0b\u2009c\u3000d", "a b c d"),
        ("2020\u20132025\u2212\u2014\u2010\ufe58\ufe63\uff0d", "2020-2025------"),
        ("H\u200bTX\ufeff\u00ad\u2060", "HTX"),
        ("a\x00b\x07c\x1b\x7f\x9f", "abc"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb\rc\x0cd\u2028e", "a\nb\nc\nd\ne"),
        ("\ud800a\udfff", "a"),
        (unicodedata.normalize("NFD", "Đại hội Đảng"), "Đại hội Đảng"),
        ("hai  dấu cách", "hai  dấu cách"),
    ],
)
def test_clean(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ĐẠI HỘI ĐẢNG", "dai hoi dang"),
        ("thưởng đồng lòng", "thuong dong long"),
        (unicodedata.normalize("NFD", "hợp tác xã"), "hop tac xa"),
        ("Ðảng", "dang"),  # the Icelandic letter that legacy converters write
        ("Москва", "москва"),
        ("한국", "한국"),
        ("ภาษาไทย", "ภาษาไทย"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_strip_marks_keeps_case() -> None:
    assert strip_marks("Liên minh HTX tỉnh Thừa Thiên Huế") == "Lien minh HTX tinh Thua Thien Hue"


@pytest.mark.parametrize(
    ("new_style", "old_style"),
    [
        ("hoà", "hòa"),
        ("xoá đói", "xóa đói"),
        ("thoả thuận", "thỏa thuận"),
        ("doạ", "dọa"),
        ("khoẻ", "khỏe"),
        ("uỷ ban", "ủy ban"),
        ("thuỷ", "thủy"),
        ("tuỳ", "tùy"),
        ("CỘNG HOÀ", "CỘNG HÒA"),
        ("Uỷ", "Ủy"),
        ("UỶ", "ỦY"),
        ("quỳ, quý, quỹ", "quỳ, quý, quỹ"),
        ("hoàn toàn, hoài, xoáy, ngoèo", "hoàn toàn, hoài, xoáy, ngoèo"),
        ("huỳnh, khuỷu", "huỳnh, khuỷu"),
        ("quả, của, mùa", "quả, của, mùa"),
    ],
)
def test_tones_follow_the_decree(new_style: str, old_style: str) -> None:
    assert normalise_tones(new_style) == old_style
    assert normalise_tones(unicodedata.normalize("NFD", new_style)) == old_style


def test_all_fifteen_sequences_in_all_cases() -> None:
    tones = "\u0300\u0301\u0309\u0303\u0323"
    for first, second in ("oa", "oe", "uy"):
        for tone in tones:
            for a, b in ((first, second), (first.upper(), second.upper()), (first.upper(), second)):
                new = unicodedata.normalize("NFC", "h" + a + b + tone)
                old = unicodedata.normalize("NFC", "h" + a + tone + b)
                assert normalise_tones(new) == old
                assert normalise_tones(old) == old


@pytest.mark.parametrize(
    ("text", "marked"),
    [("đi", True), ("Huế", True), ("hop tac xa", False), ("", False), ("a\u0301", True)],
)
def test_has_marks(text: str, marked: bool) -> None:
    assert has_marks(text) is marked


@given(ANY_TEXT)
@example("e\u200b\u0301")
def test_clean_is_idempotent(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    cleaned.encode()


@given(ANY_TEXT)
@example("İ")
@example("ΑΣ")
def test_fold_and_tones_are_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert normalise_tones(normalise_tones(text)) == normalise_tones(text)


@given(VIETNAMESE)
def test_folding_vietnamese_keeps_offsets(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert len(fold(composed)) == len(composed)


@given(ANY_TEXT)
@example("\u0958\u200b")
@example("\r\n")
def test_alignment_covers_the_cleaned_text(text: str) -> None:
    aligned = Aligned(text)
    last = 0
    for index in range(len(aligned.text)):
        start, end = aligned.span(index, index + 1)
        assert last <= start <= end <= len(text)
        last = start


def test_alignment_finds_words_of_damaged_text() -> None:
    raw = "ngh\u200bị\u00a0quye\u0302\u0301t\r\nso\u0302\u0301 54\u2013NQ/TW\u200b."
    aligned = Aligned(raw)
    start = aligned.text.index("quyết")
    first, last = aligned.span(start, start + len("quyết"))
    assert raw[first:last] == "quye\u0302\u0301t"
    start = aligned.text.index("54-NQ/TW")
    first, last = aligned.span(start, start + len("54-NQ/TW"))
    assert raw[first:last] == "54\u2013NQ/TW"
