"""What the editor asks about a segment: suggestions, terms, whether a wording keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation

from cms.translation.access import may_translate, readable_keys
from cms.translation.memory.suggesting import Suggestion, suggest
from cms.translation.terms.checking import Finding, check_terms, terms_in
from cms.translation.terms.glossary import Term
from cms.translation.terms.wording import explain

__all__ = ["look_up"]


@require_safe
def look_up(request: HttpRequest) -> JsonResponse:
    """``?segment=12&locale=en``: what helps to translate a segment, as JSON.

    ``suggestions``: the likest first. ``terms``: those in the segment. With ``&wording=…`` also
    ``findings``: where that wording breaks the glossary. 404 for a segment that isn't translated
    into the locale, 403 for who may not translate it.
    """
    segment_id = request.GET.get("segment", "")
    segment = get_object_or_404(
        StringSegment.objects.select_related("string", "context", "source__locale"),
        pk=segment_id if segment_id.isascii() and segment_id.isdecimal() else None,
    )
    translation = get_object_or_404(
        Translation.objects.select_related(
            "source__locale", "source__specific_content_type", "target_locale"
        ),
        source=segment.source_id,
        target_locale__language_code=request.GET.get("locale", "")[:100],
        enabled=True,
    )
    if not may_translate(request.user, translation):
        raise PermissionDenied
    source, target = translation.source.locale, translation.target_locale
    locales = source.language_code, target.language_code
    found = suggest(
        segment.string.data, source, target, readable=partial(readable_keys, request.user)
    )
    return JsonResponse(
        {
            "suggestions": _describe(found, target.pk),
            "terms": [_term(term) for term in terms_in(segment.string.data, locales)],
            "findings": [
                _finding(finding)
                for finding in check_terms(
                    segment.string.data, request.GET.get("wording", "")[:20_000], locales
                )
            ],
        }
    )


def _describe(found: Sequence[Suggestion], locale_id: int) -> list[dict[str, Any]]:
    """Suggestions with the names of their pages and translators: two queries for all."""
    keys = {suggestion.object_key for suggestion in found}
    pages = {
        page.translation_key: page
        for page in Page.objects.filter(translation_key__in=keys, locale=locale_id)
    }
    people = get_user_model().objects.in_bulk({one.user_id for one in found if one.user_id})
    return [
        {
            "source": one.source,
            "wording": one.wording,
            "likeness": one.likeness,
            "current": one.current,
            "page": _page(pages.get(one.object_key)),
            "at": one.used_at.isoformat(),
            "by": str(people[one.user_id]) if one.user_id in people else None,
            "tool": one.tool or None,
            "machine": one.is_machine,
        }
        for one in found
    ]


def _page(page: Page | None) -> dict[str, str] | None:
    if page is None:
        return None
    return {
        "title": page.get_admin_display_title(),
        "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }


def _term(term: Term) -> dict[str, Any]:
    return {
        "source": term.source,
        "target": term.target,
        "also": list(term.targets[1:]),
        "forbidden": list(term.forbidden),
        "note": term.note,
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {"problem": finding.problem.value, "term": finding.term.source, "text": explain(finding)}
