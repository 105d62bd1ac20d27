"""The words under which the admin's index keeps a text, and those of what an editor typed.

One index serves every locale and what is half typed: words are without marks and never stemmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cms.vietnamese.analysis import analyse
from cms.vietnamese.contractions import Contractions
from cms.vietnamese.document_numbers import (
    DocumentNumber,
    find_document_numbers,
    parse_document_number,
)
from cms.vietnamese.document_types import document_type
from cms.vietnamese.word_forms import BREAK, FOLD_FORMS, split_words

__all__ = ["read_query", "stored_words"]

MOST_STORED = 200_000
"""Characters of one object that are read: PostgreSQL keeps at most a megabyte of words."""
MOST_ASKED = 500
"""Characters of a query that are read: more than the longest title."""
MOST_WORDS = 32
"""Words of a query that are looked for."""


def stored_words(pieces: Iterable[str], glossaries: Sequence[Contractions]) -> list[str]:
    """The words of the pieces in order, and after them what else they are found by.

    Linear in the length of the text; never raises.
    """
    text = "\n".join(pieces)[:MOST_STORED]
    words = _split(text)
    known = {BREAK, *words}
    contracted = [word for glossary in glossaries for word in analyse(text, glossary).fold]
    words += dict.fromkeys(word for word in contracted if word not in known)
    for number in dict.fromkeys(found.number for found in find_document_numbers(text)):
        words += _number_words(number)
    return words


def read_query(text: str, glossaries: Sequence[Contractions]) -> list[list[str]]:
    """The words that an object must have, all of one list: as they were typed, and with known
    phrases contracted where there are any. Of a long query the first words; none for no words.
    """
    asked = text[:MOST_ASKED]
    if (number := parse_document_number(asked)) is not None:
        return [_split(number.canonical)]
    found = [_split(asked)[:MOST_WORDS]]
    for glossary in glossaries:
        contracted = [word for word in analyse(asked, glossary).fold if word != BREAK]
        if contracted[:MOST_WORDS] not in found:
            found.append(contracted[:MOST_WORDS])
    return [words for words in found if words]


def _split(text: str) -> list[str]:
    forms = map(FOLD_FORMS.__getitem__, split_words(text))
    return [form for form in forms if form and form != BREAK]


def _number_words(number: DocumentNumber) -> list[str]:
    """ "kế hoạch số 60/KH-LMHTX 60khlmhtx": whatever of it an editor types."""
    code = number.type_code or ("CV" if number.system == "letter" else None)
    name = document_type(code).name if code else ""
    return _split(f"{name} số {number.canonical} {number.folded_key}")
