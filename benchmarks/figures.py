"""What rounds come to: medians, and ratios of rounds that were run in turn."""

from __future__ import annotations

from statistics import median
from typing import Self

__all__ = ["Rounds"]


class Rounds:
    """Base of what is measured in rounds: requests a second and processor seconds a request."""

    rates: list[float]
    costs: list[float]

    @property
    def rate(self) -> float:
        """The median of the rounds."""
        return median(self.rates)

    @property
    def cost(self) -> float:
        """The median of the rounds."""
        return median(self.costs)

    @property
    def spread(self) -> float:
        """How far the rounds lie apart, as a part of the median: how noisy the figure is."""
        return (max(self.rates) - min(self.rates)) / self.rate

    def ratio_to(self, other: Self) -> float:
        """How many times as many requests, as the median of the rounds' own ratios."""
        return median(a / b for a, b in zip(self.rates, other.rates, strict=True))

    def cost_ratio_to(self, other: Self) -> float:
        """How many times as much processor time the other takes."""
        return median(b / a for a, b in zip(self.costs, other.costs, strict=True))
