"""No list is endless, and none can be begun far down: a cursor costs the same everywhere."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.delivery.conftest import Api
from tests.fixtures.portal import Portal

LISTS = {"pages": 100, "redirects": 100, "changes": 1_000, "feeds/rss": 100}


@pytest.mark.parametrize(("path", "most"), LISTS.items())
def test_n52_limits_have_a_bound(api: Api, portal: Portal, path: str, most: int) -> None:
    assert api.get(path, {"limit": most}).status_code == 200
    for limit in (most + 1, 10**6, 10**30, 0, -1, "", "x", "1e3", "null"):
        assert api.get(path, {"limit": limit}).status_code == 400, limit


@pytest.mark.parametrize("path", LISTS)
def test_n52_there_is_no_offset(api: Api, portal: Portal, path: str) -> None:
    for name in ("offset", "skip", "page", "from", "start"):
        problem = api.problem(f"{path}?{name}=1000000")
        assert problem["type"].endswith("/unknown-parameter")


def test_n52_no_order_is_worked_out_for_one_request(api: Api, portal: Portal) -> None:
    for key in ("random", "?", "-random", "rand()", "score"):
        assert api.problem(f"pages?sort={key}")["type"].endswith("/unknown-sort-key")


def test_n52_a_cursor_far_down_costs_what_the_first_does(api: Api, portal: Portal) -> None:
    for number in range(6):
        portal.article(f"Bài {number}")
    cursor, costs = None, set()
    while True:
        with CaptureQueriesContext(connection) as queries:
            answer = api.json("pages", limit=1, **({"cursor": cursor} if cursor else {}))
        costs.add(len(queries))
        assert not [one for one in queries if "OFFSET" in one["sql"]]
        if (cursor := answer["next"]) is None:
            break
    assert len(costs) == 1
