"""Kinds of numbers, and of yes or no; the same class serves a field and a block."""

from __future__ import annotations

import decimal
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Field

from cms.pages.exposed import Json, JsonSchema
from cms.pages.kinds.base import EQUALITY, ORDERED, Intake, IntakeError, Kind
from cms.pages.kinds.text import json_name

if TYPE_CHECKING:
    from cms.pages.build import Build
    from cms.pages.kinds.definitions import Definitions

__all__ = [
    "BooleanKind",
    "DecimalKind",
    "FloatKind",
    "IntegerKind",
]

_MAX_INTEGER = 2**63 - 1


class IntegerKind(Kind):
    """A whole number; one that may need more than 32 bits says so."""

    operators = ORDERED
    sortable = True

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        if isinstance(source, Field) and not isinstance(source, BigIntegerField):
            return {"type": "integer"}
        return {"type": "integer", "format": "int64"}

    def write(self, source: Any, data: Json, intake: Intake) -> int | None:
        if data is None or (isinstance(data, int) and not isinstance(data, bool)):
            if data is not None and abs(data) > _MAX_INTEGER:
                raise IntakeError("the number is too large")
            return data
        raise IntakeError(f"a whole number is expected, not {json_name(data)}")

    def parse(self, source: Any, text: str) -> int:
        try:
            number = int(text) if text.isascii() and len(text) < 20 else None
        except ValueError:
            number = None
        if number is None or abs(number) > _MAX_INTEGER:
            raise ValueError("a whole number is expected")
        return number


class FloatKind(Kind):
    """A number that may have a fraction."""

    operators = ORDERED
    sortable = True

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return {"type": "number"}

    def write(self, source: Any, data: Json, intake: Intake) -> float | None:
        if data is None or (isinstance(data, int | float) and not isinstance(data, bool)):
            return data
        raise IntakeError(f"a number is expected, not {json_name(data)}")

    def parse(self, source: Any, text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if number != number or abs(number) == float("inf"):
            raise ValueError("a number is expected")
        return number


class DecimalKind(Kind):
    """An exact decimal number, delivered as text so that nothing is rounded."""

    operators = ORDERED
    sortable = True

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return None if value is None else format(value, "f")

    def write(self, source: Any, data: Json, intake: Intake) -> decimal.Decimal | None:
        if data is None:
            return None
        try:
            return self.parse(source, str(data))
        except ValueError as error:
            raise IntakeError(str(error)) from error

    def parse(self, source: Any, text: str) -> decimal.Decimal:
        try:
            number = decimal.Decimal(text)
        except decimal.InvalidOperation:
            number = decimal.Decimal("NaN")
        if not number.is_finite() or number.adjusted() > 30:
            raise ValueError("a decimal number is expected")
        return number


class BooleanKind(Kind):
    """Yes or no."""

    operators = EQUALITY
    sortable = True

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return {"type": "boolean"}

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return None if value is None else bool(value)

    def write(self, source: Any, data: Json, intake: Intake) -> bool | None:
        if data is None or isinstance(data, bool):
            return data
        raise IntakeError(f"true or false is expected, not {json_name(data)}")

    def parse(self, source: Any, text: str) -> bool:
        if text not in ("true", "false"):
            raise ValueError("true or false is expected")
        return text == "true"
