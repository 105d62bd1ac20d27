"""What became of the lines of an import."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

__all__ = ["Outcome", "Tally"]


class Outcome(StrEnum):
    """What a line did."""

    CREATED = "created"
    UPDATED = "updated"
    DRAFTED = "drafted"
    """An unpublished page got a new draft: an import never publishes what an editor took back."""
    UNCHANGED = "unchanged"
    SKIPPED = "passed over"
    """Outside of what was asked for."""
    DEFERRED = "deferred"
    """It names something that isn't here yet; tried again when all lines were read."""
    BEGUN = "begun"
    """The same, and it was made without that meanwhile, so that others can name it."""
    FAILED = "failed"


class Tally(Counter[Outcome]):
    """How many lines came to each end."""

    @property
    def failed(self) -> int:
        """How many lines are not in the database now."""
        return self[Outcome.FAILED]

    def __str__(self) -> str:
        """``12 created, 0 updated, 3 unchanged, 0 failed`` and, where there are any, the rest."""
        always = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.FAILED)
        rest = (Outcome.DRAFTED, Outcome.SKIPPED)
        shown = [*always, *(outcome for outcome in rest if self[outcome])]
        return ", ".join(f"{self[outcome]} {outcome}" for outcome in shown)
