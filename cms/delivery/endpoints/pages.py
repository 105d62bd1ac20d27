"""Pages: one by its id or its path, and lists."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import orjson
from django.http import HttpRequest, HttpResponse
from pydantic import Field

from cms.delivery import schemas
from cms.delivery.linked_data import IncludeParameters, linked_data
from cms.delivery.parameters import MAX_ID, LocaleParameters, Names, PublicPath
from cms.delivery.problems import Problem
from cms.delivery.query.lists import ListParameters, list_pages, served_as
from cms.delivery.query.places import path_locale
from cms.delivery.query.projection import Projection, parse_fields
from cms.delivery.query.rich_text import RichTextForm
from cms.delivery.redirects import find_redirect
from cms.delivery.routing import Routes, json_response
from cms.delivery.stored import Stored, find_document
from cms.delivery.translations import find_by_path, in_locale
from cms.pages.section_policies import POLICY_TAG
from cms.plugins.registry import registry

__all__ = ["PageParameters", "ResolveParameters", "routes"]

routes = Routes("Pages")


class PageParameters(IncludeParameters, LocaleParameters):
    """How one page is delivered."""

    fields: Names | None = Field(
        default=None, description="Names of the fields to give; `*` or left out: all."
    )
    rich_text: RichTextForm = Field(
        default="html", description="The form of rich text; `ast` is a hast tree."
    )


class ResolveParameters(PageParameters):
    """What stands at a path."""

    path: PublicPath = Field(description="A public path: `/tin-tuc/dai-hoi/`.")


@routes.get("resolve", answer=schemas.RESOLVED)
def resolve(request: HttpRequest, parameters: ResolveParameters) -> HttpResponse:
    """What stands at a public path: a page, or a redirect to where it is now."""
    path = parameters.path if parameters.path.endswith("/") else f"{parameters.path}/"
    row = find_by_path(path, parameters)
    if row is not None:
        read = _read(row, parameters, path_locale(path))
        return json_response(
            request,
            b'{"kind":"page","page":%b}' % read.body,
            tags=read.tags,
            until=read.until,
            shared=read.shared,
        )
    target = find_redirect(parameters.path)
    if target is None:
        raise Problem("not-found")
    answer = {"kind": "redirect", "location": target.location, "permanent": target.permanent}
    tags = [f"page:{target.page_id}"] if target.page_id is not None else []
    return json_response(request, orjson.dumps(answer), tags=tags, shared=False)


@routes.get("pages/{int:page_id}", answer=schemas.PAGE)
def page(request: HttpRequest, page_id: int, parameters: PageParameters) -> HttpResponse:
    """One page by its id."""
    row = find_document(pk=page_id) if page_id <= MAX_ID else None
    row = in_locale(row, parameters)
    if row is None:
        raise Problem("not-found")
    read = _read(row, parameters)
    etag = row.etag if read.body is row.content else None
    return json_response(
        request, read.body, etag=etag, tags=read.tags, until=read.until, shared=read.shared
    )


@routes.get("pages", answer=schemas.PAGE_LIST, description={"parameters": schemas.FILTERS})
def pages(request: HttpRequest, parameters: ListParameters) -> HttpResponse:
    """A list of pages: cards, or the fields that are asked for."""
    found = list_pages(parameters)
    total = b"" if found.total is None else b',"total":%d' % found.total
    body = b'{"items":[%b],"next":%b%b}' % (
        b",".join(found.items),
        orjson.dumps(found.next),
        total,
    )
    moments = [row.until for row in found.rows if row.until is not None]
    return json_response(request, body, tags=found.tags, until=min(moments, default=None))


class _Read(NamedTuple):
    """A document's JSON as it is asked for, and what it was made from."""

    body: bytes
    tags: list[str]
    until: datetime | None
    shared: bool = True


def _read(row: Stored, parameters: PageParameters, asked: str | None = None) -> _Read:
    """The stored bytes, mostly; ``asked`` is the locale of the address that was asked for."""
    names = parse_fields(parameters.fields, [registry.get(row.type)])
    body = Projection(names, parameters.rich_text).apply(row.content, row.type)
    body = served_as(body, row.locale, parameters, asked)
    tags = row.tags
    if parameters.fallback is None and row.locale != (parameters.locale or asked or row.locale):
        tags = [*tags, POLICY_TAG]
    if parameters.include is None:
        return _Read(body, tags, row.until)
    (data,) = linked_data([orjson.loads(row.content)])
    body = b'%b,"json_ld":%b}' % (body[:-1], orjson.dumps(data.text))
    until = min((one for one in (row.until, data.until) if one is not None), default=None)
    return _Read(body, [*tags, *data.tags], until, data.complete)
