"""nDCG@10, MRR@10 and recall@10, each from 0 to 1.

Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002), with binary
gain: 1 / log2(rank + 1) for each relevant hit, over the most that there could be.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

__all__ = ["DEPTH", "Scores", "average", "score"]

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Scores:
    """What one query, or the mean of many, reaches."""

    ndcg: float
    mrr: float
    recall: float


def score(found: Sequence[str], relevant: Collection[str]) -> Scores:
    """The scores of one query; ``found`` are the hits, best first."""
    gains = [1.0 if one in relevant else 0.0 for one in found[:DEPTH]]
    best = sum(1 / math.log2(rank + 2) for rank in range(min(len(relevant), DEPTH)))
    gained = sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains))
    first = next((rank for rank, gain in enumerate(gains) if gain), None)
    return Scores(
        ndcg=gained / best if best else 0.0,
        mrr=1 / (first + 1) if first is not None else 0.0,
        recall=sum(gains) / len(relevant) if relevant else 0.0,
    )


def average(scores: Iterable[Scores]) -> Scores:
    """The mean of several; zeros for none."""
    found = list(scores)
    count = len(found) or 1
    return Scores(
        sum(one.ndcg for one in found) / count,
        sum(one.mrr for one in found) / count,
        sum(one.recall for one in found) / count,
    )
