"""Static: nothing that a client writes becomes the name of a column."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.delivery.test_visibility import PROJECT, _sources

QUERIES = {"filter", "exclude", "get", "annotate", "alias", "order_by", "values", "values_list",
           "update_or_create", "get_or_create", "aggregate", "Q"}  # fmt: skip
"""Where Django takes names of columns as keywords."""

MADE_HERE = {
    ("cms/delivery/search/gate.py", "empty"): "the columns of a document, a table of its own",
    ("cms/delivery/stored.py", "slots"): "the keys of `find_document`, which has a table of them",
}


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(PROJECT)))
def test_n04_keywords_of_queries_are_written_out(path: Path) -> None:
    """``filter(**request…)`` is how CVE-2025-64459 came about: a dictionary's keys are code."""
    name = str(path.relative_to(PROJECT))
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or _called(node) not in QUERIES:
            continue
        for keyword in node.keywords:
            if keyword.arg is None and not _is_written_out(keyword.value):
                place = (name, ast.unparse(keyword.value))
                assert place in MADE_HERE, f"line {node.lineno}: {ast.unparse(node)}"


def _is_written_out(value: ast.expr) -> bool:
    """Whether the dictionary stands there itself."""
    if isinstance(value, ast.IfExp):
        return _is_written_out(value.body) and _is_written_out(value.orelse)
    return isinstance(value, ast.Dict | ast.DictComp)


def _called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
