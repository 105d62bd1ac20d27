"""What goes wrong in measuring."""

from __future__ import annotations

__all__ = ["BenchmarkError"]


class BenchmarkError(RuntimeError):
    """A measurement can't be made, or would not measure what it says."""
