"""Where translations depart from the glossary: for the dashboard, and before one is published."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from wagtail_localize.models import Translation

from cms.translation.segments import Segment, load_segments
from cms.translation.terms.checking import Finding, check_terms

__all__ = ["SegmentFindings", "count_findings", "load_findings"]


@dataclass(frozen=True, slots=True)
class SegmentFindings:
    """A translated segment, and what in its wording isn't as the glossary has it."""

    segment: Segment
    findings: list[Finding]

    @property
    def is_enforced(self) -> bool:
        """Whether a term is among them that keeps the page from being published."""
        return any(finding.term.enforced for finding in self.findings)


def load_findings(translations: Collection[Translation]) -> dict[int, list[SegmentFindings]]:
    """By translation, the segments that depart from the glossary, in the order of the page.

    Two queries, and one more for each pair of locales whose terms this process hasn't read
    lately, for any number of translations; each needs its ``source__locale`` and
    ``target_locale``.
    """
    segments = load_segments(translations)
    found: dict[int, list[SegmentFindings]] = {}
    for one in translations:
        locales = one.source.locale.language_code, one.target_locale.language_code
        checked = (
            SegmentFindings(segment, check_terms(segment.source, segment.wording, locales))
            for segment in segments[one.pk]
        )
        found[one.pk] = [segment for segment in checked if segment.findings]
    return found


def count_findings(translations: Collection[Translation]) -> dict[int, int]:
    """How many segments of each translation depart from the glossary; as many queries."""
    return {key: len(segments) for key, segments in load_findings(translations).items()}
