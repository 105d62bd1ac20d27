"""The exact terms under which a document number or a date is kept in a search index."""

import datetime as dt
from collections.abc import Iterable

from cms.vietnamese.dates import find_dates
from cms.vietnamese.document_numbers import DocumentNumber, find_document_numbers

__all__ = ["date_terms", "mention_terms", "number_terms", "year_term"]


def number_terms(number: DocumentNumber) -> tuple[str, ...]:
    """Return what finds a document by its number, from the strictest spelling to the loosest.

    "54-NQ/TW", "54NQTW" and its folded key, "54:NQ" (the number and the type: "nghị quyết 54"),
    and where the number has a year "30:NĐ/2020" and "30/2020".
    """
    terms = [number.canonical, number.loose_key, number.folded_key]
    head = f"{number.number}{number.suffix.lower()}"
    code = number.type_code or ("CV" if number.system == "letter" else None)
    if code is not None:
        terms.append(f"{head}:{code}")
    if number.year is not None:
        terms.append(year_term(head, number.year))
    return tuple(dict.fromkeys(terms))


def year_term(head: str, year: int) -> str:
    """Return the term of "nghị định 30/2020": a number and its year without a symbol."""
    return f"{head}/{year}"


def mention_terms(text: str) -> tuple[str, ...]:
    """Return the terms of every document number in `text`, each once, in order."""
    numbers = dict.fromkeys(found.number for found in find_document_numbers(text))
    return _unique(term for number in numbers for term in number_terms(number))


def date_terms(text: str) -> tuple[str, ...]:
    """Return the dates in `text` in ISO, "2020-04-21", each once, in order."""
    return _unique(_date_term(found.date) for found in find_dates(text))


def _date_term(date: dt.date) -> str:
    return date.isoformat()


def _unique(terms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms))
