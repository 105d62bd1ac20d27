"""The glossary, as this process last read it."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from cms.vietnamese.text import clean, normalise_tones

__all__ = ["Found", "Term", "find_terms", "forget_terms", "load_terms"]

_SECONDS_KEPT: Final = 10.0

_kept: dict[tuple[str, str], tuple[float, tuple[Term, ...]]] = {}


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary with all its forms; the first of each is the proper one."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    case_sensitive: bool = False
    note: str = ""

    @property
    def source(self) -> str:
        """The term itself."""
        return self.sources[0]

    @property
    def target(self) -> str:
        """The translation that is proper."""
        return self.targets[0]


@dataclass(frozen=True, slots=True)
class Found:
    """A term, and where in the prepared text it stands."""

    term: Term
    spans: list[tuple[int, int]] = field(default_factory=list)


def load_terms(source_locale: str, target_locale: str) -> tuple[Term, ...]:
    """The active terms between two locales; read at most every ten seconds, in one query."""
    pair = source_locale, target_locale
    known = _kept.get(pair)
    if known is None or time.monotonic() - known[0] > _SECONDS_KEPT:
        from cms.translation.terms.models import GlossaryTerm

        rows = GlossaryTerm.objects.filter(
            source_locale=source_locale, target_locale=target_locale, active=True
        ).order_by("source")
        known = (
            time.monotonic(),
            tuple(
                Term(
                    (row.source, *_lines(row.source_forms)),
                    (row.target, *_lines(row.target_forms)),
                    _lines(row.forbidden),
                    row.case_sensitive,
                    row.note,
                )
                for row in rows
            ),
        )
        _kept[pair] = known
    return known[1]


def forget_terms() -> None:
    """Has the next question read the glossary; this machine's other processes go on as said."""
    _kept.clear()


def prepare(text: str) -> str:
    """A text as terms are looked for in it: one spelling of marks, single spaces."""
    return " ".join(normalise_tones(unicodedata.normalize("NFC", clean(text))).split())


def find_terms(text: str, terms: Iterable[Term]) -> list[Found]:
    """The terms in a prepared text, in the order in which they first stand there.

    The longest wins where they overlap: "Liên minh HTX" is no HTX. A longer term takes only the
    place where it stands; the shorter one is found wherever else it is.
    """
    taken: list[tuple[int, int]] = []
    found: dict[int, Found] = {}
    for form, index, term in _longest_first(tuple(terms)):
        for match in _pattern(form, term.case_sensitive).finditer(text):
            span = match.span()
            if any(span[0] < end and start < span[1] for start, end in taken):
                continue
            taken.append(span)
            found.setdefault(index, Found(term)).spans.append(span)
    return sorted(found.values(), key=lambda one: min(one.spans))


def stands_in(text: str, form: str, *, case_sensitive: bool) -> bool:
    """Whether a form stands in a prepared text, as whole words."""
    return _pattern(form, case_sensitive).search(text) is not None


@lru_cache(maxsize=64)
def _longest_first(terms: tuple[Term, ...]) -> list[tuple[str, int, Term]]:
    forms = [(form, index, term) for index, term in enumerate(terms) for form in term.sources]
    return sorted(forms, key=lambda one: -len(one[0]))


@lru_cache(maxsize=8192)
def _pattern(form: str, case_sensitive: bool) -> re.Pattern[str]:
    # An abbreviation in capitals is one only in capitals: "OCOP", and "ĐH" is not "đh".
    flags = re.NOFLAG if case_sensitive or form.isupper() else re.IGNORECASE
    return re.compile(rf"(?<!\w){re.escape(prepare(form))}(?!\w)", flags)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
