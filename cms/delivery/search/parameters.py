"""What may be asked of search, strictly read."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from cms.delivery.parameters import (
    FilterTerm,
    Limit,
    LocaleCode,
    Names,
    Parameters,
    PublicPath,
    read_number,
)
from search.query import MAX_LENGTH

__all__ = ["SearchParameters", "SuggestParameters"]


def _check_words(value: str) -> str:
    value = value.strip()
    if not value:
        raise ValueError("something to search for is expected")
    if len(value) > MAX_LENGTH:
        raise ValueError(f"at most {MAX_LENGTH} characters are allowed")
    return value


def _read_switch(value: object) -> object:
    if value in ("true", "false"):
        return value == "true"
    if not isinstance(value, bool):
        raise ValueError("true or false is expected")
    return value


def _check_few(value: int) -> int:
    if not 1 <= value <= 20:
        raise ValueError("a number from 1 to 20 is expected")
    return value


Words = Annotated[
    str,
    AfterValidator(_check_words),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": MAX_LENGTH}),
]
Switch = Annotated[bool, BeforeValidator(_read_switch), WithJsonSchema({"type": "boolean"})]
FewLimit = Annotated[
    int,
    BeforeValidator(read_number),
    AfterValidator(_check_few),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 20}),
]


class SearchParameters(Parameters):
    """What is searched for, where, and what else is told."""

    takes_filters: ClassVar[bool] = True

    q: Words = Field(
        description='What a reader types: words, `"a phrase"`, `-without`, a document number in '
        "any spelling, a date. With or without Vietnamese marks."
    )
    locale: LocaleCode | None = Field(
        default=None, description="Locale to search in. Left out: the default one."
    )
    type: Names | None = Field(
        default=None, description="Content types, with commas between them. Left out: all."
    )
    within: PublicPath | None = Field(
        default=None, description="Everything below the page with this path."
    )
    facets: Names | None = Field(
        default=None,
        description="What to count: `type`, `year`, `section`, and fields that are filtered by "
        "value, such as `issuer`, `topics`. A facet's counts leave its own filter out.",
    )
    highlight: Switch = Field(
        default=False, description="`true` adds `highlights`: HTML with `mark` around what fits."
    )
    limit: Limit = Field(default=20, description="Most items to give.")
    cursor: str | None = Field(default=None, description="`next` of the page before.")
    filters: tuple[FilterTerm, ...] = Field(
        default=(), json_schema_extra={"include_in_schema": False}
    )

    def binding(self) -> object:
        """What a cursor is bound to: all that decides which hits in which order."""
        shown = {"limit", "cursor", "facets", "highlight"}
        return ["search", self.model_dump(mode="json", exclude=shown)]


class SuggestParameters(Parameters):
    """What somebody has typed so far."""

    q: Words = Field(description="The beginning of a title's words or of a document number.")
    locale: LocaleCode | None = Field(
        default=None, description="Locale to search in. Left out: the default one."
    )
    type: Names | None = Field(default=None, description="Content types. Left out: all.")
    within: PublicPath | None = Field(
        default=None, description="Everything below the page with this path."
    )
    limit: FewLimit = Field(default=8, description="Most suggestions to give.")
