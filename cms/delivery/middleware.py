"""The short way: what only reads published content needs no session, no user, no CSRF token."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver
from django.urls.resolvers import RegexPattern

from cms.delivery.problems import Problem, problem_response

__all__ = ["DELIVERY_PATHS", "DeliveryMiddleware"]

DELIVERY_PATHS = ("/api/", "/images/", "/healthz", "/readyz")
"""What the paths of delivery begin with."""


class DeliveryMiddleware:
    """Answers the paths of delivery itself and hands everything else on.

    It stands behind the middleware that every answer needs (security headers, CORS) and before
    those that the admin needs. Its views answer with problem documents themselves; what they don't
    expect goes up to Django's own handler, which logs it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._resolver = URLResolver(RegexPattern(r"^/"), "cms.delivery.urls")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(DELIVERY_PATHS):
            return self._get_response(request)
        request.get_host()  # raises DisallowedHost for a host that isn't ours
        try:
            match = self._resolver.resolve(request.path_info)
        except Resolver404:
            return problem_response(Problem("not-found"))
        request.resolver_match = match
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return response
