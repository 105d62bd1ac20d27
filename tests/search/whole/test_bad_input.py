"""What can't be searched for is a 400 that names what is allowed; it costs no time (N51, N52)."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from tests.fixtures.portal import Portal
from tests.search.whole.conftest import Search


def problem(search: Search, endpoint: str = "search", /, **params: Any) -> dict[str, Any]:
    """The problem that the parameters are answered with, which must be a 400."""
    response = search.client.get(f"/api/v1/{endpoint}", params)
    assert response.status_code == 400, response.content.decode()
    found: dict[str, Any] = orjson.loads(response.content)
    return found


@pytest.mark.parametrize(
    "q", ["", "   ", "a" * 513, "a" * 1_000_000, '"' * 100_000, "-" * 5_000, '"-' * 3_000, "a\0b"],
    ids=["empty", "spaces", "long", "1 MB", "quotes", "minuses", "nested", "NUL"],
)  # fmt: skip
@pytest.mark.parametrize("endpoint", ["search", "suggest"])
def test_n51_what_is_no_query_is_refused(search: Search, endpoint: str, q: str) -> None:
    assert problem(search, endpoint, q=q)["status"] == 400


@pytest.mark.parametrize("endpoint", ["search", "suggest"])
def test_n51_half_a_surrogate_pair_is_refused(search: Search, endpoint: str) -> None:
    response = search.client.get(f"/api/v1/{endpoint}?q=%ED%A0%80")
    assert response.status_code == 400


@pytest.mark.parametrize(
    "q", ['"' * 400, "-a " * 150, "((((" * 60, "a:b AND NOT c*", "%", "'; DROP TABLE", "\\", "!!!",
          "🙂", "\u202e\u200b", "-", '""', '-""', "NEAR(a b)", "title:^a~2"],
)  # fmt: skip
def test_n51_signs_are_words_or_nothing(search: Search, portal: Portal, q: str) -> None:
    assert isinstance(search.ask(q)["items"], list)
    assert isinstance(search.suggest(q), list)


def test_n52_limits_and_cursors_are_bounded(search: Search, portal: Portal) -> None:
    for limit in ("0", "101", "-1", "x", "1e3"):
        assert problem(search, q="tin", limit=limit)["parameter"] == "limit"
    assert problem(search, q="tin", cursor="x")["type"].endswith("invalid-cursor")
    for number in range(3):
        portal.article(f"Bản tin {number}")
    search.follow()
    cursor = search.ask("bản tin", limit=1)["next"]
    assert problem(search, q="khác", limit=1, cursor=cursor)["type"].endswith("invalid-cursor")


def test_n01_n07_unknown_names_are_refused_with_what_is_allowed(search: Search) -> None:
    found = problem(search, q="tin", facets="owner__password")
    assert (found["parameter"], "type" in found["allowed"]) == ("facets", True)
    found = problem(search, q="tin", **{"filter[owner__password][eq]": "a"})
    assert "issuer" in found["allowed"]
    found = problem(search, q="tin", **{"filter[issuer][contains]": "a"})
    assert set(found["allowed"]) == {"eq", "ne", "in"}
    assert problem(search, q="tin", nothing="1")["type"].endswith("unknown-parameter")
    assert problem(search, q="tin", type="nothing")["type"].endswith("unknown-type")
