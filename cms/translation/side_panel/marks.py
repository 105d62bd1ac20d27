"""The segments of a page that somebody should look at, and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from wagtail_localize.models import StringTranslation, Translation

from cms.translation.segments import load_segments
from cms.translation.terms.checking import Finding, check_terms

__all__ = ["Mark", "Marks", "load_marks"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be known of one segment's translation."""

    segment_id: int
    is_machine: bool
    tool: str
    needs_review: bool
    findings: list[Finding] = field(default_factory=list)

    def __bool__(self) -> bool:
        return self.is_machine or self.needs_review or bool(self.findings)


@dataclass(frozen=True, slots=True)
class Marks:
    """The segments of a page with something to be known, and how many there are of each kind."""

    segments: int
    translated: int
    marks: list[Mark]

    @property
    def machine(self) -> int:
        """Segments that a machine translated and nobody has changed since."""
        return sum(mark.is_machine for mark in self.marks)

    @property
    def needs_review(self) -> int:
        """Segments whose source has changed under them."""
        return sum(mark.needs_review for mark in self.marks)

    @property
    def departing(self) -> int:
        """Segments that don't keep to the glossary."""
        return sum(bool(mark.findings) for mark in self.marks)


def load_marks(translation: Translation) -> Marks:
    """The marks of a page's segments, in their order: two queries, and the glossary's."""
    segments = load_segments([translation])[translation.pk]
    locales = translation.source.locale.language_code, translation.target_locale.language_code
    found = []
    for segment in segments:
        saved = segment.translated
        if saved is None:
            continue
        machine = saved.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
        mark = Mark(
            segment_id=segment.pk,
            is_machine=machine,
            tool=saved.tool_name,
            needs_review=hasattr(saved, "review"),
            findings=check_terms(segment.source, segment.wording, locales),
        )
        if mark:
            found.append(mark)
    translated = sum(bool(segment.wording) for segment in segments)
    return Marks(len(segments), translated, found)
