"""Kinds of single values; the same class serves a model field and the like block."""

from __future__ import annotations

import datetime
import decimal
import uuid
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import Field
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware

from cms.pages.exposed import Json, JsonSchema
from cms.pages.kinds.base import EQUALITY, ORDERED, Intake, IntakeError, Kind

if TYPE_CHECKING:
    from cms.pages.build import Build
    from cms.pages.kinds.definitions import Definitions

__all__ = [
    "BooleanKind",
    "ChoiceKind",
    "DateKind",
    "DateTimeKind",
    "DecimalKind",
    "FloatKind",
    "IntegerKind",
    "TextKind",
    "UuidKind",
]

_MAX_INTEGER = 2**63 - 1


class TextKind(Kind):
    """Plain text."""

    operators = EQUALITY | {"contains", "startswith"}
    sortable = True
    translatable = True

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return {"type": "string"}

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return "" if value is None else str(value)

    def write(self, source: Any, data: Json, intake: Intake) -> str:
        if data is None:
            return ""
        if not isinstance(data, str):
            raise IntakeError(f"text is expected, not {_name(data)}")
        return check_text(data)

    def parse(self, source: Any, text: str) -> str:
        return text

    def text(self, source: Any, value: Any) -> Iterator[str]:
        if value:
            yield str(value)


class ChoiceKind(TextKind):
    """One of a fixed set of words."""

    operators = EQUALITY
    translatable = False

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        values = list(_choices(source))
        return {"type": "string", "enum": values} if values else {"type": "string"}

    def write(self, source: Any, data: Json, intake: Intake) -> str:
        word = super().write(source, data, intake)
        return _one_of(word, _choices(source), IntakeError)

    def parse(self, source: Any, text: str) -> str:
        return _one_of(text, _choices(source), ValueError)


class IntegerKind(Kind):
    """A whole number."""

    operators = ORDERED
    sortable = True

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return {"type": "integer"}

    def write(self, source: Any, data: Json, intake: Intake) -> int | None:
        if data is None or (isinstance(data, int) and not isinstance(data, bool)):
            if data is not None and abs(data) > _MAX_INTEGER:
                raise IntakeError("the number is too large")
            return data
        raise IntakeError(f"a whole number is expected, not {_name(data)}")

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
        raise IntakeError(f"a number is expected, not {_name(data)}")

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
        raise IntakeError(f"true or false is expected, not {_name(data)}")

    def parse(self, source: Any, text: str) -> bool:
        if text not in ("true", "false"):
            raise ValueError("true or false is expected")
        return text == "true"


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


class UuidKind(Kind):
    """A UUID."""

    operators = EQUALITY

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return {"type": "string", "format": "uuid"}

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return None if value is None else str(value)

    def parse(self, source: Any, text: str) -> uuid.UUID:
        try:
            return uuid.UUID(text)
        except ValueError:
            raise ValueError("a UUID is expected") from None


def check_text(text: str) -> str:
    """The text, if every database and UTF-8 can hold it; raises IntakeError otherwise."""
    if "\x00" in text:
        raise IntakeError("the text has a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise IntakeError("the text has half of a surrogate pair") from None
    return text


def _bad_moment() -> datetime.datetime:
    raise ValueError("a moment like 2020-04-22T03:00:00Z is expected")


def _name(data: Json) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "text",
        bool: "true or false",
        int: "a number",
        float: "a number",
        type(None): "null",
    }
    return names[type(data)]


def _choices(source: Any) -> Sequence[str]:
    """The words of a model field's or a block's choices, groups flattened, without the blank."""
    if isinstance(source, Field):
        return _column_choices(source)
    return _words(getattr(getattr(source, "field", None), "choices", None))


@lru_cache(maxsize=1_000)
def _column_choices(field: Field[Any, Any]) -> Sequence[str]:
    """Read once: a callable's choices are made anew at each look, which filters would feel."""
    return tuple(_words(field.choices))


def _words(choices: Any) -> list[str]:
    words: list[str] = []
    for value, label in choices or ():
        if isinstance(label, list | tuple):
            words.extend(str(inner) for inner, _ in label)
        elif value not in ("", None):
            words.append(str(value))
    return words


def _one_of(word: str, allowed: Sequence[str], error: type[ValueError]) -> str:
    if word and allowed and word not in allowed:
        raise error(f"one of {', '.join(allowed)} is expected")
    return word
