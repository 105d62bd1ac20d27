"""Lists of pages: which ones, in which order, from where on.

Two queries whatever the size: one for ids and sort keys on allow-listed columns, one for the
documents. ``count=exact`` adds a third.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Literal, cast

from django.db.models import QuerySet
from django.utils import timezone
from pydantic import Field

from cms.delivery.parameters import FilterTerm, Limit, LocaleParameters, Names, PublicPath
from cms.delivery.problems import Problem
from cms.delivery.query.columns import Column, base_columns, columns_of
from cms.delivery.query.cursors import read_cursor, write_cursor
from cms.delivery.query.filters import Condition, apply_conditions, parse_filters
from cms.delivery.query.places import Place
from cms.delivery.query.prepared import prepared, prepared_count
from cms.delivery.query.projection import Projection, parse_fields
from cms.delivery.query.rich_text import RichTextForm
from cms.delivery.query.sorting import SortKey, after, parse_sort, sort_rows
from cms.delivery.stored import NOW, Stored, disabled_plugins, find_documents
from cms.pages.section_policies import POLICY_TAG
from cms.pages.visibility import typed_documents, visible_documents
from cms.plugins.registry import ContentType, UnknownNameError, registry

__all__ = [
    "ListParameters",
    "PageList",
    "Selection",
    "list_pages",
    "page_types",
    "served_as",
]


class ListParameters(LocaleParameters):
    """Which pages a list gives, and how."""

    takes_filters: ClassVar[bool] = True

    type: Names | None = Field(
        default=None,
        description="Content types, with commas between them. One type alone can be filtered and "
        "sorted by its own fields.",
    )
    within: PublicPath | None = Field(
        default=None, description="Everything below the page with this path."
    )
    parent: str | None = Field(
        default=None,
        pattern=r"^(/.*|[0-9]{1,18})$",
        description="The pages right below the one with this id or path.",
    )
    sort: Names | None = Field(
        default=None,
        description="Sort keys, with commas between them; `-` turns one round. "
        "By default `-published_at`. The id is always the last.",
    )
    limit: Limit = Field(default=20, description="Most items to give.")
    cursor: str | None = Field(default=None, description="`next` of the page before.")
    fields: Names | None = Field(
        default=None, description="`*` for whole pages, or names of fields. By default cards."
    )
    rich_text: RichTextForm = Field(default="html", description="The form of rich text.")
    count: Literal["none", "exact"] = Field(
        default="none", description="`exact` adds `total`: how many there are in all."
    )
    filters: tuple[FilterTerm, ...] = Field(
        default=(), json_schema_extra={"include_in_schema": False}
    )

    def binding(self) -> object:
        """What a cursor of the list is bound to: all that decides which rows in which order."""
        return self.model_dump(
            mode="json", exclude={"limit", "cursor", "fields", "rich_text", "count"}
        )


@dataclass(slots=True)
class PageList:
    """One page of a list: the delivered items' JSON, and what the answer was made from."""

    items: list[bytes] = field(default_factory=list)
    rows: list[Stored] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    next: str | None = None
    total: int | None = None


def page_types(names: Sequence[str] | None) -> list[ContentType]:
    """The enabled page types of those names; none for None. Raises Problem ``unknown-type``."""
    try:
        return [registry.page_type(name) for name in names or ()]
    except UnknownNameError as error:
        raise Problem(
            "unknown-type",
            f"There is no content type {error.name!r}.",
            parameter="type",
            allowed=error.allowed,
        ) from None


def list_pages(parameters: ListParameters) -> PageList:
    """The list that the parameters describe; raises Problem."""
    types = page_types(parameters.type)
    every_type = types or registry.pages()
    names = parse_fields(parameters.fields, every_type)
    projection = Projection(names, parameters.rich_text)
    selection = Selection(types, parameters)
    found = PageList(tags={f"type:{one.name}" for one in every_type} | selection.tags)
    if parameters.count == "exact":
        found.total = selection.count()
    ids, found.next = selection.page()
    found.rows = find_documents(ids, "card" if parameters.fields is None else "body")
    for row in found.rows:
        found.tags.add(f"page:{row.pk}")
        found.tags.update(row.tags)
        item = projection.apply(row.content, row.type)
        found.items.append(served_as(item, row.locale, parameters))
    return found


def served_as(
    document: bytes, locale: str, parameters: LocaleParameters, asked: str | None = None
) -> bytes:
    """The document's JSON object with what is to be said of the locale that it is in.

    ``asked`` is the locale that is asked for where it isn't a parameter. Nothing is said where that
    is the locale served and no fallback was asked for: mostly.
    """
    if parameters.fallback is not None:
        return b'{"locale_served":"%b",%b' % (locale.encode(), document[1:])
    asked = parameters.locale or asked
    if asked is None or asked == locale:
        return document
    return b'{"locale_served":"%b","untranslated":true,%b' % (locale.encode(), document[1:])


class Selection:
    """Which rows a list has and in which order; read whole before any query is made.

    Raises Problem for parameters that don't fit.
    """

    def __init__(self, types: Sequence[ContentType], parameters: ListParameters) -> None:
        self._types = tuple(types)
        self._parameters = parameters
        columns = self._columns()
        self._typed = columns is not base_columns("")
        self._conditions: tuple[Condition, ...] = parse_filters(parameters.filters, columns)
        self._keys: list[SortKey] = parse_sort(parameters.sort, columns)
        self._place = Place.of(parameters)
        self._cursor: list[Any] | None = None
        if parameters.cursor is not None:
            self._cursor = read_cursor(parameters.cursor, self._binding, len(self._keys))

    def _columns(self) -> Mapping[str, Column]:
        """The columns to choose from; the envelope's alone, on one table, where they suffice."""
        base = base_columns("")
        names = [name for name, _, _ in self._parameters.filters]
        names += [name.removeprefix("-") for name in self._parameters.sort or ()]
        return base if base.keys() >= set(names) else columns_of(self._types)

    @cached_property
    def _binding(self) -> object:
        return self._parameters.binding()

    @property
    def tags(self) -> set[str]:
        """What decides beside the rows themselves which they are."""
        tags = {tag for condition in self._conditions for tag in condition.column.tags}
        return tags | {POLICY_TAG} if self._parameters.leaves_it_to_sections else tags

    def page(self) -> tuple[list[int], str | None]:
        """The ids of the page that is asked for, and the cursor of the next one."""
        rows, more = self.rows()
        return [row[0] for row in rows], self.cursor(rows[-1]) if more else None

    def rows(self) -> tuple[list[tuple[Any, ...]], bool]:
        """The page's rows, each its id and the values of the sort keys; whether more follow."""
        limit = self._parameters.limit
        nulls = None if self._cursor is None else tuple(value is None for value in self._cursor)
        shape = (self._shape, tuple(key.shape for key in self._keys), nulls, limit)
        values = self._values()
        if self._cursor is not None:
            values |= {key.alias: v for key, v in zip(self._keys, self._cursor, strict=True)}
        rows = prepared(shape, self._sorted).raw(values)
        return rows[:limit], len(rows) > limit

    def cursor(self, row: tuple[Any, ...]) -> str:
        """The cursor of what follows a row."""
        return write_cursor(row[1:], self._binding)

    def count(self) -> int:
        """How many rows there are on all pages together."""
        query = prepared_count(self._shape, lambda: self._rows().order_by().values("pk"))
        return int(query.raw(self._values())[0][0])

    @property
    def _shape(self) -> Hashable:
        types = tuple(one.name for one in self._types)
        conditions = tuple(condition.shape for condition in self._conditions)
        return "list", types, self._typed, conditions, self._place.shape, disabled_plugins()

    def _values(self) -> dict[str, Any]:
        values = {"now": timezone.now(), **self._place.values}
        for condition in self._conditions:
            values.update(condition.named_values())
        return values

    def _rows(self) -> QuerySet[Any]:
        now = cast(Any, NOW)
        visible = visible_documents(now=now)
        if self._typed:
            rows = typed_documents(self._types[0].model, now=now)
        else:
            rows = (
                visible.filter(type__in=[t.name for t in self._types]) if self._types else visible
            )
        rows = self._place.apply(rows, "document__" if self._typed else "", visible)
        return apply_conditions(rows, self._conditions, visible.values("pk"))

    def _sorted(self) -> QuerySet[Any]:
        rows = sort_rows(self._rows(), self._keys)
        if self._cursor is not None:
            rows = rows.filter(after(self._keys, self._cursor))
        aliases = [key.alias for key in self._keys]
        return rows.values_list("pk", *aliases)[: self._parameters.limit + 1]
