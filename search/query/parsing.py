"""Reads what a reader types: words, "phrases", -exclusions, document numbers, dates."""

from __future__ import annotations

from dataclasses import dataclass, field

from cms.vietnamese.document_numbers import DocumentNumber
from search.analysis import Analyser, Word

__all__ = ["MAX_LENGTH", "ParsedQuery", "QueryError", "parse_query"]

MAX_LENGTH = 256
"""Characters of a query after trimming."""


class QueryError(ValueError):
    """What was typed can't be a query; the message says what is allowed."""


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What a reader asks for.

    ``words`` are all words in order, those of phrases and numbers too. ``is_number``: nothing but
    a document number was typed.
    """

    text: str
    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[Word, ...], ...] = ()
    without: tuple[tuple[Word, ...], ...] = ()
    numbers: tuple[DocumentNumber, ...] = ()
    number_keys: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    has_marks: bool = False
    is_number: bool = False
    sources: tuple[str, ...] = field(default=())


def parse_query(text: str, analyser: Analyser) -> ParsedQuery:
    """Reads a query; raises QueryError for what is too long or no text. Linear time."""
    raise NotImplementedError
