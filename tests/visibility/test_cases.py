"""Each known case that concerns reading has a test with its id in its name."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
SOURCES = ("tests", "cms", "search")

CASES = {
    "N01": "filters, sort keys and fields are allow-lists, in every spelling",
    "N02": "what is in no public field is found, counted and told of nowhere",
    "N03": "no order depends on what is hidden",
    "N04": "hostile values on every parameter are data",
    "N05": "what may not be seen is as if it never was, byte for byte",
    "N06": "conditions are looked at after the right to see",
    "N07": "an unknown parameter is refused",
    "N10": "no secondary way leads to what is hidden",
    "N11": "private collections and those below, with their renditions",
    "N12": "translations, one of which is hidden",
    "N13": "revisions, history and secrets in no answer",
    "N14": "no public parameter selects a version",
    "N15": "what is scheduled and what expires turns in time, with a warm cache",
    "N16": "what goes under a private page is gone at once",
    "N20": "no personal answer is kept, nothing unkeyed changes what is kept",
    "N21": "memory changes no answer to anybody",
    "N30": "preview tokens: what they show, and their end",
    "N31": "tokens in every wrong form, and out of logs",
    "N32": "a changed secret key",
    "N40": "markup that runs is not delivered",
    "N41": "drawings and files are given out harmless",
    "N42": "hostile pictures, and sizes that nobody offered",
    "N43": "no write through a route for reading",
    "N45": "hosts, and redirects to elsewhere",
    "N50": "hostile GraphQL documents",
    "N52": "lists have bounds",
    "N53": "quotas that no client can renew",
}
"""The ids and what they are about."""

ELSEWHERE = {
    "N08": "of search: a stale index counts nothing hidden",
    "N17": "of the admin: who may do what (tests of tokens, webhooks and failures have its id)",
    "N44": "of webhooks: where nothing is sent (their tests have its id)",
    "N51": "of search: hostile search strings",
    "N54": "of the server in front: slow and large requests are bounded by its configuration",
}
"""Ids that concern no reading of content, or none that stands yet."""


@lru_cache(maxsize=1)
def _named() -> set[str]:
    """The ids in the names of all tests."""
    files = [path for folder in SOURCES for path in (PROJECT / folder).rglob("test_*.py")]
    names = [name for path in files for name in re.findall(r"def (test_\w+)", path.read_text())]
    return {one.upper() for name in names for one in re.findall(r"(?<=_)[nN]\d\d(?=_|$)", name)}


@pytest.mark.parametrize("case", CASES)
def test_a_test_has_the_id_in_its_name(case: str) -> None:
    assert case in _named(), f"no test named test_{case.lower()}_…: {CASES[case]}"


def test_every_id_that_a_test_has_is_known() -> None:
    assert _named() <= CASES.keys() | ELSEWHERE.keys()
    assert not CASES.keys() & ELSEWHERE.keys()
