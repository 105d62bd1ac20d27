"""The glossary of abbreviations, and each locale's analyser with it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cms.vietnamese.contractions import Contractions
from search.analysis import Analyser, analyser_for

__all__ = ["analyser_of", "forget_glossary", "load_contractions"]

_SECONDS_KEPT: Final = 10.0

type Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Glossary:
    """What a locale's glossary makes, and when it was read."""

    read_at: float
    contractions: Contractions
    analyser: Analyser


_kept: dict[str, _Glossary] = {}


def analyser_of(locale: str) -> Analyser:
    """The locale's analyser with its glossary, as this process last read it.

    The glossary is read at most every ten seconds, in one query. The analyser's ``version``
    changes with it.
    """
    return _glossary(locale).analyser


def load_contractions(locale: str) -> Contractions:
    """The glossary of a locale, likewise; its ``digest`` changes with its content."""
    return _glossary(locale).contractions


def forget_glossary() -> None:
    """Has the next question read the glossary; others of this machine's processes go on as said."""
    _kept.clear()


def _glossary(locale: str) -> _Glossary:
    known, now = _kept.get(locale), time.monotonic()
    if known is None or now - known.read_at > _SECONDS_KEPT:
        pairs = _read_pairs(locale)
        known = _Glossary(now, _contractions(pairs), _analyser(locale, pairs))
        _kept[locale] = known
    return known


def _read_pairs(locale: str) -> Pairs:
    from search.models import Abbreviation

    rows = Abbreviation.objects.filter(locale=locale, active=True).order_by("phrase")
    return tuple(rows.values_list("abbreviation", "phrase"))


@lru_cache(maxsize=16)
def _contractions(pairs: Pairs) -> Contractions:
    return Contractions(pairs)


@lru_cache(maxsize=16)
def _analyser(locale: str, pairs: Pairs) -> Analyser:
    return analyser_for(locale, _contractions(pairs))
