"""Sample values of model fields."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import models
from wagtail.fields import RichTextField

__all__ = ["field_sample"]

_FIRST_DAY = datetime.date(2026, 1, 5)


def field_sample(field: Any, number: int, place: int) -> Any:
    """A value for a column, None for a class that isn't known here.

    ``number`` tells rows apart; ``place`` is the field's place in its model: later fields get
    later days, so that a period ends after it begins.
    """
    if field.choices:
        words = [value for value, _label in field.flatchoices if value not in ("", None)]
        return words[number % len(words)] if words else None
    for cls in type(field).__mro__:
        if cls in _SAMPLES:
            return _SAMPLES[cls](field, number, place)
    return None


def _text(field: Any, number: int, place: int) -> str:
    return f"{field.verbose_name} {number}: nội dung thử"[: field.max_length]


_SAMPLES: dict[type, Callable[[Any, int, int], Any]] = {
    models.CharField: _text,
    models.TextField: _text,
    models.SlugField: lambda field, number, place: f"mau-{number}-{place}",
    models.URLField: lambda field, number, place: f"https://example.vn/{number}/{place}",
    models.EmailField: lambda field, number, place: f"mau{number}@example.vn",
    models.IntegerField: lambda field, number, place: number + place,
    models.FloatField: lambda field, number, place: number + 0.5,
    models.DecimalField: lambda field, number, place: Decimal(f"{number}.25"),
    models.BooleanField: lambda field, number, place: number % 2 == 1,
    models.DateField: lambda field, number, place: _day(number, place),
    models.DateTimeField: lambda field, number, place: datetime.datetime.combine(
        _day(number, place), datetime.time(1, 30), datetime.UTC
    ),
    models.UUIDField: lambda field, number, place: uuid.UUID(int=number * 1_000 + place),
    RichTextField: lambda field, number, place: f"<p>Đoạn <b>thử</b> {number}.</p>",
}
"""Field class → its sample, looked up along the method resolution order."""


def _day(number: int, place: int) -> datetime.date:
    return _FIRST_DAY + datetime.timedelta(days=7 * number + place)
