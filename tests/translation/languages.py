"""A portal with English and French trees, and translators at work on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.changes.duties import run_duty
from cms.pages.models import SectionPolicy, TranslationState
from cms.pages.translation_states import load_states
from cms.translation.dashboard.steps import Step, known_states, with_steps
from cms.translation.policies import MakeAliases
from cms.translation.roles.reach import Reach
from tests.fixtures.portal import Portal

__all__ = [
    "DASHBOARD",
    "ENGLISH",
    "EVERYTHING",
    "Policy",
    "aliases",
    "begin",
    "edit",
    "next_step",
    "rule",
    "shown",
    "state",
    "submit",
    "translate",
]

DASHBOARD = "/admin/translation-dashboard/"
EVERYTHING = Reach(everything=True)
ENGLISH: dict[str, Any] = {"locale": "en", "type": "article", "sort": "title"}
"""Asks the API for the articles in English."""

Policy = SectionPolicy.Policy


def begin(portal: Portal, *codes: str) -> list[Locale]:
    """The locales, with a translation of the portal's own pages in each."""
    locales = [Locale.objects.get_or_create(language_code=code)[0] for code in codes]
    for page in (portal.home, portal.news, portal.texts):
        translate_object(page, locales)
    return locales


def submit(page: Page, locale: Locale) -> Translation:
    """The page's translation into the locale, begun now."""
    translate_object(page, [locale])
    return Translation.objects.get(source__object_id=page.translation_key, target_locale=locale)


def translate(
    translation: Translation, *only: str, machine: bool = False, words: str = "EN"
) -> None:
    """Translates every segment, or those with these texts."""
    segments = StringSegment.objects.filter(source=translation.source)
    for segment in segments.select_related("string"):
        if not only or segment.string.data in only:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=translation.target_locale,
                context=segment.context,
                defaults={
                    "data": f"{words} {segment.string.data}",
                    "translation_type": "machine" if machine else "manual",
                },
            )


def shown(translation: Translation) -> dict[str, str | None]:
    """What each text of the source is in the translation, by the text."""
    segments: Iterable[StringSegment] = (
        StringSegment.objects.filter(source=translation.source)
        .annotate_translation(translation.target_locale)
        .select_related("string")
    )
    return {segment.string.data: segment.translation for segment in segments}


def state(page: Page, locale: str = "en") -> TranslationState:
    """Where the page's translation stands."""
    return load_states([page.pk])[page.pk, locale]


def next_step(page: Page, reach: Reach = EVERYTHING, locale: str = "en") -> tuple[str, bool]:
    """The step, and whether it is the user's to take."""
    found: Any = with_steps(known_states(reach), reach).get(source=page, locale=locale)
    return Step.of(found.rank), found.mine


def edit(page: Page, title: str) -> None:
    """Publishes the page under another title."""
    page.title = title
    page.save_revision().publish()


def rule(page: Page, policy: str, locale: str = "en") -> SectionPolicy:
    """What an untranslated page of the section is in the language."""
    made: SectionPolicy = SectionPolicy.objects.create(page=page, locale=locale, policy=policy)
    return made


def aliases() -> int:
    """Makes the aliases that the rules ask for, as the worker does; how many."""
    return run_duty(MakeAliases())
