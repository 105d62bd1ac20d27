"""Counting requests: a leaky bucket for each client, in bounded memory of one process.

Of each key one number is kept: when its bucket will be empty again (the generic cell rate
algorithm). So there is no window at whose edge a client could ask twice as much, and nothing that
must be cleaned up: the keys that were seen least recently make room.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable
from functools import lru_cache
from typing import NamedTuple

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
    """The buckets of one sort of client; ``max_keys`` bounds their number."""

    def __init__(self, max_keys: int = 50_000) -> None:
        self._max_keys = max_keys
        self._empty_at: OrderedDict[Hashable, float] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._empty_at)

    def hit(self, key: Hashable, rate: Rate, now: float | None = None) -> Verdict:
        """Counts a request unless it is one too many; ``now`` is of a clock that never goes back.

        In any stretch of t seconds at most ``amount * (1 + t / seconds)`` are allowed.
        """
        now = time.monotonic() if now is None else now
        step = rate.seconds / rate.amount
        with self._lock:
            empty_at = max(self._empty_at.get(key, now), now)
            wait = empty_at + step - now - rate.seconds
            allowed = wait <= 1e-6
            if allowed:
                empty_at += step
                self._empty_at[key] = empty_at
                self._empty_at.move_to_end(key)
                if len(self._empty_at) > self._max_keys:
                    self._empty_at.popitem(last=False)
        reset = empty_at - now
        remaining = max(0, int((rate.seconds - reset) / step + 1e-6))
        return Verdict(rate, allowed, remaining, reset, 0.0 if allowed else wait)

    def clear(self) -> None:
        """Forgets every client."""
        with self._lock:
            self._empty_at.clear()
