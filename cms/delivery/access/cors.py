"""Cross-origin reading: django-cors-headers, and the origins of tokens and of the preview.

Credentials are never allowed, so that a public answer may be for every origin. Answers that are the
same whatever the origin don't vary by it: a shared cache then keeps one of each.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from corsheaders.conf import conf
from corsheaders.middleware import CorsMiddleware as BaseMiddleware
from corsheaders.signals import check_request_enabled
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from cms.delivery.access.readers import access_of
from cms.delivery.access.tokens import origin_is_known
from cms.delivery.problem_types import API_PATH
from cms.delivery.problems import Problem

__all__ = ["CorsMiddleware", "allows_origin", "connect"]

PREVIEW_PATH = f"{API_PATH}preview"


class CorsMiddleware(BaseMiddleware):
    """As django-cors-headers has it, but for what is the same for all origins."""

    sync_capable = True
    async_capable = False

    def add_response_headers(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The CORS headers; ``Vary: Origin`` only where another origin gets another answer."""
        response = super().add_response_headers(request, response)
        if not getattr(request, "_cors_enabled", False) or request.method == "OPTIONS":
            return response
        if conf.CORS_ALLOW_ALL_ORIGINS:
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = ", ".join(conf.CORS_EXPOSE_HEADERS)
            _do_not_vary(response)
        elif not conf.CORS_ALLOWED_ORIGINS and not _is_personal(request):
            _do_not_vary(response)
        return response


def _is_personal(request: HttpRequest) -> bool:
    return "HTTP_AUTHORIZATION" in request.META or request.path_info == PREVIEW_PATH


def _do_not_vary(response: HttpResponseBase) -> None:
    names = [name.strip() for name in response.get("Vary", "").split(",")]
    names = [name for name in names if name and name.lower() != "origin"]
    if names:
        response["Vary"] = ", ".join(names)
    elif response.has_header("Vary"):
        del response["Vary"]


def allows_origin(sender: Any, request: HttpRequest, **kwargs: Any) -> bool:
    """Whether scripts of the request's origin may read the answer, beyond ``CMS_CORS_ORIGINS``.

    The frontend's own origin reads previews; a token's origins read with it. A preflight comes
    without the token: it is let through for an origin of any valid one.
    """
    origin = request.headers.get("Origin", "").lower()
    if not origin or not request.path_info.startswith((API_PATH, "/graphql/")):
        return False
    if request.path_info == PREVIEW_PATH:
        return origin == _preview_origin()
    if request.method == "OPTIONS":
        return origin_is_known(origin)
    try:
        token = access_of(request).token
    except Problem:
        return origin_is_known(origin)  # so that the site's own script can read the 401
    return token is not None and origin in token.origins


def _preview_origin() -> str | None:
    if settings.CMS_PREVIEW_URL is None:
        return None
    url = urlsplit(settings.CMS_PREVIEW_URL.lower())
    return f"{url.scheme}://{url.netloc}"


def connect() -> None:
    """Asks :func:`allows_origin` of each cross-origin request to the API."""
    check_request_enabled.connect(allows_origin, dispatch_uid="cms.delivery")
