"""What the panel asks about a segment: suggestions, terms, and whether a wording is right."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe
from wagtail_localize.models import StringSegment, Translation

from cms.translation.access import may_translate, readable_keys
from cms.translation.memory.suggesting import Suggestion, suggest
from cms.translation.side_panel.answers import (
    describe_mark,
    describe_suggestions,
    describe_term,
    find_problems,
    say_what_was_found,
    summarise,
)
from cms.translation.side_panel.marks import load_marks
from cms.translation.terms.checking import terms_in

__all__ = ["check", "look_up", "marks"]

_MAX_WORDING = 20_000


@require_safe
def look_up(request: HttpRequest) -> JsonResponse:
    """``?segment=12&locale=en``: what helps to translate a segment, as JSON.

    ``suggestions``: the likest first. ``terms``: those in the segment. ``said``: how
    many there are, for who doesn't see them. 404 for a segment that isn't translated into the
    locale, 403 for who may not translate it.
    """
    segment, translation = _segment(request, request.GET)
    source, target = translation.source.locale, translation.target_locale
    found = suggest(
        segment.string.data, source, target, readable=partial(readable_keys, request.user)
    )
    elsewhere = [one for one in found if not _is_here(one, segment)]
    terms = terms_in(segment.string.data, (source.language_code, target.language_code))
    return JsonResponse(
        {
            "suggestions": describe_suggestions(elsewhere, segment.string.data, target),
            "terms": [describe_term(term) for term in terms],
            "said": say_what_was_found(len(elsewhere), len(terms)),
        }
    )


@require_POST
def check(request: HttpRequest) -> JsonResponse:
    """``segment``, ``locale``, ``wording``: what is wrong with a wording, as JSON.

    ``problems``: inline codes that aren't the source's, and where it departs from the glossary. A
    POST, since a segment may be longer than an address. It changes nothing.
    """
    segment, translation = _segment(request, request.POST)
    locales = translation.source.locale.language_code, translation.target_locale.language_code
    wording = request.POST.get("wording", "")[:_MAX_WORDING]
    return JsonResponse({"problems": find_problems(segment.string.data, wording, locales)})


@require_safe
def marks(request: HttpRequest, translation_id: int) -> JsonResponse:
    """Every segment of a page that somebody should look at, and how many of each kind, as JSON."""
    translation = _may(request, get_object_or_404(_translations(), pk=translation_id))
    found = load_marks(translation)
    return JsonResponse(
        {
            "segments": {str(mark.segment_id): describe_mark(mark) for mark in found.marks},
            "summary": summarise(found),
            "warnings": found.departing + found.needs_review,
        }
    )


def _segment(request: HttpRequest, values: QueryDict) -> tuple[StringSegment, Translation]:
    segment_id = values.get("segment", "")
    segment = get_object_or_404(
        StringSegment.objects.select_related("string", "context", "source__locale"),
        pk=segment_id if segment_id.isascii() and segment_id.isdecimal() else None,
    )
    translation = get_object_or_404(
        _translations(),
        source=segment.source_id,
        target_locale__language_code=values.get("locale", "")[:100],
    )
    return segment, _may(request, translation)


def _translations() -> Any:
    return Translation.objects.filter(enabled=True).select_related(
        "source__locale", "source__specific_content_type", "target_locale"
    )


def _may(request: HttpRequest, translation: Translation) -> Translation:
    if not may_translate(request.user, translation):
        raise PermissionDenied
    return translation


def _is_here(suggestion: Suggestion, segment: StringSegment) -> bool:
    """Whether it is what the translator sees in the field already."""
    place = segment.context.object_id, segment.context.path
    return suggestion.current and (suggestion.object_key, suggestion.path) == place
