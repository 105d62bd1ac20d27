"""What an editor typed, as one condition in the words of a database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from wagtail.search.query import And, Boost, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from search.admin.words import asked_words

__all__ = ["Condition", "Dialect", "build_condition"]

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


def build_condition(query: SearchQuery, dialect: Dialect, *, typing: bool) -> Condition:
    """The condition of a query of Wagtail's; ``typing``: its last word may be unfinished.

    Raises NotImplementedError for what neither database is asked here: exclusion, fuzziness.
    """
    match query:
        case MatchAll():
            return True
        case PlainText():
            return _plain_text(query, dialect, typing)
        case Phrase():
            words = asked_words(query.query_string)
            return dialect.phrase(words) if words else None
        case Boost():
            return build_condition(query.subquery, dialect, typing=typing)
        case And():
            return _all_of(
                [build_condition(part, dialect, typing=typing) for part in query.subqueries], dialect
            )
        case Or():
            return _any_of(
                [build_condition(part, dialect, typing=typing) for part in query.subqueries], dialect
            )
        case Not(subquery=MatchAll()):
            return False
    raise NotImplementedError(f"{type(query).__name__} is not supported by the admin's search.")


def _plain_text(query: PlainText, dialect: Dialect, typing: bool) -> Condition:
    words = asked_words(query.query_string)
    if not words:
        return None
    parts: list[Condition] = [dialect.word(word) for word in words]
    if typing:
        parts[-1] = dialect.beginning(words[-1])
    return _all_of(parts, dialect) if query.operator == "and" else _any_of(parts, dialect)


def _all_of(parts: list[Condition], dialect: Dialect) -> Condition:
    if any(part is False for part in parts):
        return False
    texts = [part for part in parts if isinstance(part, str)]
    return _joined(texts, dialect.both) or (True if True in parts else None)


def _any_of(parts: list[Condition], dialect: Dialect) -> Condition:
    if any(part is True for part in parts):
        return True
    texts = [part for part in parts if isinstance(part, str)]
    return _joined(texts, dialect.either) or (False if False in parts else None)


def _joined(texts: list[str], joint: str) -> str:
    return texts[0] if len(texts) == 1 else f"({joint.join(texts)})" if texts else ""
