"""Errors as the API tells them: RFC 9457 ``application/problem+json``.

Every error is of one of the sorts in ``problem_types``. Its ``type`` is a relative address under
which the API itself explains it. What may not be seen does not exist: the one 404 has neither the
id nor the path that was asked for, so that its bytes are the same whatever the reason.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

import orjson
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.views import defaults

from cms.delivery.problem_types import API_PATH, PROBLEM_TYPES, ProblemName

__all__ = [
    "EXPECTED",
    "Problem",
    "bad_request",
    "not_found",
    "problem_of",
    "problem_response",
    "server_error",
]


RETRY_AFTER = 2  # seconds

logger = logging.getLogger(__name__)


class Problem(Exception):
    """An error that the client is told of.

    ``detail`` is an English sentence with what is known beyond the type; ``parameter`` the name of
    the parameter that it is about; ``allowed`` what would be accepted in its place.
    """

    def __init__(
        self,
        name: ProblemName,
        detail: str = "",
        *,
        parameter: str | None = None,
        allowed: Iterable[str] | None = None,
        **extensions: Any,
    ) -> None:
        super().__init__(detail or PROBLEM_TYPES[name].detail)
        self.name = name
        self.parameter = parameter
        self.allowed = None if allowed is None else sorted(allowed)
        self.extensions = extensions

    @property
    def status(self) -> int:
        """The HTTP status."""
        return PROBLEM_TYPES[self.name].status

    def members(self) -> dict[str, Any]:
        """The members of the problem document."""
        kind = PROBLEM_TYPES[self.name]
        members: dict[str, Any] = {
            "type": f"{API_PATH}problems/{self.name}",
            "title": kind.title,
            "status": kind.status,
            "detail": str(self),
            "detail_vi": kind.detail_vi,
        }
        if self.parameter is not None:
            members["parameter"] = self.parameter
        if self.allowed is not None:
            members["allowed"] = self.allowed
        return {**members, **self.extensions}


# The one table of exceptions that aren't failures of this side. Whatever else is raised is one, and
# goes up to Django, which logs it and answers with `server_error`.
_PROBLEMS: tuple[tuple[type[Exception], ProblemName], ...] = (
    (Http404, "not-found"),
    (SuspiciousOperation, "bad-request"),
    (OperationalError, "unavailable"),
)
EXPECTED: tuple[type[Exception], ...] = (Problem, *(error for error, _ in _PROBLEMS))


def problem_of(error: Exception) -> Problem:
    """The problem that stands for one of the :data:`EXPECTED` exceptions."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, OperationalError):
        logger.error("the database did not answer", exc_info=error)
    return next(Problem(name) for expected, name in _PROBLEMS if isinstance(error, expected))


def problem_response(problem: Problem) -> HttpResponse:
    """The problem document; never stored by a cache."""
    body = orjson.dumps(problem.members())
    response = HttpResponse(body, status=problem.status, content_type="application/problem+json")
    if problem.status < 500:
        # A wrong request is the client's to know of, not the operator's: without this mark Django
        # logs each as a warning, which costs more than the answer.
        response._has_been_logged = True  # type: ignore[attr-defined]
    headers = response.headers
    headers["Content-Length"] = str(len(body))
    headers["Cache-Control"] = "no-store"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    headers["Referrer-Policy"] = "no-referrer"
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if problem.status == 405:
        headers["Allow"] = "GET, HEAD, OPTIONS"
    if problem.status == 503:
        headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _is_delivery(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's ``handler400``: a host that isn't ours, a request that can't be read."""
    if _is_delivery(request):
        return problem_response(Problem("bad-request"))
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's ``handler404``."""
    if _is_delivery(request):
        return problem_response(Problem("not-found"))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's ``handler500``: says nothing of what failed."""
    if _is_delivery(request):
        return problem_response(Problem("server-error"))
    return defaults.server_error(request)
