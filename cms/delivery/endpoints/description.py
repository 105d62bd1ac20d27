"""The API's description, for programs and for people."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import NinjaAPI
from ninja.openapi.docs import Swagger

from cms.delivery.openapi import API_VERSION, openapi_json
from cms.delivery.routing import Routes, json_response
from cms.plugins.registry import registry

__all__ = ["docs", "routes"]

routes = Routes("Description")

_DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'none'"
)


@routes.get("openapi.json", answer={"type": "object"}, name="api-openapi")
def openapi(request: HttpRequest) -> HttpResponse:
    """This description: OpenAPI 3.1."""
    body = openapi_json(tuple(one.name for one in registry.pages()))
    return json_response(request, body, tags=["schema"])


class _Docs(Swagger):
    """ninja's own documentation page, whose scripts come from this server."""

    def get_openapi_url(self, api: NinjaAPI, path_params: dict[str, Any]) -> str:
        return reverse("api-openapi")


_API = NinjaAPI(title="Hợp Tác CMS", version=API_VERSION, urls_namespace="api-docs")


def docs(request: HttpRequest) -> HttpResponse:
    """The description for people, where it can be tried out."""
    response = _Docs().render_page(request, _API)
    response.headers["Content-Security-Policy"] = _DOCS_POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-cache"
    return response
