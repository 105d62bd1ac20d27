"""Which analyser a locale has."""

from __future__ import annotations

from cms.vietnamese.contractions import Contractions
from search.analysis.stemmed import StemmedAnalyser
from search.analysis.streams import Analyser
from search.analysis.vietnamese import VietnameseAnalyser

__all__ = ["analyser_for"]


def analyser_for(locale: str, contractions: Contractions | None = None) -> Analyser:
    """The analyser of a locale (``vi``, ``en-GB``), with its glossary of abbreviations.

    A locale without rules of its own folds its words, and stems them where there is a Snowball
    stemmer for the language.
    """
    glossary = contractions or Contractions()
    language = locale.partition("-")[0].lower()
    if language == "vi":
        return VietnameseAnalyser(glossary)
    return StemmedAnalyser(language, glossary)
