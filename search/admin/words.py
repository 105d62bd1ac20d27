"""The words under which the admin's index keeps a text, and those of what an editor typed.

One index serves every locale and what is half typed: words are folded and never stemmed, and what
is said in two ways is kept in both (HTX, hợp tác xã), so that queries need no rewriting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cms.vietnamese.document_numbers import (
    DocumentNumber,
    find_document_numbers,
    parse_document_number,
)
from cms.vietnamese.document_types import document_type
from cms.vietnamese.text import clean, fold

__all__ = ["asked_words", "stored_words"]

MOST_STORED = 200_000
"""Characters of one object that are read: PostgreSQL keeps at most a megabyte of words."""
MOST_ASKED = 500
"""Characters of a query that are read: more than the longest title."""
MOST_WORDS = 32
LONGEST_WORD = 60

_WORD = re.compile(r"[^\W_]+")
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")


def stored_words(pieces: Iterable[str]) -> list[str]:
    """The words of the pieces in order, and after them what else they are found by.

    Linear in the length of the text; never raises.
    """
    text = "\n".join(pieces)[:MOST_STORED]
    words = list(_split(text))
    numbers = dict.fromkeys(found.number for found in find_document_numbers(text))
    for number in numbers:
        words += _number_words(number)
    return words


def asked_words(text: str) -> list[str]:
    """The words that a text must have to be found by a query; the first few of a long query."""
    asked = text[:MOST_ASKED]
    number = parse_document_number(asked)
    return list(_split(number.canonical if number else asked))[:MOST_WORDS]


def _split(text: str) -> Iterator[str]:
    for word in _WORD.findall(fold(clean(text))):
        yield _LEADING_ZEROS.sub("", word)[:LONGEST_WORD]


def _number_words(number: DocumentNumber) -> list[str]:
    """ "kế hoạch số 60/KH-LMHTX 60khlmhtx": whatever of it an editor types."""
    code = number.type_code or ("CV" if number.system == "letter" else None)
    name = document_type(code).name if code else ""
    return list(_split(f"{name} số {number.canonical} {number.folded_key}"))
