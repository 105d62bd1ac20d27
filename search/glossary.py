"""The glossary of abbreviations, and each locale's analyser with it."""

from __future__ import annotations

import time
from functools import lru_cache
from typing import Final

from cms.vietnamese.contractions import Contractions
from search.analysis import Analyser, analyser_for

__all__ = ["analyser_of", "forget_glossary", "load_contractions"]

_SECONDS_KEPT: Final = 10.0

type Pairs = tuple[tuple[str, str], ...]

_kept: dict[str, tuple[float, Pairs]] = {}


def analyser_of(locale: str) -> Analyser:
    """The locale's analyser with its glossary, as this process last read it.

    The glossary is read at most every ten seconds, in one query. The analyser's ``version``
    changes with it.
    """
    return _analyser(locale, _pairs(locale))


def load_contractions(locale: str) -> Contractions:
    """The glossary of a locale, likewise; its ``digest`` changes with its content."""
    return _contractions(_pairs(locale))


def forget_glossary() -> None:
    """Has the next question read the glossary; others of this machine's processes go on as said."""
    _kept.clear()


def _pairs(locale: str) -> Pairs:
    known = _kept.get(locale)
    if known is None or time.monotonic() - known[0] > _SECONDS_KEPT:
        from search.models import Abbreviation

        rows = Abbreviation.objects.filter(locale=locale, active=True).order_by("phrase")
        known = time.monotonic(), tuple(rows.values_list("abbreviation", "phrase"))
        _kept[locale] = known
    return known[1]


@lru_cache(maxsize=16)
def _contractions(pairs: Pairs) -> Contractions:
    return Contractions(pairs)


@lru_cache(maxsize=16)
def _analyser(locale: str, pairs: Pairs) -> Analyser:
    return analyser_for(locale, _contractions(pairs))
