"""Kinds: how one class of model field or block is described, read, filtered and imported.

A kind is looked up in a table ``class → Kind`` along the method resolution order, so a subclass
of a known field or block is known too. Plugins add rows in their ``kinds.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from django.core.exceptions import ImproperlyConfigured

from cms.pages.exposed import Json, JsonSchema

if TYPE_CHECKING:
    from cms.pages.build import Build
    from cms.pages.kinds.definitions import Definitions

__all__ = [
    "EQUALITY",
    "ORDERED",
    "Heading",
    "Intake",
    "IntakeError",
    "Kind",
    "KindTable",
    "not_null",
    "nullable",
]

EQUALITY: frozenset[str] = frozenset({"eq", "ne", "in", "isnull"})
ORDERED: frozenset[str] = EQUALITY | {"lt", "lte", "gt", "gte"}


class Heading(str):
    """A piece of text that stands above others: it weighs more in search."""

    __slots__ = ()


class IntakeError(ValueError):
    """A value in an import doesn't fit; ``where`` is its place (``body[3].value.title``)."""

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message

    def within(self, place: str) -> IntakeError:
        """The same error, seen from one level further out."""
        joint = "" if not self.where or self.where.startswith("[") else "."
        return IntakeError(self.message, f"{place}{joint}{self.where}")


class Intake(Protocol):
    """What an import offers to kinds: references resolved to this database's objects.

    Each raises IntakeError for a reference that leads nowhere.
    """

    def page_id(self, reference: Json) -> int | None:
        """The id of the page of a card (its ``locale`` and ``path``)."""

    def snippet_id(self, type_name: str, reference: Json) -> int | None:
        """The id of a snippet by its natural key."""

    def image_id(self, reference: Json) -> int | None:
        """The id of an image by its ``sha256``."""

    def file_id(self, reference: Json) -> int | None:
        """The id of a file by its ``sha256``."""

    def rich_text(self, html: str) -> str:
        """Stored rich text for delivered HTML: public paths become page references."""


class Kind:
    """Base kind; ``source`` is the model field or the block that the value belongs to."""

    operators: ClassVar[frozenset[str]] = frozenset()
    sortable: ClassVar[bool] = False
    translatable: ClassVar[bool] = False

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        """JSON Schema of what :meth:`read` gives; shared shapes go into ``defs``."""
        raise NotImplementedError(type(self).__name__)

    def value(self, field: Any, instance: Any) -> Any:
        """A model field's value on an instance."""
        return getattr(instance, field.name)

    def lookup(self, field: Any) -> str:
        """The ORM path that a filter on a model field compares."""
        return str(field.name)

    def read(self, source: Any, value: Any, build: Build) -> Json:
        """The delivered form of a value."""
        return value  # type: ignore[no-any-return]  # the schema says which JSON type it is

    def export(self, source: Any, value: Any, build: Build) -> Json:
        """The portable form of a value: natural keys in place of ids. As read, by default."""
        return self.read(source, value, build)

    def write(self, source: Any, data: Json, intake: Intake) -> Any:
        """The value to store for exported or delivered data; raises IntakeError."""
        return data

    def parse(self, source: Any, text: str) -> Any:
        """The Python value of a filter's literal; raises ValueError saying what fits."""
        raise ValueError("can't be filtered")

    def text(self, source: Any, data: Any) -> Iterator[str]:
        """The pieces of text in a delivered value, for search; a heading is a :class:`Heading`.

        Of what :meth:`read` gave, so that search can find nothing that readers don't get.
        """
        return iter(())

    def named(self, source: Any, data: Any) -> Iterator[tuple[str, str]]:
        """What a filter of search compares in a delivered value, each with its name for people."""
        if data is not None and data != "":
            text = str(data).lower() if isinstance(data, bool) else str(data)
            yield text, text


def nullable(schema: JsonSchema) -> JsonSchema:
    """The schema that also allows null."""
    kind = schema.get("type")
    if isinstance(kind, str) and "enum" not in schema:
        return {**schema, "type": [kind, "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def not_null(schema: JsonSchema) -> JsonSchema:
    """What :func:`nullable` was given; a schema that never allowed null as it is."""
    if "anyOf" in schema:
        rest = [one for one in schema["anyOf"] if one != {"type": "null"}]
        return rest[0] if len(rest) == 1 else {**schema, "anyOf": rest}
    match schema.get("type"):
        case [kind, "null"]:
            return {**schema, "type": kind}
    return schema


class KindTable:
    """``class → Kind``; refuses a second kind for the same class."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._kinds: dict[type, Kind] = {}
        self._found: dict[type, Kind | None] = {}

    def register(self, cls: type, kind: Kind) -> None:
        """Adds a row; raises ImproperlyConfigured naming both kinds when it is taken."""
        if cls in self._kinds:
            raise ImproperlyConfigured(
                f"The {self._what} {cls.__module__}.{cls.__qualname__} has the kind "
                f"{type(self._kinds[cls]).__name__}; {type(kind).__name__} can't replace it."
            )
        self._kinds[cls] = kind
        self._found.clear()

    def find(self, source: object) -> Kind | None:
        """The kind of a field or block instance, or None where its class has none."""
        own = type(source)
        try:
            return self._found[own]
        except KeyError:
            kinds = (self._kinds[cls] for cls in own.__mro__ if cls in self._kinds)
            return self._found.setdefault(own, next(kinds, None))

    def get(self, source: object) -> Kind:
        """The same; raises ImproperlyConfigured naming the class (a system check, too)."""
        kind = self.find(source)
        if kind is None:
            raise ImproperlyConfigured(
                f"No kind says how the {self._what} {type(source).__module__}."
                f"{type(source).__qualname__} is delivered. Add one in the plugin's kinds.py."
            )
        return kind
