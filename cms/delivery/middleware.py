"""The short way: what only reads published content needs no session, no user, no CSRF token."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, URLResolver
from django.urls.resolvers import RegexPattern

from cms.delivery.access.admission import admit, finish
from cms.delivery.problems import EXPECTED, Problem, problem_of, problem_response
from cms.pages.scope import seeing

__all__ = ["DELIVERY_PATHS", "DeliveryMiddleware"]

DELIVERY_PATHS = ("/api/", "/graphql/", "/images/", "/healthz", "/readyz")
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
        return finish(request, self._answer(request, match))

    def _answer(self, request: HttpRequest, match: ResolverMatch) -> HttpResponse:
        """The view's answer to whoever asks, as much of it as they may see."""
        try:
            access = admit(request, match.url_name or "")
        except EXPECTED as error:
            return problem_response(problem_of(error))
        with seeing(access.scope):
            response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return response
