"""Leaves a service alone that keeps failing, and finds out by itself when it is back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

__all__ = ["Breaker"]


class Breaker:
    """Opens after so many failures in a row; open, it lets one call through now and then.

    The first call that succeeds closes it. Safe for threads.
    """

    def __init__(
        self,
        failures: int = 5,
        pause: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``pause`` is the least time between two calls that are let through, in seconds."""
        self._most = failures
        self._pause = pause
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._next = 0.0

    @property
    def is_open(self) -> bool:
        """Whether calls are held back."""
        return self._failures >= self._most

    def allows(self) -> bool:
        """Whether the caller may call; who may must tell how it went."""
        if not self.is_open:
            return True
        with self._lock:
            now = self._clock()
            allowed = self._failures < self._most or now >= self._next
            if allowed:
                self._next = now + self._pause
            return allowed

    def succeeded(self) -> bool:
        """The call went well; returns whether this closes the breaker."""
        if not self._failures:
            return False
        with self._lock:
            closes, self._failures = self.is_open, 0
            return closes

    def failed(self) -> bool:
        """The call failed; returns whether this opens the breaker."""
        with self._lock:
            self._failures += 1
            opens = self._failures == self._most
            if opens:
                self._next = self._clock() + self._pause
            return opens
