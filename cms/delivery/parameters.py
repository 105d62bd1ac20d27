"""Query parameters: read strictly, described by pydantic models.

Nothing is guessed: a parameter that the address doesn't take is a problem of its own, before any
value is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, Self, get_args, get_origin

from django.conf import settings
from django.http import HttpRequest
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import ErrorDetails

from cms.delivery.problems import Problem
from cms.delivery.query_string import parse_query

__all__ = [
    "MAX_ID",
    "NO_FALLBACK",
    "FilterTerm",
    "Limit",
    "LocaleCode",
    "LocaleParameters",
    "Names",
    "Parameters",
    "PublicPath",
    "WholeNumber",
    "locale_codes",
    "read_number",
]

MAX_ID = 2**63 - 1
"""The largest number that a database column holds."""

_FILTER = re.compile(r"filter\[([^\[\]]*)\]\[([^\[\]]*)\]\Z")

type FilterTerm = tuple[str, str, str]
"""``(field, operator, literal)`` of one ``filter[field][operator]=literal``."""


class Parameters(BaseModel):
    """The parameters of an endpoint: exactly the declared ones are taken."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    takes_filters: ClassVar[bool] = False
    """Whether ``filter[field][operator]`` is taken as well, into a field ``filters``."""

    @classmethod
    def read(cls, request: HttpRequest) -> Self:
        """The request's parameters; raises Problem naming the wrong one and what is allowed."""
        query_string = request.META.get("QUERY_STRING", "")
        if not query_string:
            defaults: Self = _without(cls)
            return defaults
        values: dict[str, Any] = dict(parse_query(query_string))
        if cls.takes_filters:
            if "filters" in values:
                raise _unknown(cls, "filters")
            values["filters"] = _take_filters(values)
        return cls.of(values)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """The parameters of these values; raises Problem naming the wrong one."""
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise _problem(cls, error) from None

    @classmethod
    def names(cls) -> list[str]:
        """The names of the parameters, as a client writes them."""
        names = [field.alias or name for name, field in cls.model_fields.items()]
        if cls.takes_filters:
            names = [*(name for name in names if name != "filters"), "filter[field][operator]"]
        return names


@lru_cache(maxsize=100)
def _without[P: Parameters](model: type[P]) -> P:
    """The parameters of a request that gives none."""
    try:
        return model.model_validate({})
    except ValidationError as error:
        raise _problem(model, error) from None


def _take_filters(values: dict[str, Any]) -> tuple[FilterTerm, ...]:
    terms: list[FilterTerm] = []
    for name in [name for name in values if name.startswith("filter")]:
        match = _FILTER.match(name)
        if match is None:
            raise Problem(
                "unknown-parameter",
                "A filter is written filter[field][operator]=value.",
                parameter=name,
                allowed=["filter[field][operator]"],
            )
        terms.append((match[1], match[2], values.pop(name)))
    return tuple(terms)


def _problem(model: type[Parameters], error: ValidationError) -> Problem:
    """The first error as a problem; unknown names come before wrong values."""
    details = error.errors(include_url=False)
    first = min(details, key=lambda one: one["type"] != "extra_forbidden")
    name = str(first["loc"][0])
    if first["type"] == "extra_forbidden":
        return _unknown(model, name)
    if first["type"] == "missing":
        return Problem("missing-parameter", parameter=name)
    return Problem(
        "invalid-parameter", _reason(first), parameter=name, allowed=_literals(model, name)
    )


def _unknown(model: type[Parameters], name: str) -> Problem:
    return Problem("unknown-parameter", parameter=name, allowed=model.names())


def _reason(error: ErrorDetails) -> str:
    text = error["msg"].removeprefix("Value error, ").rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."


def _literals(model: type[Parameters], name: str) -> list[str] | None:
    """The words of a Literal parameter, for ``allowed``."""
    for own_name, field in model.model_fields.items():
        if name in (own_name, field.alias) and get_origin(field.annotation) is Literal:
            return [str(word) for word in get_args(field.annotation)]
    return None


def read_number(value: Any) -> Any:
    """A query string's digits; nothing of what int() also takes (spaces, underscores, signs)."""
    if isinstance(value, int):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{1,18}", value, re.ASCII):
        raise ValueError("a whole number is expected")
    return int(value)


def _check_limit(value: int) -> int:
    if not 1 <= value <= 100:
        raise ValueError("a number from 1 to 100 is expected")
    return value


def locale_codes() -> list[str]:
    """The locales that content may be in: ``["vi", "en"]``."""
    return [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]


def _check_locale(value: str, info: ValidationInfo) -> str:
    if value not in locale_codes():
        raise Problem(
            "invalid-parameter",
            "There is no such locale.",
            parameter=info.field_name,
            allowed=locale_codes(),
        )
    return value


NO_FALLBACK = "none"
"""In the place of a locale to fall back to: nothing but the locale itself, whatever the section."""


def _check_fallback(value: str, info: ValidationInfo) -> str:
    allowed = [*locale_codes(), NO_FALLBACK]
    if value not in allowed:
        raise Problem(
            "invalid-parameter",
            "There is no such locale.",
            parameter=info.field_name,
            allowed=allowed,
        )
    return value


def _check_path(value: str) -> str:
    if not value.startswith("/") or any(ord(char) < 32 for char in value):
        raise ValueError("a path that starts with / is expected")
    return value


def _split_names(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    names = tuple(name.strip() for name in value.split(","))
    if not all(names):
        raise ValueError("names with commas between them are expected")
    if len(set(names)) != len(names):
        raise ValueError("each name is given once")
    return names


WholeNumber = Annotated[
    int,
    BeforeValidator(read_number),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 10**18 - 1}),
]
Limit = Annotated[
    int,
    BeforeValidator(read_number),
    AfterValidator(_check_limit),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 100}),
]
LocaleCode = Annotated[str, AfterValidator(_check_locale)]
Fallback = Annotated[str, AfterValidator(_check_fallback)]
PublicPath = Annotated[
    str, AfterValidator(_check_path), WithJsonSchema({"type": "string", "pattern": "^/"})
]
Names = Annotated[
    tuple[str, ...], BeforeValidator(_split_names), WithJsonSchema({"type": "string"})
]
"""A comma-separated list without empty entries and without doubles."""


class LocaleParameters(Parameters):
    """A locale, and another to fall back to where nothing is published in the first."""

    locale: LocaleCode | None = Field(
        default=None, description="Locale of the answer: `vi`, `en`. Left out: any."
    )
    fallback: Fallback | None = Field(
        default=None,
        description="With `locale`: serve this locale where no translation is published, or "
        "`none`; `locale_served` then says which one it is. Left out: as the page's section has "
        "it, and what stands in is `untranslated`.",
    )

    @property
    def fallback_locale(self) -> str | None:
        """The locale to fall back to; None for none, and where the section decides."""
        return None if self.fallback == NO_FALLBACK else self.fallback

    @property
    def leaves_it_to_sections(self) -> bool:
        """Whether the rules of sections decide what stands in for a page without a translation.

        They are about other languages than the portal's own.
        """
        return self.fallback is None and self.locale not in (None, settings.LANGUAGE_CODE)
