"""What the outside sees of a model, declared once.

``exposed_fields`` of a page or snippet model is a list of :class:`ExposedField` and
:class:`ComputedField`. REST, GraphQL, search, translation and the default editor panels are
derived from it; nothing else lists fields a second time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cms.pages.build import Build

__all__ = [
    "BASE_FIELDS",
    "RESERVED_FIELDS",
    "SERVED_FIELDS",
    "ComputedField",
    "ExposedField",
    "Json",
    "JsonSchema",
]

type Json = bool | int | float | str | list[Json] | dict[str, Json] | None
type JsonSchema = dict[str, Any]

# The envelope that every page has (design, section 7). An exposed field can't take one of these.
BASE_FIELDS: tuple[str, ...] = (
    "id",
    "type",
    "locale",
    "path",
    "slug",
    "title",
    "published_at",
    "updated_at",
    "parent",
    "translation",
    "translations",
    "seo",
)

SERVED_FIELDS: tuple[str, ...] = ("locale_served", "untranslated")
"""What is said of a page that is served in place of another: with a locale, and in no document."""

RESERVED_FIELDS: tuple[str, ...] = (*BASE_FIELDS, *SERVED_FIELDS, "json_ld")
"""Names that no exposed field takes: the envelope's, and what is added to it on demand."""


@dataclass(frozen=True, slots=True)
class ExposedField:
    """One model field, or one reverse relation to child rows, as the outside sees it.

    ``filter`` and ``sort`` put the field on the allow-lists of REST and GraphQL; ``card`` puts
    it into the short form; ``search`` is False, True (weight 1) or a weight above 0;
    ``translate`` hands its text to translators (otherwise it is synchronised from the source);
    ``panel`` False leaves it out of the default editor panels.
    """

    name: str
    filter: bool = field(default=False, kw_only=True)
    sort: bool = field(default=False, kw_only=True)
    card: bool = field(default=False, kw_only=True)
    search: bool | float = field(default=False, kw_only=True)
    translate: bool = field(default=False, kw_only=True)
    panel: bool = field(default=True, kw_only=True)

    @property
    def search_weight(self) -> float:
        """The weight in search: 0 when the field is not searched, 1 for ``search=True``."""
        return float(self.search)

    @property
    def computed(self) -> bool:
        """Whether the value is worked out at build time instead of read from a column."""
        return False


@dataclass(frozen=True, slots=True)
class ComputedField(ExposedField):
    """A value worked out while the document is built; it can't be filtered, sorted or imported.

    ``read(instance, build)`` returns JSON that fits ``schema`` and notes on ``build`` whatever
    else it reads, and through ``build.rebuild_at`` the moment from which it may differ.
    """

    read: Callable[[Any, Build], Json] = field(kw_only=True)
    schema: JsonSchema = field(kw_only=True)

    @property
    def computed(self) -> bool:
        return True
