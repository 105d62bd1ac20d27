"""Sort keys. The order was checked against ICU's "vi" over 12,000 words when it was written."""

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.vietnamese.collation import person_sort_key, sort_key

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))

IN_ORDER = [
    "",
    "- gạch",
    "(ngoặc)",
    "2 HTX",
    "10 HTX",
    "100 HTX",
    "a",
    "A",
    "à",
    "ả",
    "ã",
    "á",
    "ạ",
    "an",
    "ă",
    "ằ",
    "ắ",
    "ặ",
    "â",
    "ấ",
    "b",
    "c",
    "da",
    "dài",
    "dz",
    "đa",
    "Đa",
    "đạo",
    "đua",
    "e",
    "ê",
    "g",
    "o",
    "ọ",
    "ô",
    "ơ",
    "p",
    "t",
    "u",
    "ư",
    "v",
    "y",
    "z",
    "я",
]


def test_keys_put_the_table_in_order() -> None:
    for start in range(len(IN_ORDER)):
        turned = [*IN_ORDER[start:], *IN_ORDER[:start]]
        assert sorted(turned, key=sort_key) == IN_ORDER
    assert sorted(reversed(IN_ORDER), key=sort_key) == IN_ORDER


def test_tones_count_after_all_letters() -> None:
    words = ["ma", "mà", "mả", "mã", "má", "mạ", "ma an", "má an", "mạ an", "ma bo", "man"]
    assert sorted(reversed(words), key=sort_key) == words


def test_case_counts_last() -> None:
    words = ["việt nam", "Việt nam", "Việt Nam", "VIỆT NAM", "việt namm"]
    assert sorted(reversed(words), key=sort_key)[-1] == "việt namm"
    assert sort_key("việt nam") < sort_key("Việt Nam") < sort_key("việt namm")


def test_numbers_count_by_value() -> None:
    titles = ["Bài 2", "Bài 10", "Bài 100", "Bài 1000", "Bài " + "9" * 34, "Bài 1" + "0" * 34]
    titles += ["Bài 1" + "0" * 60, "Bài a"]
    assert sorted(reversed(titles), key=sort_key) == titles
    assert sort_key("Bài 02") == sort_key("Bài 2")


def test_spelling_conventions_do_not_count() -> None:
    assert sort_key("hoà") == sort_key("hòa")
    assert sort_key(unicodedata.normalize("NFD", "Đại hội")) == sort_key("Đại hội")
    assert sort_key("“Đổi mới”") == sort_key('"Đổi mới"')


def test_people_stand_under_their_given_names() -> None:
    people = [
        "Nguyễn Văn An",
        "Trần An",
        "Lê Thị Ánh",
        "Trần Lưu Quốc Doãn",
        "Nguyễn Thị Đào",
        "Nguyễn Đào",
        "Phan Văn Ý",
        "Vua",
    ]
    expected = [
        "Nguyễn Văn An",
        "Trần An",
        "Lê Thị Ánh",
        "Trần Lưu Quốc Doãn",
        "Nguyễn Đào",
        "Nguyễn Thị Đào",
        "Vua",
        "Phan Văn Ý",
    ]
    assert sorted(people, key=person_sort_key) == expected
    assert person_sort_key("") == person_sort_key("  ")


@given(ANY_TEXT)
def test_keys_are_small_letters_and_digits(text: str) -> None:
    for key in (sort_key(text), person_sort_key(text)):
        assert re.fullmatch("[0-9a-z]*", key)


@given(st.text(alphabet="aăâbdđeê AĂĐ1", max_size=6), st.text(alphabet="aăâbdđeê AĂĐ1", max_size=6))
def test_a_longer_text_comes_after_its_beginning(text: str, more: str) -> None:
    whole, head = f"x{text}x{more}", f"x{text}x"
    assert sort_key(head) <= sort_key(whole)


@given(st.lists(st.text(alphabet="aàáâầđdĐ", min_size=1, max_size=4), min_size=2, max_size=6))
def test_marks_never_outweigh_letters(words: list[str]) -> None:
    letters = "aâdđ"

    def by_letters(word: str) -> list[int]:
        plain = word.lower().replace("à", "a").replace("á", "a").replace("ầ", "â")
        return [letters.index(char) for char in plain]

    ordered = sorted(words, key=sort_key)
    assert [by_letters(word) for word in ordered] == sorted(by_letters(word) for word in words)


@pytest.mark.parametrize("pattern", ["1", "a", "ạ", "1a", "я"])
def test_long_monotonous_text_takes_seconds(pattern: str) -> None:
    started = time.process_time()
    sort_key(pattern * (200_000 // len(pattern)))
    assert time.process_time() - started < 20
