"""Lists of pages: which ones, in which order, from where on.

Two queries whatever the size: one for ids and sort keys on allow-listed columns, one for the
documents. ``count=exact`` adds a third.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from django.db.models import QuerySet
from pydantic import Field

from cms.delivery.parameters import FilterTerm, Limit, LocaleParameters, Names, PublicPath
from cms.delivery.problems import Problem
from cms.delivery.query.columns import columns_of
from cms.delivery.query.cursors import read_cursor, write_cursor
from cms.delivery.query.filters import apply_filters
from cms.delivery.query.places import apply_place
from cms.delivery.query.projection import Projection, parse_fields
from cms.delivery.query.rich_text import RichTextForm
from cms.delivery.query.sorting import SortKey, after, parse_sort, sort_rows
from cms.pages.reading import fresh_documents
from cms.pages.visibility import typed_documents, visible_documents
from cms.plugins.registry import ContentType, UnknownNameError, registry

if TYPE_CHECKING:
    from cms.pages.models import PublishedDocument

__all__ = ["ListParameters", "PageList", "list_pages", "page_types", "with_locale_served"]


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
    rows: list[PublishedDocument] = field(default_factory=list)
    types: Sequence[ContentType] = ()
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
    columns = columns_of(types)
    projection = Projection(
        parse_fields(parameters.fields, types or registry.pages()), parameters.rich_text
    )
    rows = apply_filters(_rows(types, parameters), parameters.filters, columns)
    keys = parse_sort(parameters.sort, columns)
    found = PageList(types=types or registry.pages())
    if parameters.count == "exact":
        found.total = rows.count()
    ids = _page(rows, keys, parameters, found)
    found.rows = _documents(ids, whole=parameters.fields is not None)
    for row in found.rows:
        stored = row.card if parameters.fields is None else row.body
        item = projection.apply(bytes(stored), row.type)
        if parameters.fallback is not None:
            item = with_locale_served(item, row.locale)
        found.items.append(item)
    return found


def with_locale_served(document: bytes, locale: str) -> bytes:
    """The document's JSON object with the locale that it is in."""
    return b'{"locale_served":"%b",%b' % (locale.encode(), document[1:])


def _rows(types: Sequence[ContentType], parameters: ListParameters) -> QuerySet[Any]:
    """The visible rows of the types, in the places and the locales that are asked for."""
    if len(types) == 1:
        return apply_place(typed_documents(types[0].model), "document__", parameters)
    rows = visible_documents()
    if types:
        rows = rows.filter(type__in=[one.name for one in types])
    return apply_place(rows, "", parameters)


def _page(
    rows: QuerySet[Any], keys: Sequence[SortKey], parameters: ListParameters, found: PageList
) -> list[int]:
    """The ids of one page of the sorted rows; sets ``next``."""
    rows = sort_rows(rows, keys)
    binding = parameters.binding()
    if parameters.cursor is not None:
        rows = rows.filter(after(keys, read_cursor(parameters.cursor, binding, len(keys))))
    aliases = [key.alias for key in keys]
    page = list(rows.values_list("pk", *aliases)[: parameters.limit + 1])
    if len(page) > parameters.limit:
        del page[parameters.limit :]
        found.next = write_cursor(page[-1][1:], binding)
    return [row[0] for row in page]


def _documents(ids: Sequence[int], *, whole: bool) -> list[PublishedDocument]:
    """The documents with these ids in this order, fresh."""
    if not ids:
        return []
    rows = visible_documents().filter(pk__in=ids)
    rows = rows.defer("card", "card_tags") if whole else rows.defer("body", "tags")
    by_id = {row.pk: row for row in rows}
    return fresh_documents(by_id[pk] for pk in ids if pk in by_id)
