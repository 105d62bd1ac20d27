"""Numerals of provisions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.vietnamese.numbering import POINT_LETTERS, letter, parse_letter, parse_roman, roman


@pytest.mark.parametrize(
    ("number", "numeral"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (1994, "MCMXCIV")]
)
def test_roman_numerals(number: int, numeral: str) -> None:
    assert roman(number) == numeral
    assert parse_roman(numeral) == number
    assert parse_roman(numeral.lower()) == number


@pytest.mark.parametrize("text", ["", "IIII", "VX", "IC", "A", "MMMM", "I I"])
def test_what_is_no_roman_numeral(text: str) -> None:
    assert parse_roman(text) is None


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_roman_numerals_have_bounds(number: int) -> None:
    with pytest.raises(ValueError, match="Roman"):
        roman(number)


def test_points_follow_the_vietnamese_alphabet() -> None:
    assert "".join(letter(number) for number in range(1, 24)) == POINT_LETTERS
    assert [letter(number) for number in (4, 5, 6, 7, 8)] == ["d", "đ", "e", "g", "h"]
    assert (letter(24), letter(25)) == ("aa", "ab")


def test_letters_that_are_no_points() -> None:
    assert [parse_letter(text) for text in ("f", "w", "â", "", "aaaa", "1")] == [None] * 6
    assert (parse_letter("đ"), parse_letter("Đ")) == (5, 5)
    with pytest.raises(ValueError, match="from 1"):
        letter(0)


@given(st.integers(1, 3999))
def test_numerals_are_read_back(number: int) -> None:
    assert parse_roman(roman(number)) == number
    assert parse_letter(letter(number)) == number


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    parse_roman(text)
    parse_letter(text)
