"""Takes a file in: first what it would change, then all of it or nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.access import translatable
from cms.translation.codes import BrokenCodesError, render_html, restore
from cms.translation.exchange.sheets import (
    Problem,
    ReadFile,
    ReadSheet,
    ReadUnit,
    Sheet,
    Unit,
    is_key,
    make_bundle,
    place_key,
)
from cms.translation.segments import Segment, save_wordings
from cms.translation.syncing.state import together
from cms.translation.terms.checking import Finding, check_terms

__all__ = ["Change", "ImportRefusedError", "Plan", "apply_import", "plan_import"]


@dataclass(frozen=True, slots=True)
class Change:
    """A segment that gets another wording, or its first."""

    sheet: Sheet
    segment: Segment
    wording: str
    line: int
    findings: list[Finding]  # where the wording departs from the glossary

    @property
    def before(self) -> str:
        """The wording that goes, or nothing."""
        return self.segment.wording


@dataclass(slots=True)
class Plan:
    """What taking a file in would do. With a problem, nothing."""

    format: str
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0
    empty: int = 0
    drafts: int = 0

    @property
    def departing(self) -> list[Change]:
        """The changes that depart from the glossary: they are warned of, and taken in."""
        return [change for change in self.changes if change.findings]

    @property
    def digest(self) -> str:
        """Names these very changes: another one means that something happened in between."""
        parts = [f"{one.segment.pk}\n{one.before}\n{one.wording}" for one in self.changes]
        return hashlib.blake2b("\n\n".join(parts).encode(), digest_size=16).hexdigest()


class ImportRefusedError(ValueError):
    """Nothing was taken in; ``problems`` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{one.line}: {one.reason}" for one in problems))
        self.problems = problems


def plan_import(read: ReadFile, user: Any = None) -> Plan:
    """Compares a file with what there is now; ``user``: whose rights are asked, None for all.

    Six queries for any number of pages, and one for the glossary.
    """
    plan = Plan(read.format, problems=list(read.problems))
    if not read.sheets and not plan.problems:
        plan.problems.append(Problem(0, gettext("There are no texts in the file.")))
    translations = _translations(read)
    known = {one.pk: one for one in translations.values()}
    allowed = None if user is None else {one.pk for one in translatable(user, known.values())}
    bundle = make_bundle(list(known.values()), read.source_locale, read.target_locale)
    sheets = {sheet.key: sheet for sheet in bundle.sheets}
    seen: set[tuple[str, str]] = set()
    for read_sheet in read.sheets:
        translation = translations.get(read_sheet.key)
        reason = _refusal(read, translation, allowed)
        if reason or translation is None:
            plan.problems.append(Problem(read_sheet.line, reason))
            continue
        sheet = sheets.get(read_sheet.key) or Sheet(translation, [])
        _plan_sheet(plan, read_sheet, sheet, seen)
    plan.problems.sort(key=lambda problem: problem.line)
    return plan


def apply_import(read: ReadFile, user: Any = None, *, digest: str | None = None) -> Plan:
    """Takes all of a file in, in one transaction, and returns what it did.

    With ``digest``, only if the changes are those that it names. Raises ImportRefusedError, with
    nothing taken in.
    """
    with together():
        keys = [sheet.key for sheet in read.sheets if is_key(sheet.key)]
        # Whoever else takes these pages' translations in waits here.
        list(Translation.objects.select_for_update().filter(uuid__in=keys).order_by("pk"))
        plan = plan_import(read, user)
        if not plan.problems and digest is not None and digest != plan.digest:
            reason = gettext("Translations have changed since the report: look at it again.")
            plan.problems.append(Problem(0, reason))
        if plan.problems:
            raise ImportRefusedError(plan.problems)
        if plan.changes:
            save_wordings(
                {change.segment: change.wording for change in plan.changes},
                plan.changes[0].sheet.translation.target_locale,
                user=user,
                kind=StringTranslation.TRANSLATION_TYPE_MANUAL,
                tool=plan.format,
            )
    return plan


def _translations(read: ReadFile) -> dict[str, Translation]:
    keys = {sheet.key for sheet in read.sheets if is_key(sheet.key)}
    rows = Translation.objects.filter(uuid__in=keys).select_related(
        "source__locale", "source__specific_content_type", "target_locale"
    )
    by_uuid = {row.uuid.hex: row for row in rows}
    return {key: by_uuid[row] for key in keys if (row := key.replace("-", "").lower()) in by_uuid}


def _refusal(read: ReadFile, translation: Translation | None, allowed: set[int] | None) -> str:
    """Why a page's part of the file can't be taken in, or nothing."""
    if translation is None:
        return gettext("This page's translation is not one of this portal's.")
    source = translation.source.locale.language_code
    target = translation.target_locale.language_code
    # Tools write en_US for en-US.
    languages = [code.replace("_", "-") for code in (read.source_locale, read.target_locale)]
    if languages != [source, target]:
        reason = gettext("The file is from “%(from)s” into “%(into)s”, this page from %(pair)s.")
        pair = f"“{source}” → “{target}”"
        return reason % {"from": languages[0], "into": languages[1], "pair": pair}
    if not translation.enabled:
        return gettext("This page's translation is no longer kept in step with its source.")
    if allowed is not None and translation.pk not in allowed:
        return gettext("You may not change this page's translation.")
    return ""


def _plan_sheet(
    plan: Plan, read_sheet: ReadSheet, sheet: Sheet, seen: set[tuple[str, str]]
) -> None:
    units = {unit.key: unit for unit in sheet.units}
    places = {place_key(unit.segment) for unit in sheet.units}
    for read_unit in read_sheet.units:
        unit = units.get(read_unit.key)
        place = sheet.key, read_unit.key
        reason = ""
        if place in seen:
            reason = gettext("This segment stands in the file twice.")
        elif unit is None and read_unit.key.partition("-")[0] in places:
            reason = gettext("The source of this segment has changed since the export.")
        elif unit is None:
            reason = gettext("The page has no such segment (any more).")
        elif unit.source != read_unit.source:
            reason = gettext("The source of this segment was changed in the file.")
        seen.add(place)
        if reason or unit is None:
            plan.problems.append(Problem(read_unit.line, reason))
        else:
            _plan_unit(plan, read_unit, unit, sheet)


def _plan_unit(plan: Plan, read: ReadUnit, unit: Unit, sheet: Sheet) -> None:
    if read.target == unit.target and read.target:
        plan.unchanged += 1
        return
    if read.target is None:
        plan.empty += 1
        return
    if read.draft:
        plan.drafts += 1
        return
    try:
        wording = render_html(restore(read.target, unit.codes))
    except BrokenCodesError as error:
        reason = gettext("The inline codes are not those of the source: %(error)s.")
        plan.problems.append(Problem(read.line, reason % {"error": error}))
        return
    if not wording.strip():
        plan.empty += 1
        return
    one = sheet.translation
    locales = one.source.locale.language_code, one.target_locale.language_code
    findings = check_terms(unit.segment.source, wording, locales)
    plan.changes.append(Change(sheet, unit.segment, wording, read.line, findings))
