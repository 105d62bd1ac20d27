"""Submits or syncs a whole section from the admin, a few seconds of work at a time.

What is left is asked of the database each time, so a run can be stopped, and begun again
by anybody. The browser sends the form again by itself while something is left; without scripts
there is a button.
"""

from __future__ import annotations

import time
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.models import Locale, Page

from cms.translation.dashboard.sections import with_sections
from cms.translation.dashboard.steps import Step, known_states, with_steps
from cms.translation.roles.reach import reach_of
from cms.translation.screens import TranslationScreen
from cms.translation.syncing.submitting import Outcome, submit, sync

__all__ = ["SectionRunView"]

_SECONDS: Final = 5  # of work in one request, and at least one page


class SectionRunView(TranslationScreen, TemplateView):
    """Asks first, then works and shows how far it is; ``step`` is what is done."""

    template_name = "translation/dashboard/run.html"
    step = Step.SUBMIT

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.section = get_object_or_404(Page, pk=kwargs["page_id"])
        self.target = get_object_or_404(Locale, language_code=kwargs["code"])
        self.outcome = Outcome()
        self.done = _number(request.POST.get("done", ""))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.reach = reach_of(request.user)
        if not self.reach.reads(self.section):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        if self.step is Step.SYNC:
            return gettext("Sync a section")
        return gettext("Submit a section")

    def get_page_subtitle(self) -> str:
        return f"{self.section.get_admin_display_title()} → {self.target.get_display_name()}"

    @cached_property
    def failed(self) -> list[int]:
        """Pages that failed in this run, which are not tried again in it."""
        return [_number(one) for one in self.request.POST.getlist("failed")]

    def left(self) -> list[int]:
        """The pages that the user may do this with and that need it, parents first."""
        rows = with_sections(with_steps(known_states(self.reach), self.reach)).filter(
            section=self.section.path,
            locale=self.target.language_code,
            rank=self.step.rank,
            mine=True,
        )
        ids = rows.order_by("source__path").values_list("source_id", flat=True)
        return [one for one in ids if one not in self.failed]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Works for a few seconds; back to the dashboard once nothing is left."""
        until = time.monotonic() + _SECONDS
        for page_id in self.left():
            self._work(page_id)
            if time.monotonic() > until:
                break
        if self.left() or self.outcome.failed:
            return self.render_to_response(self.get_context_data(running=True))
        self._say_done()
        return redirect("translation_dashboard:index")

    def _work(self, page_id: int) -> None:
        if self.step is Step.SYNC:
            outcome = sync([page_id], self.request.user)
        else:
            outcome = submit([page_id], [self.target], self.request.user)
        self.outcome.failed.update(outcome.failed)
        self.failed.extend(outcome.failed)
        self.done += len(outcome.done) + len(outcome.unchanged)

    def _say_done(self) -> None:
        if self.step is Step.SYNC:
            text = ngettext("%(count)s page was synced.", "%(count)s pages were synced.", self.done)
        else:
            text = ngettext(
                "%(count)s page was submitted.", "%(count)s pages were submitted.", self.done
            )
        messages.success(self.request, text % {"count": self.done})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        left = len(self.left())
        titles = Page.objects.in_bulk(self.failed)
        return super().get_context_data(
            **kwargs,
            is_sync=self.step is Step.SYNC,
            left=left,
            done=self.done,
            total=self.done + left,
            failed=self.failed,
            failures=[
                (titles[pk].get_admin_display_title() if pk in titles else pk, reason)
                for pk, reason in self.outcome.failed.items()
            ],
        )


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 12 else 0
