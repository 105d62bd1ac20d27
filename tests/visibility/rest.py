"""The rows of REST: all there are, with those that have no content."""

from __future__ import annotations

from tests.visibility import feeds, lists, pages
from tests.visibility.asking import get
from tests.visibility.axes import Way
from tests.visibility.combining import every
from tests.visibility.table import Row

__all__ = ["ROWS"]

_CODE = "It describes the code and the operation, and has no content."

ROWS = [
    *pages.ROWS,
    *lists.ROWS,
    *feeds.ROWS,
    Row("api-types", _CODE, also=every(lambda: [get("types")])),
    Row("api-content-type", _CODE, also=every(lambda: [get("types/article"), get("types/course")])),
    Row("api-problem", _CODE, also=every(lambda: [get("problems/not-found")])),
    Row("api-openapi", _CODE, also=every(lambda: [get("openapi.json")])),
    Row("api-docs", _CODE, also=every(lambda: [get("docs")])),
    Row("api-healthz", _CODE, also=every(lambda: [get("/healthz")])),
    Row("api-readyz", _CODE, also=every(lambda: [get("/readyz")])),
    Row("api-upcoming-courses", "Titles of one plugin's pages, in one order.",
        {Way.LIST: every(lambda: [get("course/upcoming")])}),
]  # fmt: skip
