"""How the plugin's own classes of fields and blocks are delivered."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.utils.dateparse import parse_duration, parse_time
from django.utils.duration import duration_iso_string

from cms.plugins.api import (
    BLOCK_KINDS,
    FIELD_KINDS,
    Build,
    Definitions,
    Intake,
    IntakeError,
    Json,
    JsonSchema,
    Kind,
)
from tests.sample_plugin.blocks import ClockBlock

__all__ = ["ClockKind", "DurationKind"]


class DurationKind(Kind):
    """A length of time, ISO 8601: ``P0DT03H30M00S``."""

    operators = frozenset({"eq", "lt", "gt"})
    sortable = True

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return {"type": "string", "format": "duration"}

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return None if value is None else duration_iso_string(value)

    def write(self, source: Any, data: Json, intake: Intake) -> datetime.timedelta | None:
        if data is None:
            return None
        try:
            return self.parse(source, data if isinstance(data, str) else "")
        except ValueError as error:
            raise IntakeError(str(error)) from error

    def parse(self, source: Any, text: str) -> datetime.timedelta:
        duration = parse_duration(text)
        if duration is None:
            raise ValueError("a duration like PT3H30M is expected")
        return duration


class ClockKind(Kind):
    """A time of day: ``08:30``."""

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return {"type": ["string", "null"], "pattern": r"^\d\d:\d\d$"}

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return None if value is None else value.strftime("%H:%M")

    def write(self, source: Any, data: Json, intake: Intake) -> str | None:
        if data is None:
            return None
        time = parse_time(data) if isinstance(data, str) else None
        if time is None:
            raise IntakeError("a time like 08:30 is expected")
        return time.isoformat()


FIELD_KINDS.register(models.DurationField, DurationKind())
BLOCK_KINDS.register(ClockBlock, ClockKind())
