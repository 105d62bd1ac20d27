"""``/graphql/explorer``: a page to try queries out. Its few scripts come from this server."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.delivery.problems import Problem
from cms.delivery.routing import delivery_view

__all__ = ["explorer"]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


@delivery_view
def explorer(request: HttpRequest) -> HttpResponse:
    """The page; a 404 like any other where ``CMS_GRAPHIQL`` is off."""
    if not settings.CMS_GRAPHIQL:
        raise Problem("not-found")
    response = render(request, "graphql/explorer.html")
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-cache"
    return response
