"""What an engine must be able to do. The same tests run on every engine.

An engine knows nothing of pages, rights or languages: it stores entries (fields and terms), and
finds, counts and ranks them. Whoever calls it decides what may leave (:mod:`search.answers`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from search.nodes import Node

__all__ = ["Bucket", "Engine", "EngineError", "Entry", "Facet", "Found", "Hit", "LocalEngine",
           "Rebuild", "Request", "Vocabulary", "Writer"]  # fmt: skip


class EngineError(Exception):
    """The engine can't answer or write now: away, slow, full, read-only, or talking rubbish."""


type Value = str | int | float | Sequence[str]
"""Of a words field: terms joined by single spaces; of a keyword field: a list of terms; of a
number field: one number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One published document as an engine stores it. ``digest`` changes with what is stored."""

    id: int
    locale: str
    digest: str
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Facet:
    """Counts of a keyword field's terms among what the query finds under all filters but
    ``name``'s own; at most ``size`` terms, the most frequent first, then by term."""

    name: str
    field: str
    size: int = 20


@dataclass(frozen=True, slots=True)
class Request:
    """One search: what to find, how much of it, and what to count.

    ``filters`` narrow the hits and the total. Their keys are names that facets go by; a facet's
    counts leave its own filter out. ``locales`` are the locales to look in. ``skip`` entries are
    passed over (for engines that need it); ``after`` is a hit's ``place`` where the page before
    ended, ``snapshot`` what the answer before gave.
    """

    query: Node
    locales: tuple[str, ...]
    filters: Mapping[str, Node] = field(default_factory=dict)
    without_ids: frozenset[int] = frozenset()
    facets: tuple[Facet, ...] = ()
    limit: int = 20
    skip: int = 0
    after: tuple[float, int] | None = None
    snapshot: str | None = None
    count: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found; hits are sorted by falling score, then by id."""

    id: int
    score: float

    @property
    def place(self) -> tuple[float, int]:
        """Where the hit stands in the order."""
        return self.score, self.id


@dataclass(frozen=True, slots=True)
class Bucket:
    """One term of a facet and how many entries have it."""

    term: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """An engine's answer. ``total`` is exact; ``snapshot`` keeps the index as it was for the next
    page, where the engine can do that."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[Bucket, ...]] = field(default_factory=dict)
    snapshot: str | None = None


class Writer(Protocol):
    """Writes into one index. ``version`` grows with every state of the content: a late writer with
    a smaller one loses. Every call raises EngineError when it can't be done; what was written stays
    and may be written again."""

    def write(self, entries: Iterable[Entry], version: int) -> int:
        """Stores entries over what stands under their ids; returns how many."""

    def remove(self, ids: Iterable[int], version: int) -> None:
        """Takes entries out, in whichever locale they stand."""

    def digests(self) -> Iterable[tuple[int, str, str]]:
        """Id, locale and digest of every entry, ordered by id, in constant memory."""

    def commit(self) -> None:
        """Makes what was written visible to searches."""


class Engine(Protocol):
    """One way of keeping and searching the entries.

    An index bears a ``stamp``: a digest of the fields and of the analysis that its entries were
    made with. One with another stamp goes on answering until it has been built anew.
    """

    name: str
    """``embedded`` or ``elasticsearch``."""

    @property
    def follower_name(self) -> str:
        """Of the cursor that says how far in the change feed the index is; raises EngineError
        where that can't be told."""

    def search(self, request: Request) -> Found:
        """Answers one request with one look at the index; raises EngineError, also where there is
        no index, or none with the fields that are asked for."""

    def stamp(self) -> str | None:
        """The stamp of the index that is searched; None where there is none. Raises EngineError."""

    def writing(self) -> AbstractContextManager[Writer]:
        """The writer of the index that is searched; raises EngineError where there is none."""

    def rebuilding(self, stamp: str) -> AbstractContextManager[Rebuild]:
        """A new, empty index beside the one that is searched, which goes on answering.

        It is gone when the context ends without :meth:`Rebuild.take_over`. Of one whose process was
        killed, the next call takes away what was left. Raises EngineError while another process is
        rebuilding.
        """


class Rebuild(Writer, Protocol):
    """The writer of a new index."""

    def take_over(self) -> None:
        """Puts the new index in the old one's place, in one step for every reader, and drops the
        old one."""


class Vocabulary(Protocol):
    """How often the site's own words occur: the embedded engine knows."""

    def frequency(self, field: str, terms: Iterable[str]) -> Mapping[str, int]:
        """In how many entries each of the terms is; raises EngineError."""


class LocalEngine(Engine, Vocabulary, Protocol):
    """The engine that every node has, without a server."""
