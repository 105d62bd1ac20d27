"""Loads the demo portal's translations the way an office makes them.

A page is submitted, its segments come in from a file, the translation is saved and published; where
the catalogue says so the source is edited afterwards. So states, memory and provenance are those of
a portal in use.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    SegmentOverride,
    Translation,
    TranslationContext,
    TranslationSource,
)

from cms.pages.kinds import IntakeError
from cms.pages.transfer.addresses import read_address
from cms.pages.transfer.importer import Importer
from cms.pages.transfer.outcome import Outcome, Tally
from cms.portal.catalogues import Catalogue
from cms.portal.content import CONTENT_FOLDER, read_facts_file
from cms.portal.edited import was_edited
from cms.portal.models import SiteFacts
from cms.translation.codes import BrokenCodesError, number, parse_html
from cms.translation.exchange.importing import ImportRefusedError, apply_import
from cms.translation.exchange.sheets import ReadFile, ReadSheet, ReadUnit, make_bundle
from cms.translation.syncing.state import together
from cms.translation.syncing.submitting import submit, sync
from cms.vietnamese.slugs import slugify

__all__ = ["lacks_translations", "load_translations"]


def lacks_translations(content: Path = CONTENT_FOLDER) -> bool:
    """Whether this is the demo portal of a version that shipped without them.

    Where anybody has begun to translate, even if nothing of it is left, it is not.
    """
    name = read_facts_file(content).get("name")
    return (
        SiteFacts.objects.filter(name=name).exists()
        and not TranslationSource.objects.exists()
        and not Page.objects.filter(depth__gt=1)
        .exclude(locale__language_code=settings.LANGUAGE_CODE)
        .exists()
    )


def load_translations(
    catalogues: Iterable[Catalogue], importer: Importer, tally: Tally, problems: list[str]
) -> None:
    """Makes the translations that are missing, each whole or not at all.

    One that is there is left as it is, whoever made it.
    """
    for catalogue in catalogues:
        try:
            tally[_load(catalogue, importer)] += 1
        except (IntakeError, ImportRefusedError, ValidationError, BrokenCodesError) as error:
            problems.append(f"{catalogue.source}: {error}")
            tally[Outcome.FAILED] += 1


def _load(catalogue: Catalogue, importer: Importer) -> Outcome:
    line = catalogue.line
    found = importer.intake.finder.find(read_address(line.get("path"), line.get("locale")))
    if found is None:  # deleted, or its import has failed and said why
        return Outcome.UNCHANGED
    locale = Locale.objects.get(language_code=catalogue.locale)
    if _translated(found, locale) is not None or _is_taken(found, locale, catalogue):
        return Outcome.UNCHANGED
    as_shipped = not was_edited(found)
    former = catalogue.former_line if as_shipped else None
    with transaction.atomic():
        if former is not None:
            importer.apply(former, final=True)
        with together():
            _translate(found, locale, catalogue)
            # What a person has written since may not be translated: a translator will look.
            if catalogue.is_published and as_shipped:
                _publish(found, locale)
        if former is not None:
            importer.apply(line, final=True)
            if catalogue.is_synced:
                sync([found.pk])
    # The first page in a language brings that language's tree.
    importer.intake.forget()
    return Outcome.CREATED


def _translate(page: Page, locale: Locale, catalogue: Catalogue) -> None:
    outcome = submit([page.pk], [locale])
    if outcome.failed:
        raise IntakeError(outcome.failed[page.pk])
    translation = Translation.objects.select_related("source__locale", "target_locale").get(
        source__object_id=page.translation_key, target_locale=locale
    )
    if catalogue.slug:
        _choose_slug(translation, catalogue.slug)
    if catalogue.wordings:
        apply_import(_as_file(translation, catalogue))
    translation.save_target(publish=False)


def _as_file(translation: Translation, catalogue: Catalogue) -> ReadFile:
    """The catalogue as a file from this portal would be: texts that the page lacks are left out."""
    source = translation.source.locale.language_code
    bundle = make_bundle([translation], source, catalogue.locale)
    sheets = [ReadSheet(sheet.key, 0) for sheet in bundle.sheets]
    for read, sheet in zip(sheets, bundle.sheets, strict=True):
        for unit in sheet.units:
            if wording := catalogue.wordings.get(unit.segment.source):
                target = number(parse_html(wording), unit.codes)
                read.units.append(ReadUnit(unit.key, 0, unit.source, target))
    return ReadFile("PO", source, catalogue.locale, sheets)


def _choose_slug(translation: Translation, slug: str) -> None:
    """As a translator does beside the source's own."""
    context = TranslationContext.objects.get(object_id=translation.source.object_id, path="slug")
    SegmentOverride.objects.update_or_create(
        context=context, locale=translation.target_locale, defaults={"data_json": json.dumps(slug)}
    )


def _publish(source: Page, locale: Locale) -> None:
    """On the day on which its source was: the demo portal has a past."""
    page: Any = _translated(source, locale)
    moment = Page.objects.values_list("first_published_at", flat=True).get(pk=source.pk)
    Page.objects.filter(pk=page.pk).update(first_published_at=moment)
    page.get_latest_revision().publish()


def _is_taken(source: Page, locale: Locale, catalogue: Catalogue) -> bool:
    """Whether the translation of a page that was deleted, and came back as another, is there."""
    parent = _translated(source.get_parent(), locale)
    title = catalogue.wordings.get(str(catalogue.line.get("title")), "")
    slug = catalogue.slug or slugify(title, max_length=200)
    return parent is not None and parent.get_children().filter(slug=slug).exists()


def _translated(source: Page, locale: Locale) -> Page | None:
    pages = Page.objects.filter(translation_key=source.translation_key, locale=locale)
    found: Page | None = pages.filter(alias_of=None).first()
    return found
