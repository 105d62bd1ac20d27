"""What the list says of one translation: what changed, what is next, and who does it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from cms.pages.models import TranslationState
from cms.translation.dashboard.steps import Step
from cms.translation.roles.models import TranslatorRole

__all__ = ["Work"]


class Work:
    """One row of the list; ``state`` comes from :func:`with_steps` and :func:`with_links`."""

    def __init__(self, state: Any, roles: Collection[TranslatorRole], next_url: str) -> None:
        self.state: TranslationState = state
        self.step = Step.of(state.rank)
        self.mine: bool = state.mine
        self.source = state.source
        self._row = state
        self._roles = roles
        self._next = urlencode({"next": next_url})

    @property
    def url(self) -> str:
        """Where the next step is taken, or nothing."""
        row = self._row
        match self.step:
            case Step.SUBMIT:
                address = reverse("wagtail_localize:submit_page_translation", args=[row.source_id])
                return f"{address}?select_locale={row.locale}&{self._next}"
            case Step.SYNC if row.link_source_id is not None:
                address = reverse("wagtail_localize:update_translations", args=[row.link_source_id])
                return f"{address}?{self._next}"
            case Step.REVIEW if row.link_id is not None:
                return reverse("translation_reviews:review", args=[row.link_id])
            case Step.TRANSLATE | Step.REVISE | Step.PUBLISH:
                return reverse("wagtailadmin_pages:edit", args=[row.translation_id])
        return ""

    @property
    def source_url(self) -> str:
        """Where the source is read."""
        return reverse("translation_source", args=[self._row.source_id])

    @property
    def changes(self) -> list[str]:
        """What a translator has to know, the most pressing first."""
        return list(self._changes())

    def _changes(self) -> Iterator[str]:
        row = self._row
        if not row.source.live:
            yield gettext("The source is not published.")
        if row.outdated_since is not None:
            text = gettext("Source edited after the last sync, %(when)s")
            when = timezone.localtime(row.outdated_since)
            yield text % {"when": date_format(when, "SHORT_DATETIME_FORMAT")}
        if row.needs_review:
            text = ngettext(
                "%(count)s segment to be reviewed",
                "%(count)s segments to be reviewed",
                row.needs_review,
            )
            yield text % {"count": row.needs_review}
        if left := row.segments - row.translated:
            text = ngettext("%(count)s segment left", "%(count)s segments left", left)
            yield text % {"count": left}
        if row.machine:
            text = ngettext(
                "%(count)s segment by machine", "%(count)s segments by machine", row.machine
            )
            yield text % {"count": row.machine}
        if row.status != TranslationState.Status.MISSING and not row.published:
            yield gettext("Not published")
        elif self.step is Step.PUBLISH:
            yield gettext("Newer than what readers see")

    @property
    def people(self) -> list[str]:
        """The groups whose role covers this translation and its next step."""
        path, locale = self.source.path, self.state.locale
        return sorted(
            {
                role.group.name
                for role in self._roles
                if role.target_locale.language_code == locale
                and path.startswith(role.section.path)
                and (role.may_publish or self.step is not Step.PUBLISH)
            }
        )
