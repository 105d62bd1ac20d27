"""Errors as the API tells them: RFC 9457 ``application/problem+json``.

Every error has one of the types of :data:`PROBLEM_TYPES`. Its ``type`` is a relative address under
which the API itself explains it. What may not be seen does not exist: the one 404 has neither the
id nor the path that was asked for, so that its bytes are the same whatever the reason.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import orjson
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.views import defaults

__all__ = [
    "API_PATH",
    "EXPECTED",
    "PROBLEM_TYPES",
    "Problem",
    "ProblemName",
    "ProblemType",
    "bad_request",
    "not_found",
    "problem_of",
    "problem_response",
    "server_error",
]

API_PATH = "/api/v1/"
"""Where version 1 of the public contract stands."""

type ProblemName = Literal[
    "bad-request",
    "invalid-cursor",
    "invalid-parameter",
    "invalid-token",
    "malformed-query",
    "method-not-allowed",
    "missing-parameter",
    "not-found",
    "repeated-parameter",
    "server-error",
    "too-many-requests",
    "unavailable",
    "unknown-field",
    "unknown-filter",
    "unknown-operator",
    "unknown-parameter",
    "unknown-sort-key",
    "unknown-type",
]


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One sort of error; ``detail`` and ``detail_vi`` are what is said unless more is known."""

    status: int
    title: str
    detail: str
    detail_vi: str


PROBLEM_TYPES: dict[ProblemName, ProblemType] = {
    "bad-request": ProblemType(
        400, "Bad request", "The request can't be read.", "Không đọc được yêu cầu."
    ),
    "malformed-query": ProblemType(
        400,
        "Malformed query string",
        "The query string must be percent-encoded UTF-8 without NUL, of limited length.",
        "Chuỗi truy vấn phải là UTF-8 mã hóa phần trăm, không có ký tự NUL, độ dài có hạn.",
    ),
    "unknown-parameter": ProblemType(
        400,
        "Unknown parameter",
        "This address doesn't take such a parameter.",
        "Địa chỉ này không nhận tham số đó.",
    ),
    "repeated-parameter": ProblemType(
        400,
        "Repeated parameter",
        "A parameter is given once; several values are separated by commas.",
        "Mỗi tham số chỉ ghi một lần; nhiều giá trị thì cách nhau bằng dấu phẩy.",
    ),
    "missing-parameter": ProblemType(
        400, "Missing parameter", "The parameter is needed.", "Thiếu tham số bắt buộc."
    ),
    "invalid-parameter": ProblemType(
        400,
        "Invalid parameter",
        "The parameter's value doesn't fit.",
        "Giá trị của tham số không hợp lệ.",
    ),
    "unknown-type": ProblemType(
        400,
        "Unknown content type",
        "There is no such content type.",
        "Không có loại nội dung này.",
    ),
    "unknown-field": ProblemType(
        400, "Unknown field", "There is no such field.", "Không có trường này."
    ),
    "unknown-filter": ProblemType(
        400, "Unknown filter", "This field can't be filtered.", "Không lọc được theo trường này."
    ),
    "unknown-operator": ProblemType(
        400,
        "Unknown operator",
        "This field isn't filtered that way.",
        "Trường này không dùng phép so sánh đó.",
    ),
    "unknown-sort-key": ProblemType(
        400,
        "Unknown sort key",
        "A list can't be sorted by this field.",
        "Không sắp xếp được theo trường này.",
    ),
    "invalid-cursor": ProblemType(
        400,
        "Invalid cursor",
        "The cursor isn't one that this very list has given. Begin again without a cursor.",
        "Con trỏ không phải do chính danh sách này cấp. Hãy bắt đầu lại từ trang đầu.",
    ),
    "invalid-token": ProblemType(
        401,
        "No valid token",
        "This needs a valid token: none was sent, or it is wrong, has expired or was revoked.",
        "Cần một mã truy cập còn hiệu lực: chưa gửi mã, mã sai, đã hết hạn hoặc đã bị thu hồi.",
    ),
    "not-found": ProblemType(
        404, "Not found", "There is nothing at this address.", "Không có nội dung ở địa chỉ này."
    ),
    "method-not-allowed": ProblemType(
        405,
        "Method not allowed",
        "This address is only read: GET, HEAD, OPTIONS.",
        "Địa chỉ này chỉ để đọc: GET, HEAD, OPTIONS.",
    ),
    "too-many-requests": ProblemType(
        429,
        "Too many requests",
        "The quota is used up. Try again when Retry-After has passed.",
        "Đã hết lượt truy cập. Vui lòng thử lại sau khoảng thời gian ghi ở Retry-After.",
    ),
    "server-error": ProblemType(
        500,
        "Internal error",
        "Something failed on this side; it has been recorded.",
        "Hệ thống gặp lỗi; lỗi đã được ghi nhận.",
    ),
    "unavailable": ProblemType(
        503,
        "Unavailable",
        "The service can't answer just now. Try again shortly.",
        "Dịch vụ tạm thời chưa trả lời được. Vui lòng thử lại sau.",
    ),
}

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
