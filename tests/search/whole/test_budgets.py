"""A search is one question to the engine and one query of the database, whatever it finds."""

from __future__ import annotations

from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.fixtures.portal import Portal
from tests.search.whole.conftest import Search

ASKED = {
    "words alone": {},
    "counts and highlights": {"facets": "type,year,section,topics", "highlight": "true"},
    "a place and filters": {"within": "/tin-tuc/", "type": "article", "filter[year][ne]": "1999"},
}


@pytest.mark.parametrize("params", ASKED.values(), ids=ASKED.keys())
def test_one_question_and_one_query(search: Search, portal: Portal, params: dict[str, str]) -> None:
    for number in range(6):
        portal.article(f"Bản tin số {number}")
    search.follow()
    for limit in (1, 5):
        search.ask("bản tin", limit=limit, **params)  # what is kept in memory is there by now
        engine = type(search.engine)
        with (
            mock.patch.object(engine, "search", autospec=True, side_effect=engine.search) as asked,
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            found = search.ask("bản tin", limit=limit, **params)
        assert len(found["items"]) == limit
        assert (asked.call_count, len(queries)) == (1, 1), queries.captured_queries
