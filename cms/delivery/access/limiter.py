"""Counting requests: a leaky bucket for each client, whichever process of the machine it meets.

Of each key one number is kept: when its bucket will be empty again (the generic cell rate
algorithm). So there is no window at whose edge a client could ask twice as much, and nothing that
must be cleaned up: the keys whose buckets are empty first make room.
"""

from __future__ import annotations

import time
from collections.abc import Hashable
from functools import lru_cache
from typing import NamedTuple

from cms.delivery.access.table import Table

__all__ = ["Limiter", "Rate", "Verdict", "parse_rate"]

_SECONDS = {"second": 1, "minute": 60, "hour": 3600}


class Rate(NamedTuple):
    """So many requests in so many seconds."""

    amount: int
    seconds: int


class Verdict(NamedTuple):
    """What became of one request, and what the client has left; times in seconds."""

    rate: Rate
    allowed: bool
    remaining: int
    reset: float
    """Until the whole quota is there again."""
    wait: float
    """Until the next request is allowed; 0 where one is."""


@lru_cache(maxsize=500)
def parse_rate(text: str) -> Rate | None:
    """``600/minute`` as a rate; None for ``off``. Raises ValueError for anything else."""
    if text == "off":
        return None
    amount, _slash, unit = text.partition("/")
    if not amount.isdecimal() or not amount.isascii() or int(amount) < 1 or unit not in _SECONDS:
        raise ValueError("600/minute is expected: a number, a slash, second, minute or hour")
    return Rate(int(amount), _SECONDS[unit])


class Limiter:
    """The buckets of one sort of client, in a table of fixed size."""

    def __init__(self, table: Table | None = None) -> None:
        self._table = Table() if table is None else table

    def hit(self, key: Hashable, rate: Rate, now: float | None = None) -> Verdict:
        """Counts a request unless it is one too many; ``now`` is of a clock that never goes back
        and that all processes share.

        In any stretch of t seconds at most ``amount * (1 + t / seconds)`` are allowed.
        """
        now = time.monotonic() if now is None else now
        step = rate.seconds / rate.amount
        with self._table.cell(str(key)) as cell:
            # What is later than a whole quota from now was written before the clock began anew with
            # the machine, or under another rate: it passes like a quota that is used up.
            empty_at = min(max(cell.value, now), now + rate.seconds)
            wait = empty_at + step - now - rate.seconds
            allowed = wait <= 1e-6
            if allowed:
                empty_at += step
            cell.write(empty_at)
        reset = empty_at - now
        remaining = max(0, int((rate.seconds - reset) / step + 1e-6))
        return Verdict(rate, allowed, remaining, reset, 0.0 if allowed else wait)

    def clear(self) -> None:
        """Forgets every client."""
        self._table.clear()
