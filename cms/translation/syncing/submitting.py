"""Submits pages for translation and syncs them: one page or a section of hundreds.

Each page is a piece of work of its own, done whole or not at all, so that a long run can be stopped
and begun again, and one page that fails takes no other with it. What is submitted already is left
as it is. A view, a command or a background task may call it; each passes what shows progress.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.fields import StreamField
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import TranslationCreator

from cms.translation.syncing.completing import complete
from cms.translation.syncing.state import refresh_groups, together

__all__ = ["Outcome", "Progress", "section_of", "submit", "sync"]

type Progress = Callable[[int, int], None]
"""Called with how many pages are done, and how many there are."""


@dataclass(slots=True)
class Outcome:
    """What became of the pages, by their id."""

    done: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    """Nothing was to be done: submitted before, or the same as at the last sync."""
    failed: dict[int, str] = field(default_factory=dict)
    """Why a page was passed over, in words for people."""


def section_of(page: Page) -> list[int]:
    """The ids of a page and of all below it, parents before their children.

    Aliases are left out: each is a translation already, or shows another page's text.
    """
    pages = Page.objects.descendant_of(page, inclusive=True).filter(alias_of=None)
    return list(pages.order_by("path").values_list("pk", flat=True))


def submit(
    pages: Iterable[int],
    locales: Iterable[Locale],
    user: Any = None,
    progress: Progress | None = None,
) -> Outcome:
    """Begins the translation of pages into locales, as drafts; one that was stopped goes on.

    Pages above them that have no translation yet come as aliases, so give a section's own page
    before those below it (:func:`section_of`).
    """
    into = list(locales)

    def begin(page: Page) -> bool:
        missing = [locale for locale in into if not _is_submitted(page, locale)]
        if missing:
            TranslationCreator(user, missing).create_translations(page)
        return bool(missing)

    return _each(pages, begin, progress)


def sync(
    pages: Iterable[int],
    user: Any = None,
    *,
    publish: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Takes the segments from source pages anew; translations are carried over.

    ``publish`` also brings the translated pages up to date with what is translated by now.
    """

    def renew(page: Page) -> bool:
        source = TranslationSource.objects.get_for_instance_or_none(page)
        if source is None:
            raise ValidationError(gettext("The page was never submitted for translation."))
        if changed := _is_changed(source):
            source.update_from_db()
        else:
            # The same text in a newer revision: that is in step as well.
            frozen = {**json.loads(source.content_json), "live_revision": page.live_revision_id}
            TranslationSource.objects.filter(pk=source.pk).update(
                content_json=json.dumps(frozen), last_updated_at=timezone.now()
            )
            refresh_groups([source.object_id])
        for translation in source.translations.filter(enabled=True).select_related("target_locale"):
            if publish:
                translation.save_target(user=user, publish=True)
            else:
                source.update_target_view_restrictions(translation.target_locale)
        return changed

    return _each(pages, renew, progress)


def _is_submitted(page: Page, locale: Locale) -> bool:
    """Also true of the page's own locale, and where a page stands that nobody submitted."""
    if page.locale_id == locale.pk:
        return True
    there = Page.objects.filter(
        translation_key=page.translation_key, locale=locale, alias_of=None
    ).exists()
    begun = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=locale
    ).values_list("enabled", flat=True)
    return there and all(begun)


def _is_changed(source: TranslationSource) -> bool:
    model = source.specific_content_type.model_class()
    now = json.loads(
        json.dumps(source.get_source_instance().serializable_data(), cls=DjangoJSONEncoder)
    )
    complete(model, now)
    before = json.loads(source.content_json)
    return _content(model, now) != _content(model, before)


# What publishing writes to a page beside its content.
_OCCASION = {
    "latest_revision", "latest_revision_created_at", "live_revision", "last_published_at",
    "first_published_at", "has_unpublished_changes", "draft_title", "comments", "locked",
    "locked_at", "locked_by", "go_live_at", "live", "numchild", "path", "depth", "url_path",
}  # fmt: skip


def _content(model: type[Any], data: dict[str, Any]) -> dict[str, Any]:
    """What a page says; streams are parsed, because the same one may be written in several ways."""
    streams = {field.name for field in model._meta.get_fields() if isinstance(field, StreamField)}
    return {
        name: json.loads(value or "[]") if name in streams and isinstance(value, str) else value
        for name, value in data.items()
        if name not in _OCCASION
    }


def _each(pages: Iterable[int], work: Callable[[Page], bool], progress: Progress | None) -> Outcome:
    ids = list(dict.fromkeys(pages))
    outcome = Outcome()
    for number, page_id in enumerate(ids, 1):
        try:
            with together():
                page = Page.objects.get(pk=page_id).specific
                (outcome.done if work(page) else outcome.unchanged).append(page_id)
        except Page.DoesNotExist:
            outcome.failed[page_id] = gettext("The page is gone.")
        except ValidationError as error:
            outcome.failed[page_id] = " ".join(error.messages)
        if progress is not None:
            progress(number, len(ids))
    return outcome
