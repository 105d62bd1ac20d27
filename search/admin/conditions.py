"""What an editor typed, as one condition in the words of a database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from wagtail.search.query import And, Boost, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from cms.vietnamese.contractions import Contractions
from search.admin.words import read_query

__all__ = ["Condition", "ConditionBuilder", "Dialect"]

type Condition = str | bool | None
"""In the database's words; True is met by everything, False by nothing, None says nothing."""


class Dialect(Protocol):
    """How a database writes conditions. Words are letters and figures alone."""

    both: str
    """Stands between two conditions that must be met."""
    either: str
    """Stands between two of which one must be met."""

    def word(self, word: str) -> str:
        """The text has the word."""

    def beginning(self, word: str) -> str:
        """The text has a word that begins like that."""

    def phrase(self, words: Sequence[str]) -> str:
        """The text has the words in a row."""


@dataclass(frozen=True, slots=True)
class ConditionBuilder:
    """Reads queries of Wagtail's; ``typing``: the last word of each may be unfinished."""

    dialect: Dialect
    glossaries: Sequence[Contractions]
    typing: bool = False

    def build(self, query: SearchQuery) -> Condition:
        """The condition of a query.

        Raises NotImplementedError for what the admin never asks: exclusion, fuzziness.
        """
        match query:
            case MatchAll():
                return True
            case PlainText():
                joint = self.dialect.both if query.operator == "and" else self.dialect.either
                return self._any_of(
                    self._joined(self._words(words), joint)
                    for words in read_query(query.query_string, self.glossaries)
                )
            case Phrase():
                return self._any_of(
                    self.dialect.phrase(words)
                    for words in read_query(query.query_string, self.glossaries)
                )
            case Boost():
                return self.build(query.subquery)
            case And():
                return self._all_of(map(self.build, query.subqueries))
            case Or():
                return self._any_of(map(self.build, query.subqueries))
            case Not(subquery=MatchAll()):
                return False
        raise NotImplementedError(f"{type(query).__name__} is not supported by the admin's search.")

    def _words(self, words: list[str]) -> list[str]:
        *first, last = words
        end = self.dialect.beginning(last) if self.typing else self.dialect.word(last)
        return [*map(self.dialect.word, first), end]

    def _all_of(self, parts: Iterable[Condition]) -> Condition:
        parts = list(parts)
        if any(part is False for part in parts):
            return False
        texts = [part for part in parts if isinstance(part, str)]
        return self._joined(texts, self.dialect.both) if texts else (True in parts or None)

    def _any_of(self, parts: Iterable[Condition]) -> Condition:
        parts = list(parts)
        if any(part is True for part in parts):
            return True
        texts = [part for part in parts if isinstance(part, str)]
        return (
            self._joined(texts, self.dialect.either)
            if texts
            else (False if False in parts else None)
        )

    def _joined(self, texts: list[str], joint: str) -> str:
        return texts[0] if len(texts) == 1 else f"({joint.join(texts)})"
