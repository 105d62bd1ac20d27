"""Sort keys that put plain code-point order into the order of a Vietnamese dictionary.

For databases and engines without a Vietnamese collation. The order is that of ICU's "vi": letters
a ă â b c d đ e ê … o ô ơ … u ư …, then over the whole text tones (ngang, huyền, hỏi, ngã, sắc,
nặng), then small before capital. Two things are done on purpose that ICU leaves alone: runs of
digits count by their value, and both placements of a tone ("hoà", "hòa") are one spelling.

A key has three levels, `primary 00 secondary 0 tertiary`, in digits and small letters only, so
that it also sorts the same under a database's linguistic collation. Cutting a key off keeps its
order as far as it goes; cutting the text does not.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from cms.vietnamese.text import clean, normalise_tones

__all__ = ["person_sort_key", "sort_key"]

# Primary weights are two characters (numbers and foreign scripts longer, told by the first):
# 1_ space and punctuation, 2_ symbols, 4 numbers, a_ to z_ letters, zz other scripts.
_PUNCTUATION: Final = " _-,;:!?.'\"()[]{}@*/\\&#%"
_SYMBOLS: Final = "`^+<=>|~$"
_BASE36: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_TYPOGRAPHIC: Final = str.maketrans(
    dict.fromkeys("‘’‚", "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("\t\n", " ")
)

# Combining marks that make another letter, then those that make a tone.
_LETTER_MARKS: Final = {
    ("a", "\u0306"): "a1",
    ("a", "\u0302"): "a2",
    ("e", "\u0302"): "e1",
    ("o", "\u0302"): "o1",
    ("o", "\u031b"): "o2",
    ("u", "\u031b"): "u1",
}
_TONES: Final = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
_NO_TONE: Final = "1"
_OTHER_MARK: Final = "7"
_SMALL: Final = "1"
_CAPITAL: Final = "2"

_PIECE: Final = re.compile(r"[0-9]+|.", re.DOTALL)


def sort_key(text: str) -> str:
    """Return the ASCII key of `text`; its length is about four times that of `text`.

    Texts that differ only in spelling conventions (NFD, typographic quotes, leading zeros) have
    one key.
    """
    primary: list[str] = []
    secondary: list[str] = []
    tertiary: list[str] = []
    prepared = normalise_tones(clean(text).strip()).translate(_TYPOGRAPHIC)
    for piece in _PIECE.findall(prepared):
        for weight, tone, case in _weights(piece):
            primary.append(weight)
            secondary.append(tone)
            tertiary.append(case)
    return (
        f"{''.join(primary)}00"
        f"{''.join(secondary).rstrip(_NO_TONE)}0"
        f"{''.join(tertiary).rstrip(_SMALL)}"
    )


def person_sort_key(full_name: str) -> str:
    """Return the key that orders people by given name, then family name, then middle names.

    "Trần Lưu Quốc Doãn" stands under Doãn, then Trần, then Lưu Quốc, as Vietnamese lists do.
    """
    parts = clean(full_name).split()
    given, family, middle = parts[-1:], parts[:-1][:1], parts[1:-1]
    return "0".join(sort_key(" ".join(words)) for words in (given, family, middle))


@lru_cache(maxsize=4096)
def _weights(piece: str) -> tuple[tuple[str, str, str], ...]:
    return tuple(_elements(piece))


def _elements(piece: str) -> Iterator[tuple[str, str, str]]:
    """Yield (primary, secondary, tertiary) weights of a run of digits or of one character."""
    if piece[0] in "0123456789":
        yield _number(piece), _NO_TONE, _SMALL
    elif (weight := _ascii_weight(piece.lower())) is not None:
        yield weight, _NO_TONE, _CAPITAL if piece.isupper() else _SMALL
    elif piece in "đĐ":
        yield "d1", _NO_TONE, _CAPITAL if piece == "Đ" else _SMALL
    else:
        yield from _composed(piece)


def _composed(char: str) -> Iterator[tuple[str, str, str]]:
    decomposed = unicodedata.normalize("NFD", char)
    base, marks = decomposed[0], decomposed[1:]
    lowered = base.lower()
    case = _CAPITAL if base.isupper() else _SMALL
    weight = _ascii_weight(lowered)
    if marks and weight is not None:
        tone = _NO_TONE
        for mark in marks:
            if (lowered, mark) in _LETTER_MARKS:
                weight = _LETTER_MARKS[lowered, mark]
            else:
                tone = _TONES.get(mark, _OTHER_MARK)
        yield weight, tone, case
    elif char.isdecimal():
        yield _number(str(unicodedata.decimal(char))), _NO_TONE, _SMALL
    elif "LATIN" in unicodedata.name(char, ""):
        for letter in anyascii(char):  # æ, ß, ø: as the letters that they stand for
            weight_of_letter = _ascii_weight(letter.lower())
            if weight_of_letter is not None:
                yield weight_of_letter, _OTHER_MARK, case
    elif char.isalnum():
        yield f"zz{ord(char):06x}", _NO_TONE, _SMALL
    else:
        yield f"3z{ord(char):06x}", _NO_TONE, _SMALL


def _ascii_weight(char: str) -> str | None:
    if len(char) != 1:
        return None
    if "a" <= char <= "z":
        return f"{char}0"
    if (index := _PUNCTUATION.find(char)) >= 0:
        return f"1{_BASE36[index]}"
    if (index := _SYMBOLS.find(char)) >= 0:
        return f"2{_BASE36[index]}"
    return None


def _number(digits: str) -> str:
    """Return the weight of a number: its count of digits, then the digits."""
    value = digits.lstrip("0")
    if len(value) < 35:
        return f"4{_BASE36[len(value)]}{value}"
    return f"4z{len(value):08d}{value}"
