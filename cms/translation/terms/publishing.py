"""The glossary as a check of content, for a translation that is about to be published."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail_localize.models import Translation

from cms.translation.terms.report import SegmentFindings, load_findings
from cms.translation.terms.wording import explain

__all__ = ["check_before_publishing"]

_TOLD: Final = 3  # findings that a message tells of; the panel has all


def check_before_publishing(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """Hook `before_edit_page` and `before_edit_snippet`: when a translation is being published.

    Where it departs from the glossary, a message says so; from a binding term, it isn't published.
    Whether somebody may publish at all is asked afterwards.
    """
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    translation = _translation_of(instance)
    if translation is None:
        return None
    found = load_findings([translation])[translation.pk]
    binding = [segment for segment in found if segment.is_enforced]
    if binding:
        text = ngettext(
            "Not published: %(count)s segment departs from a binding term. %(what)s",
            "Not published: %(count)s segments depart from binding terms. %(what)s",
            len(binding),
        )
        messages.error(request, text % {"count": len(binding), "what": _tell(binding, True)})
        return redirect(request.path)
    if found:
        text = ngettext(
            "%(count)s segment departs from the glossary. %(what)s",
            "%(count)s segments depart from the glossary. %(what)s",
            len(found),
        )
        messages.warning(request, text % {"count": len(found), "what": _tell(found, False)})
    return None


def _translation_of(instance: Any) -> Translation | None:
    key = getattr(instance, "translation_key", None)
    if key is None:
        return None
    found: Translation | None = (
        Translation.objects.filter(
            source__object_id=key, target_locale=instance.locale_id, enabled=True
        )
        .select_related("source__locale", "target_locale")
        .first()
    )
    return found


def _tell(segments: list[SegmentFindings], only_binding: bool) -> str:
    """The first of the findings, each sentence once."""
    sentences = dict.fromkeys(
        explain(finding)
        for segment in segments
        for finding in segment.findings
        if finding.term.enforced or not only_binding
    )
    told = " ".join(list(sentences)[:_TOLD])
    left = len(sentences) - _TOLD
    if left > 0:
        more = ngettext("And %(count)s more.", "And %(count)s more.", left) % {"count": left}
        return f"{told} {more}"
    return told
