"""What a translator reads about the glossary, and a reader about translated legal texts."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext

from cms.translation.terms.checking import Finding, Problem

__all__ = ["LEGAL_TYPES", "UNOFFICIAL_NOTICE", "explain", "unofficial_notice"]

LEGAL_TYPES: Final = frozenset({"official_document"})
"""Content types whose text is law: a translation of it is not."""

UNOFFICIAL_NOTICE: Final[dict[str, str]] = {
    "vi": "Bản dịch không chính thức. Chỉ văn bản tiếng Việt có giá trị pháp lý.",
    "en": "Unofficial translation. Only the Vietnamese text is legally binding.",
}
"""What a legal text in another language says of itself, by locale; English where there is none."""


def unofficial_notice(content_type: str, source_locale: str, locale: str) -> str:
    """What a page has to say of itself; nothing unless it is a translated legal text."""
    if content_type not in LEGAL_TYPES or locale == source_locale:
        return ""
    return UNOFFICIAL_NOTICE.get(locale, UNOFFICIAL_NOTICE["en"])


def explain(finding: Finding) -> str:
    """A finding as a sentence."""
    values = {"term": finding.term.source, "target": finding.term.target, "used": finding.used}
    if finding.problem is Problem.FORBIDDEN:
        return gettext("“%(used)s” is not to be used for “%(term)s”: write “%(target)s”.") % values
    return gettext("“%(term)s” is translated as “%(target)s”, which isn't there.") % values
