"""The app's tables, each defined beside what works with it."""

from cms.translation.syncing.models import MergeLeftover, SegmentReview

__all__ = ["MergeLeftover", "SegmentReview"]
