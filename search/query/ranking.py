"""Turns a query into conditions and their weights."""

from __future__ import annotations

from dataclasses import dataclass

from search.nodes import Node
from search.query.parsing import ParsedQuery

__all__ = ["Ranking", "build_tree"]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What ranks beside the words: ``now`` in seconds since 1970, for recency."""

    now: float


def build_tree(query: ParsedQuery, ranking: Ranking, *, loose: bool = False) -> Node:
    """The conditions of a query. ``loose``: any one word is enough (the second step, on no hit)."""
    raise NotImplementedError
