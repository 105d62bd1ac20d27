"""All rows of the matrix. A new endpoint is one entry of one of these lists."""

from __future__ import annotations

from tests.visibility import files, graph, rest
from tests.visibility.table import Row

__all__ = ["ROWS"]

ROWS: list[Row] = [*rest.ROWS, *graph.ROWS, *files.ROWS]
