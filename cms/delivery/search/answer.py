"""One search: what is asked of an engine, how often, and what comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from cms.delivery.problems import Problem
from cms.delivery.search.gate import Admitted, admit
from cms.delivery.stored import Stored
from search.contract import Bucket, EngineError, Found, Request
from search.engines import find

__all__ = ["Answered", "ask"]

_ROUNDS = 3
"""How often an engine is asked at most: more than once only where its index lags behind."""


@dataclass(slots=True)
class Answered:
    """What readers may get of an engine's answer."""

    found: Found
    engine: str
    degraded: bool
    rows: list[Stored] = field(default_factory=list)
    bodies: Mapping[int, bytes] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many there are, on all pages."""
        return self.found.total

    def buckets(self, name: str) -> tuple[Bucket, ...]:
        """A facet's counts."""
        return self.found.facets.get(name, ())


def ask(
    request: Request,
    *,
    bodies: bool = False,
    paths_of: Callable[[Found], list[str]] = lambda found: [],
) -> Answered:
    """Asks the engine, and holds its answer against the database.

    ``paths_of`` says of which pages, by path, the titles are wanted. Raises Problem
    ``unavailable`` where no engine answers.
    """
    without: frozenset[int] = frozenset()
    for _ in range(_ROUNDS):
        answered, hidden = _ask_once(replace(request, without_ids=without), bodies, paths_of)
        if not hidden:
            return answered
        without |= hidden
    # Content is withdrawn faster than it is asked for: nothing hidden is told of, counts included.
    answered.found = replace(answered.found, total=len(answered.rows), facets={})
    return answered


def _ask_once(
    request: Request, bodies: bool, paths_of: Callable[[Found], list[str]]
) -> tuple[Answered, frozenset[int]]:
    """One question, and the pages that the engine must be asked once more without."""
    try:
        found, engine, degraded = find(request)
    except EngineError:
        raise Problem("unavailable") from None
    answered = Answered(found, engine.name, degraded)
    if not found.total and not found.hits:
        return answered, frozenset()
    ids = [hit.id for hit in found.hits]
    admitted: Admitted = admit(ids, engine.follower_name, paths=paths_of(found), bodies=bodies)
    answered.rows = [admitted.cards[pk] for pk in ids if pk in admitted.cards]
    answered.bodies, answered.titles = admitted.bodies, admitted.titles
    hidden = admitted.withdrawn | {pk for pk in ids if pk not in admitted.cards}
    return answered, hidden - request.without_ids
