"""The numerals of provisions: Roman for parts and chapters, letters for points.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II.5: parts and chapters bear Roman numerals,
sections, articles and clauses Arabic ones, points small letters in the order of the Vietnamese
alphabet. Drafting practice uses the letters without hat, breve or horn: a, b, c, d, đ, e, g …
"""

import re
from typing import Final

__all__ = ["POINT_LETTERS", "letter", "parse_letter", "parse_roman", "roman"]

POINT_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
"""The 23 letters of points in order."""

_ROMAN: Final = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_ROMAN_FORM: Final = re.compile(
    r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", re.IGNORECASE
)
_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman(number: int) -> str:
    """Return `number` as a Roman numeral, 4 → "IV"; raise ValueError outside 1 to 3999."""
    if not 1 <= number <= 3999:
        raise ValueError(f"no Roman numeral for {number}")
    numeral = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        numeral += sign * count
    return numeral


def parse_roman(text: str) -> int | None:
    """Return the value of a well-formed Roman numeral in either case, else None."""
    if not text or len(text) > 15 or _ROMAN_FORM.fullmatch(text) is None:
        return None
    values = [_VALUES[sign] for sign in text.upper()]
    # A sign before a greater one counts against it.
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def letter(number: int) -> str:
    """Return the letter of the point with this number, 5 → "đ"; raise ValueError below 1.

    The rule ends at y, the 23rd; a longer list goes on with "aa", "ab", which is this project's
    own choice.
    """
    if number < 1:
        raise ValueError(f"points are numbered from 1, not {number}")
    letters = ""
    while number:
        number, index = divmod(number - 1, len(POINT_LETTERS))
        letters = POINT_LETTERS[index] + letters
    return letters


def parse_letter(text: str) -> int | None:
    """Return the number of a point's letter, "đ" → 5, "aa" → 24; None for anything else."""
    lowered = text.lower()
    if not 1 <= len(lowered) <= 3 or any(char not in POINT_LETTERS for char in lowered):
        return None
    number = 0
    for char in lowered:
        number = number * len(POINT_LETTERS) + POINT_LETTERS.index(char) + 1
    return number
