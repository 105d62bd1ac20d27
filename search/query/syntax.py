"""The signs in a query: "phrases" in quotation marks, -words to leave out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from cms.vietnamese.text import clean, fold

__all__ = ["MAX_LENGTH", "QueryError", "Signs", "read_signs"]

MAX_LENGTH = 512
"""Characters of a query, without spaces around it, in NFC."""

_MOST_READ: Final = MAX_LENGTH * 4
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
_REFUSED: Final = re.compile("[\0\ud800-\udfff]")
# A dash that is no hyphen comes from a text that was pasted: it leaves nothing out.
_PASTED_DASH: Final = re.compile(r"(?<!\S)[\u2010-\u2015\u2212\ufe58\ufe63\uff0d](?=\S)")
_PHRASE: Final = re.compile(r'(?P<minus>(?<!\S)-)?"(?P<words>[^"]*)"')
# Not before a figure ("2020 -2025"), nor after one ("60 -KH").
_MINUS: Final = re.compile(r"(?<!\S)(?<![0-9]\s)(?<![0-9][a-zđA-ZĐ]\s)-(?P<word>[^\W\d_][^\s\"]*)")
# "kinh tế -xã hội" is two words with a dash, not one without the other.
_DASHED: Final = {
    "xa": ("te", "hoa", "tri"),
    "khen": ("dua",),
    "van": ("te", "tri"),
    "an": ("phong",),
    "tieu": ("nghiep",),
}


class QueryError(ValueError):
    """What was typed can't be a query; the message says what is allowed."""


@dataclass(frozen=True, slots=True)
class Signs:
    """A query taken apart. ``text`` is all that is asked for, phrases included, without signs."""

    text: str
    phrases: tuple[str, ...]
    without: tuple[str, ...]


def read_signs(typed: str) -> Signs:
    """Reads the signs of a query. An unpaired quotation mark is no sign; a query that would only
    leave out asks for its words instead. Linear time.

    Raises QueryError for more than MAX_LENGTH characters, NUL, and surrogates.
    """
    trimmed = typed.strip()
    if len(trimmed) > _MOST_READ:
        raise QueryError(f"A query has at most {MAX_LENGTH} characters, not {len(trimmed)}.")
    if _REFUSED.search(trimmed):
        raise QueryError("A query is text: no NUL character and no surrogates.")
    composed = unicodedata.normalize("NFC", trimmed).translate(_QUOTES)
    text = clean(_PASTED_DASH.sub("- ", composed)).replace("\n", " ").strip()
    if len(text) > MAX_LENGTH:
        raise QueryError(f"A query has at most {MAX_LENGTH} characters, not {len(text)}.")
    return _read(text)


def _read(text: str) -> Signs:
    phrases: list[str] = []
    without: list[str] = []

    def phrase(match: re.Match[str]) -> str:
        words = match["words"].strip()
        if match["minus"]:
            without.append(words)
            return " "
        phrases.append(words)
        return f" {words} "

    def word(match: re.Match[str]) -> str:
        if _is_dash(match):
            return match[0]
        without.append(match["word"])
        return " "

    pieces = _split_phrases(text)
    asked = "".join(
        phrase(piece) if isinstance(piece, re.Match) else _MINUS.sub(word, piece)
        for piece in pieces
    )
    if not re.search(r"\w", asked):
        return Signs(re.sub(r'["]', " ", text), (), ())
    return Signs(" ".join(asked.replace('"', " ").split()), _filled(phrases), _filled(without))


def _split_phrases(text: str) -> list[str | re.Match[str]]:
    pieces: list[str | re.Match[str]] = []
    done = 0
    for match in _PHRASE.finditer(text):
        pieces += [text[done : match.start()], match]
        done = match.end()
    return [*pieces, text[done:]]


def _is_dash(match: re.Match[str]) -> bool:
    before = fold(match.string[: match.start()]).split()
    first = fold(match["word"])
    return bool(before) and before[-1] in _DASHED.get(first, ())


def _filled(texts: list[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if re.search(r"\w", text))
