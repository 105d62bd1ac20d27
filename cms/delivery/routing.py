"""How endpoints are declared: once, as a thin view that also describes itself.

    routes = Routes("Events")

    @routes.get("upcoming", answer={"type": "array"})
    def upcoming(request: HttpRequest, parameters: UpcomingParameters) -> HttpResponse:
        \"\"\"What comes next.\"\"\"
        return json_response(request, body)

A plugin puts its ``routes`` into ``routes.py``; they stand below ``/api/v1/<label>/``. The view is
plain Django: django-ninja, which costs twice as much a request as all the rest of Django here,
reads the same function for OpenAPI only (ADR 10).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, get_type_hints

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from cms.delivery.answers import json_response
from cms.delivery.parameters import Parameters
from cms.delivery.problems import EXPECTED, Problem, problem_of, problem_response
from cms.pages.exposed import JsonSchema

__all__ = ["Endpoint", "NoParameters", "Routes", "delivery_view", "json_response", "url_pattern"]

type View = Callable[..., HttpResponse]

SAFE_METHODS = ("GET", "HEAD")


def delivery_view(function: View) -> View:
    """Makes a complete view of a reader: GET and HEAD only, expected errors as problems."""

    @wraps(function)
    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return _other_method(request)
        try:
            response = function(request, *args, **kwargs)
        except EXPECTED as error:
            response = problem_response(problem_of(error))
        if request.method == "HEAD":
            response.content = b""  # Content-Length stays, as GET would give it
        return response

    view.csrf_exempt = True  # type: ignore[attr-defined]  # only reads, whoever asks
    return view


def _other_method(request: HttpRequest) -> HttpResponse:
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response.headers["Allow"] = "GET, HEAD, OPTIONS"
        return response
    return problem_response(Problem("method-not-allowed"))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address: ``path`` in ninja's form (``pages/{int:page_id}``), without a leading slash."""

    path: str
    name: str
    function: View
    answer: JsonSchema
    description: JsonSchema
    tag: str
    media_type: str = "application/json"

    @property
    def parameters(self) -> type[Parameters] | None:
        """The model of the query parameters, where the function takes ``parameters``."""
        return get_type_hints(self.function).get("parameters")

    def view(self, is_open: Callable[[], bool]) -> View:
        """The Django view; a 404 while ``is_open`` says no."""
        function, model = self.function, self.parameters

        def read(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if not is_open():
                raise Problem("not-found")
            if model is not None:
                return function(request, parameters=model.read(request), **kwargs)
            NoParameters.read(request)
            return function(request, **kwargs)

        return delivery_view(wraps(function)(read))


class NoParameters(Parameters):
    """For an endpoint that takes none."""


@dataclass(slots=True)
class Routes:
    """The endpoints of one concern; ``tag`` groups them on the documentation page."""

    tag: str
    endpoints: list[Endpoint] = field(default_factory=list)

    def get(
        self,
        path: str,
        *,
        answer: JsonSchema,
        name: str = "",
        description: JsonSchema | None = None,
        media_type: str = "application/json",
    ) -> Callable[[View], View]:
        """Declares an endpoint; the function's docstring describes it.

        ``answer`` is the JSON Schema of what it gives; ``description`` is merged into its OpenAPI
        operation; ``name`` is its URL name, by default the function's with hyphens. Raises
        ValueError for a path that another endpoint here has.
        """

        def declare(function: View) -> View:
            if any(path == other.path for other in self.endpoints):
                raise ValueError(f"The path {path!r} is declared twice in {self.tag!r}.")
            endpoint = Endpoint(
                path=path,
                name=name or f"api-{function.__name__.replace('_', '-')}",
                function=function,
                answer=answer,
                description=description or {},
                tag=self.tag,
                media_type=media_type,
            )
            self.endpoints.append(endpoint)
            return function

        return declare

    def __iter__(self) -> Iterator[Endpoint]:
        return iter(self.endpoints)


def url_pattern(prefix: str, endpoint: Endpoint, is_open: Callable[[], bool]) -> URLPattern:
    """Django's URL pattern of an endpoint, which is not found while ``is_open`` says no."""
    django_path = re.sub(r"\{([^}]+)\}", r"<\1>", prefix + endpoint.path)
    return path(django_path, endpoint.view(is_open), name=endpoint.name)
