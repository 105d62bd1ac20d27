"""Kinds of text: free, one of fixed words, a UUID; the same class serves a field and a block."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import Field

from cms.pages.exposed import Json, JsonSchema
from cms.pages.kinds.base import EQUALITY, Intake, IntakeError, Kind

if TYPE_CHECKING:
    from cms.pages.build import Build
    from cms.pages.kinds.definitions import Definitions

__all__ = [
    "ChoiceKind",
    "TextKind",
    "UuidKind",
    "check_text",
    "json_name",
]


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
            raise IntakeError(f"text is expected, not {json_name(data)}")
        return check_text(data)

    def parse(self, source: Any, text: str) -> str:
        return text

    def text(self, source: Any, data: Any) -> Iterator[str]:
        if data:
            yield str(data)


class ChoiceKind(TextKind):
    """One of a fixed set of words."""

    operators = EQUALITY
    translatable = False
    text = Kind.text  # a code for programs, which nobody searches for

    def named(self, source: Any, data: Any) -> Iterator[tuple[str, str]]:
        if data:
            yield data, _label(source, data)

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        values = list(_choices(source))
        return {"type": "string", "enum": values} if values else {"type": "string"}

    def write(self, source: Any, data: Json, intake: Intake) -> str:
        word = super().write(source, data, intake)
        return _one_of(word, _choices(source), IntakeError)

    def parse(self, source: Any, text: str) -> str:
        return _one_of(text, _choices(source), ValueError)


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


def json_name(data: Json) -> str:
    """What a JSON value is, in words for a message."""
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


def _label(source: Any, word: str) -> str:
    """What a word of a model field's choices is called; a block's stay as they are."""
    if not isinstance(source, Field):
        return word
    return str(dict(source.flatchoices).get(word, word))


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
