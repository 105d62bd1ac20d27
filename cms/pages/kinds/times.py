"""Kinds of days and moments; the same class serves a field and a block."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware

from cms.pages.exposed import Json, JsonSchema
from cms.pages.kinds.base import ORDERED, Intake, IntakeError, Kind

if TYPE_CHECKING:
    from cms.pages.build import Build
    from cms.pages.kinds.definitions import Definitions

__all__ = [
    "DateKind",
    "DateTimeKind",
]


class DateKind(Kind):
    """A day, ISO 8601."""

    operators = ORDERED
    sortable = True

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return {"type": "string", "format": "date"}

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return None if value is None else value.isoformat()

    def write(self, source: Any, data: Json, intake: Intake) -> datetime.date | None:
        if data is None or data == "":
            return None
        try:
            return self.parse(source, data if isinstance(data, str) else "")
        except ValueError as error:
            raise IntakeError(str(error)) from error

    def parse(self, source: Any, text: str) -> datetime.date:
        try:
            day = parse_date(text) if text.isascii() else None
        except ValueError:
            day = None
        if day is None:
            raise ValueError("a date like 2020-04-21 is expected")
        return day


class DateTimeKind(Kind):
    """A moment, delivered in UTC; a literal without an offset is local time."""

    operators = ORDERED
    sortable = True

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return {"type": "string", "format": "date-time"}

    def read(self, source: Any, value: Any, build: Build) -> Json:
        if value is None:
            return None
        utc = value.astimezone(datetime.UTC).replace(microsecond=0)
        return str(utc.isoformat()).replace("+00:00", "Z")

    def write(self, source: Any, data: Json, intake: Intake) -> datetime.datetime | None:
        if data is None or data == "":
            return None
        try:
            return self.parse(source, data if isinstance(data, str) else "")
        except ValueError as error:
            raise IntakeError(str(error)) from error

    def parse(self, source: Any, text: str) -> datetime.datetime:
        try:
            moment = parse_datetime(text) if text.isascii() else None
            if moment is None and text.isascii() and (day := parse_date(text)):
                moment = datetime.datetime(day.year, day.month, day.day)
            if moment is not None and is_naive(moment):
                moment = make_aware(moment)
            return moment.astimezone(datetime.UTC) if moment else _bad_moment()
        except (ValueError, OverflowError):
            return _bad_moment()


def _bad_moment() -> datetime.datetime:
    raise ValueError("a moment like 2020-04-22T03:00:00Z is expected")
