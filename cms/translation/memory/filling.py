"""Fills in what the memory knows for certain."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from wagtail_localize.models import Translation

from cms.translation.access import readable_keys
from cms.translation.memory.suggesting import exact_wordings
from cms.translation.segments import load_segments, missing, save_wording
from cms.translation.syncing.state import together

__all__ = ["MEMORY_TOOL", "Filled", "fill_from_memory"]

MEMORY_TOOL: Final = "memory"
"""What a segment that was filled so names as its tool."""


@dataclass(frozen=True, slots=True)
class Filled:
    """How many segments were filled, and how many have several wordings to choose from."""

    filled: int = 0
    ambiguous: int = 0


def fill_from_memory(translations: Collection[Translation], user: Any) -> Filled:
    """Translates each empty segment whose very text has one wording elsewhere, and only one.

    What is translated already stays as it is. A wording keeps saying whether a person or a machine
    made it; all translations are into one locale.
    """
    segments = [
        segment
        for segments in load_segments(translations).values()
        for segment in missing(segments)
    ]
    if not segments:
        return Filled()
    locale = next(iter(translations)).target_locale
    known = exact_wordings(
        {segment.string_id for segment in segments}, locale, partial(readable_keys, user)
    )
    filled = ambiguous = 0
    with together():
        for segment in segments:
            entries = known.get(segment.string_id, [])
            wordings = {entry.wording for entry in entries}
            if len(wordings) > 1:
                ambiguous += 1
            elif wordings:
                entry = entries[0]
                save_wording(
                    segment, locale, entry.wording, user=user, kind=entry.kind, tool=MEMORY_TOOL
                )
                filled += 1
    return Filled(filled, ambiguous)
