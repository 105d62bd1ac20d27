"""Runs an import: a transaction a line, and a second pass over those that had to wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from cms.pages.exposed import Json
from cms.pages.kinds import IntakeError
from cms.pages.transfer.addresses import Address, PageFinder, read_address
from cms.pages.transfer.fields import describe_error
from cms.pages.transfer.folder import MediaFolder
from cms.pages.transfer.intake import PortalIntake
from cms.pages.transfer.lines import Line, parse_line, read_line, read_lines
from cms.pages.transfer.media import MEDIA_TYPES, MediaWriter
from cms.pages.transfer.outcome import Outcome, Tally
from cms.pages.transfer.pages import PageWriter
from cms.pages.transfer.records import RecordWriter
from cms.plugins.registry import UnknownNameError, registry

__all__ = ["Importer", "import_file"]

_WAITING = (Outcome.DEFERRED, Outcome.BEGUN)

type Report = Callable[[int, str], None]


class _RolledBack(Exception):
    """Ends the one transaction of a dry run."""


class Importer:
    """Applies single lines, as dictionaries; each in a transaction of its own.

    ``under`` passes over pages outside of a branch; ``publish`` is :class:`PageWriter`'s;
    ``store`` False keeps files out of the storage (a dry run).
    """

    def __init__(
        self,
        folder: MediaFolder | None = None,
        *,
        under: Address | None = None,
        publish: bool | None = None,
        store: bool = True,
    ) -> None:
        self.media = MediaWriter(folder, store=store)
        self.intake = PortalIntake(PageFinder(), self.media)
        self._records = RecordWriter(self.intake)
        self._pages = PageWriter(self.intake, publish=publish)
        self._under = under

    def apply(self, line: Mapping[str, Json], *, final: bool = False) -> Outcome:
        """Writes the line, whole or not at all; raises IntakeError saying why not.

        ``final``: nothing can come after it, so what it names must be here.
        """
        self.intake.begin(final=final)
        try:
            with transaction.atomic():
                return self._apply(line)
        except (DataError, IntegrityError) as error:
            self.intake.forget()
            raise IntakeError(f"the database refuses it: {error}") from error
        except ValidationError as error:
            self.intake.forget()
            raise IntakeError(describe_error(error)) from error
        except IntakeError:
            self.intake.forget()  # what was made for this line is rolled back
            raise

    def discard(self, line: Mapping[str, Json]) -> None:
        """Removes what was begun of a page's line that came to nothing."""
        if "path" in line and line.get("type") not in MEDIA_TYPES:
            with transaction.atomic():
                self._pages.discard(line)
            self.intake.forget()

    def _apply(self, line: Mapping[str, Json]) -> Outcome:
        name = line.get("type")
        if name in MEDIA_TYPES:
            return self.media.apply(line)
        try:
            content_type = registry.get(str(name))
            if not content_type.is_page:
                return self._records.apply(content_type, line)
            content_type = registry.page_type(content_type.name)
        except UnknownNameError as error:
            pages = [content_type.name for content_type in registry.pages()]
            others = [content_type.name for content_type in registry.snippets()]
            known = ", ".join([*pages, *others, *MEDIA_TYPES])
            raise IntakeError(f"unknown type {name!r}; allowed: {known}", "type") from error
        if self._under is not None:
            address = read_address(line.get("path"), line.get("locale"))
            if not address.is_within(self._under):
                return Outcome.SKIPPED
        return self._pages.apply(line)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A line that waits: not the line itself, however long the file is."""

    number: int
    offset: int
    begun: bool


def import_file(
    file: BinaryIO,
    importer: Importer,
    *,
    report: Report,
    progress: Callable[[int], object] = lambda _bytes: None,
    dry_run: bool = False,
) -> Tally:
    """Imports a file of lines that can be read twice; a bad line never loses the others.

    ``report`` is called with the number of a line and what is wrong with it, ``progress`` with
    the bytes that were read since. A dry run does all of it in one transaction that is rolled
    back, and so tells exactly what would happen.
    """
    with _dry(dry_run):
        tally = Tally()
        waiting: list[_Waiting] = []
        for line in read_lines(file):
            outcome = _first(importer, line, report)
            if outcome in _WAITING:
                waiting.append(_Waiting(line.number, line.offset, outcome == Outcome.BEGUN))
            else:
                tally[outcome] += 1
            progress(file.tell() - line.offset)
        _settle(file, importer, waiting, tally, report)
    return tally


def _first(importer: Importer, line: Line, report: Report) -> Outcome:
    try:
        return importer.apply(parse_line(line.raw))
    except IntakeError as error:
        report(line.number, str(error))
        return Outcome.FAILED


def _settle(
    file: BinaryIO, importer: Importer, waiting: list[_Waiting], tally: Tally, report: Report
) -> None:
    """Tries the waiting lines again, in rounds while one helps another, then for the last time."""
    final = False
    while waiting:
        still: list[_Waiting] = []
        for entry in waiting:
            outcome = _again(file, importer, entry, report, final=final)
            if outcome in _WAITING:
                begun = entry.begun or outcome == Outcome.BEGUN
                still.append(_Waiting(entry.number, entry.offset, begun))
            else:
                tally[Outcome.CREATED if entry.begun and outcome in _DONE else outcome] += 1
        final = len(still) == len(waiting)
        waiting = still


_DONE = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED)


def _again(
    file: BinaryIO, importer: Importer, entry: _Waiting, report: Report, *, final: bool
) -> Outcome:
    line = parse_line(read_line(file, entry.offset, entry.number).raw)
    try:
        outcome = importer.apply(line, final=final)
    except IntakeError as error:
        report(entry.number, str(error))
        if entry.begun:
            importer.discard(line)
        return Outcome.FAILED
    for notice in importer.intake.notices:
        report(entry.number, f"notice: {notice}")
    return outcome


@contextmanager
def _dry(dry_run: bool) -> Iterator[None]:
    """Rolls back what happens inside, where it is a dry run."""
    if not dry_run:
        yield
        return
    try:
        with transaction.atomic():
            yield
            raise _RolledBack
    except _RolledBack:
        cache.clear()  # Wagtail remembers root paths that never came to be
