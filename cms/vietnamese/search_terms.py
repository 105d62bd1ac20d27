"""The exact terms under which document numbers and dates are kept in a search index."""

from collections.abc import Iterable
from dataclasses import dataclass

from cms.vietnamese.dates import dates_in
from cms.vietnamese.document_numbers import DocumentNumber, document_numbers_in
from cms.vietnamese.text import clean

__all__ = ["Mentions", "number_terms", "read_mentions", "typed_term", "year_term"]


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a text names: terms of document numbers, and days in ISO ("2020-04-21"), each once."""

    numbers: tuple[str, ...]
    dates: tuple[str, ...]


def read_mentions(text: str) -> Mentions:
    """Return what `text` names, in order; linear in its length, never raises."""
    cleaned = clean(text)
    numbers = dict.fromkeys(document_numbers_in(cleaned))
    return Mentions(
        _unique(term for number in numbers for term in number_terms(number)),
        _unique(date.isoformat() for date in dates_in(cleaned)),
    )


def number_terms(number: DocumentNumber) -> tuple[str, ...]:
    """Return what finds a document by its number, the strictest first.

    "54-NQ/TW", its loose and its folded key ("54NQTW"), the number with the type ("54:NQ", for
    "nghị quyết 54"), and where it has a year that alone ("30/2020", for "nghị định 30/2020").
    """
    terms = [number.canonical, number.loose_key, number.folded_key]
    head = f"{number.number}{number.suffix.lower()}"
    terms += [typed_term(head, code) for code in _types(number)]
    if number.year is not None:
        terms.append(year_term(head, number.year))
    return _unique(terms)


def _types(number: DocumentNumber) -> tuple[str, ...]:
    """Return the codes of the types that the document may have."""
    if number.type_code is not None:
        return (number.type_code,)
    if number.system == "letter":
        return ("CV",)
    # The Assembly's numbers name no type.
    return ("luat", "NQ") if number.groups[0].startswith("QH") else ("phap-lenh", "NQ")


def typed_term(head: str, code: str) -> str:
    """Return the term of a number with its type but without its issuer: "54:NQ"."""
    return f"{head}:{code}"


def year_term(head: str, year: int) -> str:
    """Return the term of a number with its year but without its symbol: "30/2020"."""
    return f"{head}/{year}"


def _unique(terms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms))
