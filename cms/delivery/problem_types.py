"""The sorts of errors that the API knows, in English and in Vietnamese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["API_PATH", "PROBLEM_TYPES", "ProblemName", "ProblemType"]

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
