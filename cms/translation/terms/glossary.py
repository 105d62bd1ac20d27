"""The glossary, as this process last read it, and how its terms are found in a text."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from cms.vietnamese.text import clean, normalise_tones

__all__ = [
    "Found",
    "Glossary",
    "Term",
    "forget_glossaries",
    "load_glossary",
    "prepare",
    "stands_in",
]

_SECONDS_KEPT: Final = 10.0
_WORD: Final = re.compile(r"\w+")

_kept: dict[tuple[str, str], tuple[float, Glossary]] = {}


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary with all its forms; the first of each is the proper one."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    case_sensitive: bool = False
    enforced: bool = False
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


class Glossary:
    """The terms between two locales. What finding costs grows with the text, not with the terms."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        # The forms that begin with a word, with what stands in them before it: a quotation mark.
        self._forms: dict[str, list[tuple[int, re.Pattern[str], Term]]] = {}
        for term in self.terms:
            for form in term.sources:
                text = prepare(form)
                first = _WORD.search(text)
                if first is not None:
                    pattern = _pattern(form, term.case_sensitive)
                    entry = first.start(), pattern, term
                    self._forms.setdefault(first[0].casefold(), []).append(entry)

    def find(self, text: str) -> list[Found]:
        """The terms in a prepared text, in the order in which they first stand there.

        The longest wins where they overlap: "Liên minh HTX" is no HTX. A longer term takes only
        the place where it stands; the shorter one is found wherever else it is.
        """
        taken: list[tuple[int, int]] = []
        found: dict[str, Found] = {}
        hits = sorted(self._hits(text), key=lambda hit: (hit[0] - hit[1], hit[0]))
        for start, end, term in hits:
            if not any(start < other[1] and other[0] < end for other in taken):
                taken.append((start, end))
                found.setdefault(term.source, Found(term)).spans.append((start, end))
        return sorted(found.values(), key=lambda one: min(one.spans))

    def _hits(self, text: str) -> Iterator[tuple[int, int, Term]]:
        for word in _WORD.finditer(text):
            for before, pattern, term in self._forms.get(word[0].casefold(), ()):
                match = pattern.match(text, max(word.start() - before, 0))
                if match is not None:
                    yield match.start(), match.end(), term


def load_glossary(source_locale: str, target_locale: str) -> Glossary:
    """The active terms between two locales; read at most every ten seconds, in one query."""
    pair = source_locale, target_locale
    known = _kept.get(pair)
    if known is None or time.monotonic() - known[0] > _SECONDS_KEPT:
        from cms.translation.terms.models import GlossaryTerm

        rows = GlossaryTerm.objects.filter(
            source_locale=source_locale, target_locale=target_locale, active=True
        ).order_by("source")
        terms = (
            Term(
                (row.source, *_lines(row.source_forms)),
                (row.target, *_lines(row.target_forms)),
                _lines(row.forbidden),
                row.case_sensitive,
                row.enforced,
                row.note,
            )
            for row in rows
        )
        known = time.monotonic(), Glossary(terms)
        _kept[pair] = known
    return known[1]


def forget_glossaries() -> None:
    """Has the next question read the terms; this machine's other processes go on as said."""
    _kept.clear()


def prepare(text: str) -> str:
    """A text as terms are looked for in it: one spelling of marks, single spaces."""
    return " ".join(normalise_tones(unicodedata.normalize("NFC", clean(text))).split())


def stands_in(text: str, form: str, *, case_sensitive: bool) -> bool:
    """Whether a form stands in a prepared text, as whole words."""
    return _pattern(form, case_sensitive).search(text) is not None


@lru_cache(maxsize=8192)
def _pattern(form: str, case_sensitive: bool) -> re.Pattern[str]:
    # An abbreviation in capitals is one only in capitals: "OCOP", and "ĐH" is not "đh".
    flags = re.NOFLAG if case_sensitive or form.isupper() else re.IGNORECASE
    return re.compile(rf"(?<!\w){re.escape(prepare(form))}(?!\w)", flags)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
