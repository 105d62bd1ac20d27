"""Every locale without rules of its own: words, folded, and stemmed where there is a stemmer."""

from __future__ import annotations

from collections.abc import Iterable

from cms.vietnamese.analysis import pair_up
from cms.vietnamese.contractions import Contractions
from search.analysis.streams import Piece, Streams, Word

__all__ = ["StemmedAnalyser"]


class StemmedAnalyser:
    """Words as spelled, and their stems without marks."""

    def __init__(self, language: str, contractions: Contractions) -> None:
        self._language = language
        self._contractions = contractions

    @property
    def version(self) -> str:
        """Of the rules and of the glossary."""
        return f"{self._language}1-{self._contractions.digest}"

    def document(self, pieces: Iterable[Piece]) -> Streams:
        """The streams of a text."""
        raise NotImplementedError

    def query(self, text: str) -> tuple[Word, ...]:
        """The words of what a reader typed."""
        raise NotImplementedError
