"""Drafts: one by its preview token, or one by its id for the holder of a token for drafts."""

from __future__ import annotations

import orjson
from django.http import HttpRequest, HttpResponse
from pydantic import Field

from cms.delivery import schemas
from cms.delivery.access.readers import access_of, bearer
from cms.delivery.answers import API_HEADERS
from cms.delivery.linked_data import IncludeParameters, linked_data
from cms.delivery.parameters import MAX_ID, Names
from cms.delivery.preview.tokens import open_draft
from cms.delivery.problems import Problem
from cms.delivery.query.projection import Projection, parse_fields
from cms.delivery.query.rich_text import RichTextForm
from cms.delivery.routing import Routes
from cms.pages.builder import build_document
from cms.pages.drafts import load_draft
from cms.pages.models import ContentPage
from cms.plugins.registry import registry

__all__ = ["routes"]

routes = Routes("Drafts")


class DraftParameters(IncludeParameters):
    """How a draft is delivered."""

    fields: Names | None = Field(
        default=None, description="Names of the fields to give; `*` or left out: all."
    )
    rich_text: RichTextForm = Field(
        default="html", description="The form of rich text; `ast` is a hast tree."
    )


class PreviewParameters(DraftParameters):
    """Which draft."""

    token: str | None = Field(
        default=None,
        description="The preview token. Better sent as `Authorization: Bearer`, which no log has.",
    )


@routes.get("preview", answer=schemas.DRAFT)
def preview(request: HttpRequest, parameters: PreviewParameters) -> HttpResponse:
    """The draft that a preview token shows: as `resolve` gives a page, with `draft`.

    A token that is wrong, has ended or was made for something else gives the same 401.
    """
    page = open_draft(bearer(request) or parameters.token or "")
    if page is None:
        raise Problem("invalid-token")
    return _answer(page, parameters)


@routes.get("drafts/{int:page_id}", answer=schemas.DRAFT)
def draft(request: HttpRequest, page_id: int, parameters: DraftParameters) -> HttpResponse:
    """A page as its latest revision has it, for the holder of an access token for drafts.

    For anyone else, and for what is out of the token's sight, there is nothing here.
    """
    page = None
    if access_of(request).reads_drafts and page_id <= MAX_ID:
        page = load_draft(page_id)
    if page is None:
        raise Problem("not-found")
    return _answer(page, parameters)


def _answer(page: ContentPage, parameters: DraftParameters) -> HttpResponse:
    """The draft, which no cache stores; it has no ETag, since it is never the same for long."""
    built = build_document(page)
    names = parse_fields(parameters.fields, [registry.get(built.type)])
    body = Projection(names, parameters.rich_text).apply(built.body, built.type)
    if parameters.include is not None:
        (data,) = linked_data([orjson.loads(built.body)])
        body = b'%b,"json_ld":%b}' % (body[:-1], orjson.dumps(data.text))
    response = HttpResponse(
        b'{"kind":"page","draft":true,"page":%b}' % body, content_type="application/json"
    )
    response.headers["Content-Length"] = str(len(response.content))
    response.headers["Cache-Control"] = "private, no-store"
    for name, value in API_HEADERS.items():
        response.headers[name] = value
    return response
