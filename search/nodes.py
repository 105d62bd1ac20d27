"""The conditions of a search, without the language of any engine.

A query is a tree of these nodes. Each engine translates the tree into its own words and ranks by
BM25 (k1 = 1.2, b = 0.75), so that both give the same order. Field names are those of
:mod:`search.mapping`; the text of a term is exactly one that the analysis made.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Both", "Constant", "Either", "Everything", "Node", "Phrase", "Prefix", "Range", "Term",
           "Terms"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Everything:
    """Every entry, with the score 0 (it stands where nothing is asked for)."""


@dataclass(frozen=True, slots=True)
class Term:
    """Entries that have the term in the field; scored by BM25 times ``boost`` in a words field."""

    field: str
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Terms:
    """Entries that have any of the terms in a keyword field; for filters, without a score."""

    field: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Entries that have the terms in a row in a words field."""

    field: str
    texts: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Entries with a term that begins like that, in a keyword or words field; constant score."""

    field: str
    text: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Range:
    """Entries whose number lies between; for filters and constant weights. None: no bound."""

    field: str
    gt: float | None = None
    gte: float | None = None
    lt: float | None = None
    lte: float | None = None


@dataclass(frozen=True, slots=True)
class Constant:
    """What ``node`` finds, each with the score ``score``."""

    node: Node
    score: float


@dataclass(frozen=True, slots=True)
class Either:
    """Entries that meet at least ``minimum`` of the nodes; the scores of those add up."""

    nodes: tuple[Node, ...]
    minimum: int = 1


@dataclass(frozen=True, slots=True)
class Both:
    """Entries that meet all of ``must`` and ``filters`` and none of ``without``.

    The scores of ``must`` and of those of ``should`` that fit add up; filters have none.
    """

    must: tuple[Node, ...] = ()
    should: tuple[Node, ...] = ()
    filters: tuple[Node, ...] = ()
    without: tuple[Node, ...] = ()


type Node = Everything | Term | Terms | Phrase | Prefix | Range | Constant | Either | Both
