"""What a list may be filtered and sorted by: the allow-list, as columns of its queryset.

The fields of the envelope are columns of the documents and serve every type. A type's own fields
are columns of its model, and exactly those that it declares with ``filter`` or ``sort``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, DateTimeField, F, Field, TextField
from django.db.models.expressions import Combinable

from cms.delivery.query.texts import by_code_point
from cms.pages.collation import Vietnamese
from cms.pages.kinds import Kind, field_kind, model_field
from cms.pages.kinds.numbers import IntegerKind
from cms.pages.kinds.references import ManyKind, PageKind
from cms.pages.kinds.text import ChoiceKind, TextKind
from cms.pages.kinds.times import DateTimeKind
from cms.pages.models import TranslationState
from cms.plugins.registry import ContentType, registry

__all__ = ["Column", "base_columns", "columns_of"]


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a list: where it is read and what may be done with it.

    ``lookup`` is its ORM path from the list's queryset, ``order`` the path that it is sorted by;
    ``field`` is what values are compared as.
    """

    name: str
    lookup: str
    kind: Kind
    field: Field[Any, Any]
    source: Any = None
    operators: frozenset[str] = frozenset()
    order: str = ""
    nullable: bool = False
    of_translation: bool = False
    """Whether it is read of the page's state as a translation, and not of the page."""

    @property
    def is_text(self) -> bool:
        """Whether empty text stands for no value."""
        return isinstance(self.kind, TextKind)

    @property
    def is_many(self) -> bool:
        """Whether a page has several of these."""
        return isinstance(self.kind, ManyKind)

    @property
    def is_page(self) -> bool:
        """Whether the value is another page, which the reader may not be allowed to see."""
        return isinstance(self.kind, PageKind)

    @property
    def tags(self) -> frozenset[str]:
        """What else a list changes with that is filtered or sorted by this field.

        A reference is compared by the record's key, or by whether the page is public: that may
        change for a record or a page which no row of the list shows.
        """
        if self.source is None or not self.source.is_relation:
            return frozenset()
        target = self.source.related_model
        if hasattr(target, "natural_key_field"):
            return frozenset({f"type:{target._meta.model_name}"})
        return frozenset(f"type:{one.name}" for one in registry.pages())

    def order_expression(self) -> Combinable:
        """What the list is sorted by: prose in Vietnamese order, identifiers by code point."""
        if not self.is_text or self.name == "title":
            return F(self.order)
        if isinstance(self.kind, _Identifier | ChoiceKind):
            return by_code_point(self.order)
        return Vietnamese(self.order)


class _Identifier(TextKind):
    """Text that programs write: a slug, a path, a type."""


_WORD = _Identifier.operators - {"contains", "startswith", "isnull"}
_TEXT = _Identifier.operators - {"isnull"}


def _base(prefix: str) -> dict[str, Column]:
    word, prose, moment, text = _Identifier(), TextKind(), DateTimeKind(), TextField[Any, Any]()
    number, time = BigIntegerField[Any, Any](), DateTimeField[Any, Any]()

    def column(
        name: str, kind: Kind, field: Field[Any, Any], operators: frozenset[str],
        order: str | None = None, **more: Any,
    ) -> Column:  # fmt: skip
        lookup = prefix + more.pop("path", name)
        order = lookup if order is None else order and prefix + order
        return Column(name, lookup, kind, field, None, operators, order, **more)

    columns = [
        column("id", IntegerKind(), number, IntegerKind.operators - {"isnull"}, path="pk"),
        column("type", word, text, _WORD),
        column("locale", word, text, _WORD),
        column("path", word, text, _TEXT),
        column("slug", word, text, _TEXT),
        column("title", prose, text, _TEXT, "title_key"),
        column("published_at", moment, time, moment.operators, nullable=True),
        column("updated_at", moment, time, moment.operators, nullable=True),
        *_of_translation(),
        column("parent", PageKind(), number, PageKind.operators, "", path="parent_id"),
    ]
    return {one.name: one for one in columns}


def _of_translation() -> list[Column]:
    """``translation.status``: what a document says of the page as a translation."""
    kinds: dict[str, Kind] = {
        "status": ChoiceKind(), "percent": IntegerKind(), "outdated_since": DateTimeKind(),
        "machine": IntegerKind(),
    }  # fmt: skip
    columns = []
    for name, kind in kinds.items():
        source = model_field(TranslationState, name)
        operators = kind.operators if source.null else kind.operators - {"isnull"}
        columns.append(
            Column(f"translation.{name}", name, kind, source, source, operators, "",
                   nullable=source.null, of_translation=True)
        )  # fmt: skip
    return columns


@lru_cache(maxsize=4)
def base_columns(prefix: str) -> Mapping[str, Column]:
    """The envelope's columns; ``prefix`` leads from the queryset's model to the document."""
    return _base(prefix)


@lru_cache(maxsize=500)
def _type_columns(model: Any) -> Mapping[str, Column]:
    columns: dict[str, Column] = dict(base_columns("document__"))
    for exposed in model.exposed_fields:
        if exposed.computed or not (exposed.filter or exposed.sort):
            continue
        field = model_field(model, exposed.name)
        kind = field_kind(field)
        lookup = kind.lookup(field)
        columns[exposed.name] = Column(
            exposed.name,
            lookup,
            kind,
            _compared_field(field, kind),
            field,
            kind.operators if exposed.filter else frozenset(),
            lookup if exposed.sort and kind.sortable else "",
            nullable=bool(getattr(field, "null", False)),
        )
    return columns


def _compared_field(field: Any, kind: Kind) -> Field[Any, Any]:
    """What a filter's value is compared as: a reference by its natural key or its id."""
    if not field.is_relation:
        compared: Field[Any, Any] = field
        return compared
    last = kind.lookup(field).rsplit("__", 1)[-1]
    key = getattr(field.related_model, "natural_key_field", None)
    return TextField() if key is not None and last == key else BigIntegerField()


def columns_of(types: Sequence[ContentType]) -> Mapping[str, Column]:
    """The columns of a list: the envelope's, and a type's own where it is of one type."""
    return _type_columns(types[0].model) if len(types) == 1 else base_columns("")
