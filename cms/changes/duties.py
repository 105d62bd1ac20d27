"""Duties: work that becomes due with time rather than with a change.

Scheduled publishing, expiry, stale documents. Each due item stands alone: one that fails does
not hold back the others, and is tried again after a pause.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from cms.changes import failures

__all__ = ["Duty", "run_duty"]


class Duty:
    """Base of every duty.

    ``run`` locks its item in a transaction and looks again whether it is still due, so that
    two workers never do the same item twice.
    """

    name: ClassVar[str]

    def due(self) -> Iterable[str]:
        """Keys of the items that are due now, the longest due first."""
        raise NotImplementedError

    def run(self, key: str) -> bool:
        """Does one item; False when it was no longer due. Any exception means "not yet"."""
        raise NotImplementedError

    def stop(self) -> None:
        """Has what was begun beside the worker end soon; called from a signal's handler."""

    def finish(self) -> int:
        """Waits for what was begun beside the worker; returns how much that was."""
        return 0


def run_duty(duty: Duty, limit: int = 500) -> int:
    """Does the due items that aren't waiting after a failure; returns how many were done."""
    waiting = failures.waiting_keys(duty.name)
    done = 0
    for key in duty.due():
        if key in waiting:
            continue
        try:
            done += duty.run(key)
        except Exception as error:  # noqa: BLE001 - the worker's boundary: the failure is stored
            failures.record(duty.name, key, error)
        else:
            failures.settle(duty.name, key)  # it may have failed before
        if done >= limit:
            break
    return done
