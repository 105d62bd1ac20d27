"""The app's tables, each defined beside what works with it."""

from cms.translation.exchange.models import PendingImport
from cms.translation.memory.models import MemoryEntry, MemoryKey, MemorySource
from cms.translation.roles.models import TranslatorRole
from cms.translation.syncing.models import MergeLeftover, SegmentReview
from cms.translation.terms.models import GlossaryTerm

__all__ = [
    "GlossaryTerm",
    "MemoryEntry",
    "MemoryKey",
    "MemorySource",
    "MergeLeftover",
    "PendingImport",
    "SegmentReview",
    "TranslatorRole",
]
