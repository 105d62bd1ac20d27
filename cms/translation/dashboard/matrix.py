"""Sections × languages, counted by the database in one query for any number of pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Count, Q, Sum
from wagtail.models import Locale

from cms.pages.models import TranslationState
from cms.translation.dashboard.sections import Section, load_sections, with_sections
from cms.translation.dashboard.steps import Step, known_states, with_steps
from cms.translation.roles.reach import Reach

__all__ = ["STATES", "Cell", "Matrix", "load_matrix"]

_STATUS = TranslationState.Status

# What a page is counted under, each by itself: a page can be outdated and unpublished.
STATES: Final = {
    "missing": Q(status=_STATUS.MISSING),
    "partial": Q(status=_STATUS.PARTIAL),
    "complete": Q(status=_STATUS.COMPLETE),
    "review": Q(needs_review__gt=0),
    "machine": Q(machine__gt=0),
    "outdated": Q(outdated_since__isnull=False),
    "unpublished": ~Q(status=_STATUS.MISSING) & Q(published=False),
}


@dataclass(slots=True)
class Cell:
    """Counts of pages: of one section in one language, or of several together."""

    pages: int = 0
    percents: int = 0
    """The sum of the pages' percents: each page counts the same, however long it is."""
    states: Counter[str] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)
    """What the user may do next, by :class:`Step`."""

    @property
    def percent(self) -> int:
        """0–100, rounded down: 100 means that nothing is left."""
        return self.percents // self.pages if self.pages else 0

    def add(self, other: Cell) -> None:
        """Takes another cell's counts in."""
        self.pages += other.pages
        self.percents += other.percents
        self.states += other.states
        self.steps += other.steps


@dataclass(slots=True)
class Matrix:
    """The whole of it."""

    locales: dict[str, str] = field(default_factory=dict)
    """Names of the languages that something is translated into, by code."""
    sections: list[Section] = field(default_factory=list)
    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    """By path of the section and locale."""
    total: Cell = field(default_factory=Cell)

    def rows(self) -> list[tuple[Section, list[tuple[str, Cell | None]]]]:
        """Section by section, with a cell for each language; None where nothing is to be done."""
        return [
            (one, [(code, self.cells.get((one.path, code))) for code in self.locales])
            for one in self.sections
        ]

    def totals(self) -> list[tuple[str, Cell]]:
        """Each language over all sections."""
        found = {code: Cell() for code in self.locales}
        for (_, code), cell in self.cells.items():
            found[code].add(cell)
        return list(found.items())


def load_matrix(reach: Reach) -> Matrix:
    """What the user may know of; four queries, whatever the number of pages."""
    rows = with_sections(with_steps(known_states(reach), reach)).order_by()
    groups = rows.values_list("section", "locale", "rank", "mine").annotate(
        pages=Count("pk"),
        percents=Sum("percent"),
        **{f"state_{name}": Count("pk", filter=state) for name, state in STATES.items()},
    )
    matrix = Matrix()
    for path, locale, rank, mine, pages, percents, *states in groups:
        step = Step.of(rank)
        group = Cell(pages, percents, +Counter(dict(zip(STATES, states, strict=True))))
        if mine and step:
            group.steps[step.value] = pages
        matrix.cells.setdefault((path, locale), Cell()).add(group)
    for cell in matrix.cells.values():
        matrix.total.add(cell)
    matrix.sections = list(load_sections({path for path, _ in matrix.cells}).values())
    codes = {locale for _, locale in matrix.cells}
    names = {one.language_code: one for one in Locale.objects.filter(language_code__in=codes)}
    matrix.locales = {
        code: names[code].get_display_name() if code in names else code for code in sorted(codes)
    }
    return matrix
