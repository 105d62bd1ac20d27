"""Cleaning, folding and tone placement of Vietnamese text.

Everything here is a pure function of its argument. `clean` is the first step of every reader in
this package; `Aligned` is the same step for callers that must report where in the original text
something stood.
"""

import re
import unicodedata
from array import array
from typing import Final

__all__ = ["Aligned", "clean", "fold", "has_marks", "normalise_tones", "strip_marks"]

_SPACES: Final = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_SPACES_MORE: Final = "\u202f\u205f\u3000"
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
# A control character that ends a line keeps doing so: dropping it would glue two words together.
_LINE_ENDS: Final = "\r\x0b\x0c\x85\u2028\u2029"
_ZERO_WIDTH: Final = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufeff"
)

_CONTROLS: Final = "".join(map(chr, (*range(9), *range(0x0E, 0x20), *range(0x7F, 0x85))))
_CONTROLS_MORE: Final = "".join(map(chr, range(0x86, 0xA0)))
_REPLACED: Final = (
    dict.fromkeys(_SPACES + _SPACES_MORE, " ")
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_LINE_ENDS, "\n")
)
_SURROGATES: Final = "".join(map(chr, range(0xD800, 0xE000)))
_DROPPED: Final = frozenset(_CONTROLS + _CONTROLS_MORE + _ZERO_WIDTH + _SURROGATES)
_CHANGED: Final = _DROPPED | _REPLACED.keys()
# Combining marks of the alphabets that fold to a bare letter; the vowel signs of Indic, Thai or
# Arabic scripts are letters in all but name and stay.
_MARKS: Final = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
# Legacy converters write the Icelandic eth and the African D where Vietnamese has đ.
_STROKED: Final = ("đd", "ĐD", "ðd", "ÐD", "ɖd", "ƉD")

_TONES: Final = "\u0300\u0301\u0309\u0303\u0323"


def clean(text: str) -> str:
    """Return `text` as every other function of this package wants it.

    NFC; every Unicode space a plain space; every dash a "-"; zero-width characters, control
    characters (all but newline and tab) and lone surrogates dropped; carriage returns, form feeds
    and the Unicode line separators turned into newlines. Idempotent. Words, case and the number
    of spaces stay as they are.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    # A text has few different characters: one replacement for each that stands in it is several
    # times quicker than a search for any of them.
    for char in _CHANGED & set(text):
        text = text.replace(char, _REPLACED.get(char, ""))
    return unicodedata.normalize("NFC", text)


def _replaced(text: str) -> str:
    """Return `text` with plain spaces, dashes and newlines, character for character."""
    for char in _REPLACED.keys() & set(text):
        text = text.replace(char, _REPLACED[char])
    return text


def strip_marks(text: str) -> str:
    """Return `text` without its diacritics and with đ as d, case kept: "Đại hội" → "Dai hoi"."""
    if text.isascii():
        return text
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text))
    for stroked in _STROKED:
        bare = bare.replace(stroked[0], stroked[1])
    return unicodedata.normalize("NFC", bare)


def fold(text: str) -> str:
    """Return `text` in lower case without diacritics: "ĐẠI HỘI ĐẢNG" → "dai hoi dang".

    Idempotent. For Vietnamese in NFC the result has the length of `text`, so that offsets found
    in the one are good in the other.
    """
    return strip_marks(text.lower())


def has_marks(text: str) -> bool:
    """Say whether any letter of `text` bears a Vietnamese diacritic (đ counts), NFC or NFD."""
    return bool(re.search("[đĐ]", text)) or bool(_MARKS.search(unicodedata.normalize("NFD", text)))


def _tone_pairs() -> dict[str, str]:
    """Return the fifteen pairs in all cases, new style → old style: "oà" → "òa"."""
    pairs: dict[str, str] = {}
    for first, second in (("o", "a"), ("o", "e"), ("u", "y")):
        for tone in _TONES:
            new = first + unicodedata.normalize("NFC", second + tone)
            old = unicodedata.normalize("NFC", first + tone) + second
            for upper_first in (False, True):
                for upper_second in (False, True):
                    pairs[_cased(new, upper_first, upper_second)] = _cased(
                        old, upper_first, upper_second
                    )
    return pairs


def _cased(pair: str, upper_first: bool, upper_second: bool) -> str:
    first, second = pair[0], pair[1]
    return (first.upper() if upper_first else first) + (second.upper() if upper_second else second)


_PAIRS: Final = _tone_pairs()
_NEW_STYLE: Final = re.compile(f"(?<![qQ])(?:{'|'.join(_PAIRS)})(?!\\w)")


def normalise_tones(text: str) -> str:
    """Return `text` (in NFC) with the tone of open oa, oe and uy on the first vowel.

    "hoà" → "hòa", "khoẻ" → "khỏe", "thuỷ" → "thủy": the style of the decree's own "CỘNG HÒA"
    (Nghị định 30/2020/NĐ-CP, Phụ lục I). A closed syllable ("hoàn", "huỳnh") has only one
    spelling, and after "qu" the tone is on y in both styles ("quỳ"): both stay. Idempotent.
    """
    composed = unicodedata.normalize("NFC", text)
    return _NEW_STYLE.sub(lambda match: _PAIRS[match[0]], composed)


class Aligned:
    """A cleaned text that knows where each of its characters stood in the original.

    `text` is `clean(original)`; `span` turns offsets of `text` into offsets of the original.
    """

    __slots__ = ("_starts", "original", "text")

    def __init__(self, original: str) -> None:
        """Clean `original`; linear in its length."""
        self.original = original
        self.text = clean(original)
        self._starts: array[int] | None = None
        if _replaced(original) != self.text:
            self._starts = _align(original)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the original of `text[start:end]`, which must not be empty."""
        if self._starts is None:
            return start, end
        first, last = self._starts[start], self._starts[end]
        while last > first + 1 and _is_dropped(self.original, last - 1):
            last -= 1
        return first, last


def _align(original: str) -> "array[int]":
    """Return for each character of `clean(original)`, and for its end, its offset in `original`.

    NFC joins characters, so the text is cut where nothing can be joined: before each character
    that never stands second in a composition. Within a piece that changed its length, all but
    the first character are placed at the piece's start.
    """
    starts = array("L")
    kept: list[str] = []
    origins = array("L")
    for offset, char in enumerate(original):
        if _is_dropped(original, offset):
            continue
        kept.append(_REPLACED.get(char, char))
        origins.append(offset)
    origins.append(len(original))
    begin = 0
    for index in range(1, len(kept) + 1):
        if index < len(kept) and not _starts_piece(kept[index]):
            continue
        length = len(unicodedata.normalize("NFC", "".join(kept[begin:index])))
        if length == index - begin:
            starts.extend(origins[begin:index])
        else:
            starts.extend(origins[begin] for _ in range(length))
        begin = index
    starts.append(len(original))
    return starts


def _is_dropped(original: str, offset: int) -> bool:
    """Say whether `clean` drops the character at `offset`; a carriage return only before \\n."""
    char = original[offset]
    if char == "\r":
        return original.startswith("\n", offset + 1)
    return char in _DROPPED


def _starts_piece(char: str) -> bool:
    code = ord(char)
    return code < 0x300 or 0x1E00 <= code <= 0x1EFF or 0x3400 <= code <= 0x9FFF
