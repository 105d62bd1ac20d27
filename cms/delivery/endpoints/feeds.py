"""Feeds and the map of the site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from pydantic import Field

from cms.delivery.feeds.feed import FeedParameters, read_feed
from cms.delivery.feeds.forms import FORMS, write_feed
from cms.delivery.feeds.sitemap import read_sitemap
from cms.delivery.parameters import Parameters, WholeNumber
from cms.delivery.problems import Problem
from cms.delivery.routing import Routes, json_response
from cms.plugins.registry import registry

__all__ = ["SitemapParameters", "routes"]

routes = Routes("Feeds")


class SitemapParameters(Parameters):
    """Which part of the map."""

    part: WholeNumber | None = Field(
        default=None, description="One part of a large map, from 1 on, as the index names them."
    )


@routes.get(
    "sitemap.xml", answer={"type": "string"}, name="api-sitemap", media_type="application/xml"
)
def sitemap(request: HttpRequest, parameters: SitemapParameters) -> HttpResponse:
    """Every public page with its last publication and its translations, for search engines.

    A map of more than 50,000 pages is an index of parts.
    """
    found = read_sitemap(parameters.part)
    return json_response(
        request,
        found.body,
        tags=[f"type:{one.name}" for one in registry.pages()],
        until=found.until,
        content_type="application/xml",
    )


@routes.get(
    "feeds/{slug:form}",
    answer={"type": "object", "description": "JSON Feed 1.1; `rss` and `atom` are XML."},
    name="api-feed",
    media_type="application/feed+json",
)
def feed(request: HttpRequest, form: str, parameters: FeedParameters) -> HttpResponse:
    """A section's newest pages, as `rss`, `atom` or `json`."""
    if form not in FORMS:
        raise Problem("not-found")
    found = read_feed(parameters, form)
    return json_response(
        request,
        write_feed(found, form),
        tags=found.depends_on,
        until=found.until,
        content_type=FORMS[form],
    )
