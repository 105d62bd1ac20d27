"""What a translator reads about the glossary."""

from __future__ import annotations

from django.utils.translation import gettext

from cms.translation.terms.checking import Finding, Problem

__all__ = ["explain"]


def explain(finding: Finding) -> str:
    """A finding as a sentence."""
    values = {"term": finding.term.source, "target": finding.term.target, "used": finding.used}
    if finding.problem is Problem.FORBIDDEN:
        return gettext("“%(used)s” is not to be used for “%(term)s”: write “%(target)s”.") % values
    return gettext("“%(term)s” is translated as “%(target)s”, which isn't there.") % values
