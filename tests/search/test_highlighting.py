"""What was found is marked in the text as it is published."""

import re
import unicodedata
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.vietnamese.contractions import Contractions
from cms.vietnamese.text import clean
from search.analysis import analyser_for
from search.highlighting import Highlighter
from search.query import parse_query

GLOSSARY = Contractions([("HTX", "hợp tác xã")])
ANALYSER = analyser_for("vi", GLOSSARY)


def marked(typed: str, text: str, locale: str = "vi") -> list[str]:
    analyser = analyser_for(locale, GLOSSARY)
    html = Highlighter(parse_query(typed, analyser), analyser).mark(text)
    return re.findall("<mark>(.*?)</mark>", html)


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("thi dua khen thuong", "Công tác Thi đua, khen thưởng", ["Thi đua", "khen thưởng"]),
        ("thưởng", "thường, thưởng, thuong, thượng", ["thưởng", "thuong"]),
        ("hoá", "văn hóa, văn hoá", ["hóa", "hoá"]),
        ("kĩ thuật", "Kỹ thuật", ["Kỹ thuật"]),
        ("hợp tác xã", "HTX và hợp tác xã; hợp tác xạ", ["HTX", "hợp tác xã"]),
        ("HTX", "các hợp  tác xã, LMHTX", ["hợp tác xã"]),
        ("54 nq tw", "số 54 -NQ/TW năm 54", ["54 -NQ/TW"]),
        ("nghị quyết 54", "Nghị quyết số 54-NQ/TW", ["54-NQ/TW"]),
        ("3/gt-ttdt", "giấy phép 03/GT-TTĐT", ["03/GT-TTĐT"]),
        ("21/4/2020", "ngày 21 tháng 4 năm 2020", ["ngày 21 tháng 4 năm 2020"]),
        ("của Đảng", "của Đảng", ["Đảng"]),
        ("đua", "xđua đuax đua_", ["đua"]),
    ],
)
def test_marks(typed: str, text: str, expected: list[str]) -> None:
    assert marked(typed, text) == expected


def test_another_language_marks_words_of_one_stem() -> None:
    assert marked("member", "Members and membership", "en") == ["Members"]


def test_decomposed_text_is_marked_alike() -> None:
    text = unicodedata.normalize("NFD", "khen thưởng")
    assert marked("thuong", text) == ["thưởng"]


def test_text_is_escaped() -> None:
    html = Highlighter(parse_query("đua", ANALYSER), ANALYSER).mark("<b>đua</b> & 'thi'")
    assert html == "&lt;b&gt;<mark>đua</mark>&lt;/b&gt; &amp; &#x27;thi&#x27;"


def snippet(typed: str, *pieces: str, length: int = 60) -> str:
    return Highlighter(parse_query(typed, ANALYSER), ANALYSER).snippet(pieces, length)


def test_the_snippet_is_where_most_of_the_query_stands() -> None:
    text = "thi cử. " + "Lời mở đầu dài. " * 20 + "Phong trào thi đua yêu nước. " + "Kết. " * 30
    found = snippet("thi đua yêu nước", "Mở đầu: nước", text)
    assert "<mark>thi đua yêu nước</mark>" in found
    assert found.startswith("… ")
    assert found.endswith(" …")


def test_without_a_match_the_snippet_is_the_beginning() -> None:
    assert snippet("không thấy", "Một hai ba " * 20).startswith("Một hai ba")
    assert snippet("không thấy") == ""


TEXTS = st.text(
    st.sampled_from("thi đua THƯỞNG hợp tác xã HTX 54-NQ/TW, \u0301\u200b<&\n") | st.characters()
)


@given(TEXTS, TEXTS, st.integers(20, 250))
def test_a_snippet_is_a_part_of_the_text(one: str, other: str, length: int) -> None:
    found = snippet("thi đua thưởng HTX 54-NQ/TW ải", one, other, length=length)
    plain = unescape(re.sub("</?mark>", "", found)).removeprefix("… ").removesuffix(" …")
    assert any(plain in " ".join(clean(text).split()) for text in (one, other))
    assert len(plain) <= length


@given(TEXTS)
def test_a_marked_text_is_the_text(text: str) -> None:
    html = Highlighter(parse_query("thi thưởng htx", ANALYSER), ANALYSER).mark(text)
    assert unescape(re.sub("</?mark>", "", html)) == " ".join(clean(text).split())
