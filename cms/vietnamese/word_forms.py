"""The two spellings of a word that searches compare: as it is written, and without marks.

Both are the same for all ways of writing one word: composed or decomposed, either tone style
("hoà", "hòa"), i or y where both are usual ("kĩ", "kỹ"), figures with or without leading zeros.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from cms.vietnamese.text import clean, fold, normalise_tones

__all__ = ["BREAK", "EXACT_FORMS", "FOLD_FORMS", "FormTable", "split_words", "word_patterns"]

BREAK: Final = "_"
"""Stands between two lines or two pieces of text; no word is written like that."""

_WORD_OR_LINE_END: Final = re.compile(r"\w[\w\u0300-\u036f]*|\n+")
_NOT_IN_WORD: Final = re.compile(r"[\W_]+")
_LONGEST: Final = 60
"""Characters of a word that count: one more, and it is no word but damage."""

# Open syllables that are written with i or y: kí/ký, lí/lý, mĩ/mỹ, sĩ/sỹ, tỉ/tỷ, hi/hy, quí/quý.
# After other letters the two differ ("vi", "vy"), and so they do in "ai", "ay", "ui", "uy".
_I_OR_Y: Final = re.compile(r"([hklmst]|qu)([iíìỉĩị])")
_Y: Final = dict(zip("iíìỉĩị", "yýỳỷỹỵ", strict=True))


def split_words(text: str) -> list[str]:
    """Return the words of `text` in order, as they are written, and BREAK between lines.

    Linear in the length of the text. What stands between words is dropped.
    """
    found: list[str] = _WORD_OR_LINE_END.findall(clean(text).replace("_", " "))
    return found


class FormTable(dict[str, str]):
    """Remembers the forms of words: a text has few different ones.

    `table[word]` makes what is missing; `list(map(table.__getitem__, words))` is quick. Holds
    `limit` words of usual length at most, then starts anew.
    """

    def __init__(self, make: Callable[[str], str], limit: int = 50_000) -> None:
        super().__init__()
        self._make = make
        self._limit = limit

    def __missing__(self, word: str) -> str:
        form = self._make(word)
        if len(word) <= _LONGEST:
            if len(self) >= self._limit:
                self.clear()
            self[word] = form
        return form


def _exact(word: str) -> str:
    if word[0] in "\n_":
        return BREAK
    lower = unicodedata.normalize("NFC", word[:_LONGEST].lower())
    form = _NOT_IN_WORD.sub("", normalise_tones(lower))
    if form.isdecimal():
        return form.lstrip("0") or "0"
    if (match := _I_OR_Y.fullmatch(form)) is not None:
        return match[1] + _Y[match[2]]
    return form


def _fold(word: str) -> str:
    exact = EXACT_FORMS[word]
    return exact if exact == BREAK else _NOT_IN_WORD.sub("", fold(exact)) or exact


EXACT_FORMS: Final = FormTable(_exact)
"""Lower case, marks in one style: "THỦY" and "thuỷ" → "thủy"."""

FOLD_FORMS: Final = FormTable(_fold)
"""The exact form without marks: "thuy"."""


def word_patterns(bare: str) -> tuple[str, ...]:
    """Return regular expressions for a folded text: the spellings whose form is `bare`.

    Each begins with a letter or a figure as it is.
    """
    if bare.isdecimal():
        return bare, f"00*{bare}"
    if bare[-1:] == "y" and _I_OR_Y.fullmatch(f"{bare[:-1]}i"):
        return (f"{re.escape(bare[:-1])}[iy]",)
    return (re.escape(bare),)
