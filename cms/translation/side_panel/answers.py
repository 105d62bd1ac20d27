"""How the panel's answers read: all that is shown is written here, in the user's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, ngettext_lazy
from wagtail.models import Locale, Page

from cms.translation.codes import BrokenCodesError, compare_codes
from cms.translation.memory.suggesting import Suggestion
from cms.translation.reviewing.differences import compare_words
from cms.translation.side_panel.marks import Mark, Marks
from cms.translation.terms.checking import check_terms
from cms.translation.terms.glossary import Term
from cms.translation.terms.wording import explain

__all__ = [
    "describe_mark",
    "describe_suggestions",
    "describe_term",
    "find_problems",
    "say_what_was_found",
    "summarise",
]


def describe_suggestions(
    found: Sequence[Suggestion], source: str, locale: Locale
) -> list[dict[str, Any]]:
    """Suggestions with the names of their pages and translators: two queries for all.

    ``difference`` is what sets the text that was translated there apart from ``source``; nothing
    where they are the same.
    """
    keys = {suggestion.object_key for suggestion in found}
    pages = {
        page.translation_key: page
        for page in Page.objects.filter(translation_key__in=keys, locale=locale)
    }
    people = get_user_model().objects.in_bulk({one.user_id for one in found if one.user_id})
    return [
        {
            "wording": one.wording,
            "likeness": one.likeness,
            "current": one.current,
            "machine": one.is_machine,
            "difference": _difference(one.source, source),
            "page": _page(pages.get(one.object_key)),
            "whence": _whence(one, people.get(one.user_id)),
        }
        for one in found
    ]


def describe_term(term: Term) -> dict[str, Any]:
    """A term with all that may be written for it, and what may not."""
    return {
        "source": term.source,
        "target": term.target,
        "also": list(term.targets[1:]),
        "forbidden": list(term.forbidden),
        "enforced": term.enforced,
        "note": term.note,
    }


def say_what_was_found(suggestions: int, terms: int) -> str:
    """How much there is for a segment, in a sentence."""
    one = ngettext("%(count)s suggestion", "%(count)s suggestions", suggestions)
    other = ngettext("%(count)s term", "%(count)s terms", terms)
    return f"{one % {'count': suggestions}}, {other % {'count': terms}}"


def find_problems(source: str, wording: str, locales: tuple[str, str]) -> list[dict[str, Any]]:
    """What is wrong with a wording; with an empty one, nothing yet."""
    if not wording.strip():
        return []
    problems = []
    try:
        compare_codes(source, wording)
    except BrokenCodesError as error:
        text = gettext("The inline codes are not those of the source: %(error)s.")
        problems.append({"kind": "codes", "text": text % {"error": error}, "binding": True})
    for finding in check_terms(source, wording, locales):
        binding = finding.term.enforced
        kind = finding.problem.value
        problems.append({"kind": kind, "text": explain(finding), "binding": binding})
    return problems


def describe_mark(mark: Mark) -> list[dict[str, str]]:
    """What stands beside a segment: for each mark its kind and its text."""
    marks = []
    if mark.is_machine:
        said = gettext("Machine translation")
        text = f"{said}: {mark.tool}" if mark.tool else said
        marks.append({"kind": "machine", "text": text})
    if mark.needs_review:
        marks.append({"kind": "review", "text": gettext("To be reviewed")})
    marks += [{"kind": "terms", "text": explain(finding)} for finding in mark.findings]
    return marks


_SUMMARIES = {
    "machine": ngettext_lazy(
        "%(count)s segment was translated by a machine",
        "%(count)s segments were translated by a machine",
        "count",
    ),
    "review": ngettext_lazy(
        "%(count)s segment needs a review", "%(count)s segments need a review", "count"
    ),
    "terms": ngettext_lazy(
        "%(count)s segment departs from the glossary",
        "%(count)s segments depart from the glossary",
        "count",
    ),
}


def summarise(found: Marks) -> list[dict[str, str]]:
    """How the page stands, a line for each thing that can be said of it."""
    text = ngettext(
        "%(translated)s of %(count)s segment is translated",
        "%(translated)s of %(count)s segments are translated",
        found.segments,
    )
    values = {"translated": found.translated, "count": found.segments}
    counts = {
        "machine": found.machine, "review": found.needs_review, "terms": found.departing
    }  # fmt: skip
    return [
        {"kind": "translated", "text": text % values},
        *(
            {"kind": kind, "text": _SUMMARIES[kind] % {"count": count}}
            for kind, count in counts.items()
            if count
        ),
    ]


def _difference(before: str, now: str) -> list[dict[str, str]]:
    if before == now:
        return []
    return [{"kind": piece.kind, "text": piece.text} for piece in compare_words(before, now)]


def _whence(suggestion: Suggestion, person: Any) -> str:
    """Who made it, by what, and when."""
    made_by = [_name(person), suggestion.tool]
    day = date_format(localtime(suggestion.used_at), "SHORT_DATE_FORMAT")
    return " · ".join([*filter(None, made_by), day])


def _name(person: Any) -> str:
    return "" if person is None else str(person.get_full_name() or person.get_username())


def _page(page: Page | None) -> dict[str, str] | None:
    if page is None:
        return None
    return {
        "title": page.get_admin_display_title(),
        "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
