"""A portal with an index, on every engine; each test says when the index follows the feed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.conf import LazySettings
from django.test import Client

from cms.changes.feed import number_changes
from cms.changes.followers import catch_up
from search.contract import Engine
from search.engines import engines, reset_engines
from search.glossary import forget_glossary
from search.indexing.follower import IndexFollower
from search.indexing.rebuild import rebuild_index
from tests.fixtures.portal import Portal

__all__ = ["Search"]


def _same(engine: Engine) -> Engine:
    return engine


class Search:
    """Asks the portal as an anonymous reader, and lets its indexes follow."""

    def __init__(self) -> None:
        self.client = Client()

    @property
    def engine(self) -> Engine:
        """The engine that is asked first."""
        return engines()[0]

    def follow(self) -> None:
        """Brings every index to the end of the feed, as the worker does."""
        number_changes()
        for engine in engines():
            while catch_up(IndexFollower(partial(_same, engine), engine.name)):
                pass

    def rebuild(self) -> None:
        """Builds every index anew."""
        for engine in engines():
            rebuild_index(engine)

    def ask(self, q: str, /, **params: Any) -> dict[str, Any]:
        """The answer of ``/api/v1/search``, which must be 200."""
        return self._get("search", q, params)

    def suggest(self, q: str, /, **params: Any) -> list[str]:
        """The titles that are suggested."""
        return [item["title"] for item in self._get("suggest", q, params)["items"]]

    def titles(self, q: str, /, **params: Any) -> list[str]:
        """The titles of what is found, best first."""
        return [item["title"] for item in self.ask(q, **params)["items"]]

    def counts(self, q: str, facet: str, /, **params: Any) -> dict[str, int]:
        """A facet's counts by value."""
        buckets = self.ask(q, facets=facet, **params)["facets"][facet]
        return {bucket["value"]: bucket["count"] for bucket in buckets}

    def _get(self, endpoint: str, q: str, params: dict[str, Any]) -> dict[str, Any]:
        query = {"q": q, **params}
        response = self.client.get(f"/api/v1/{endpoint}", query)
        assert response.status_code == 200, response.content.decode()
        answer: dict[str, Any] = orjson.loads(response.content)
        return answer


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def search(
    request: pytest.FixtureRequest, settings: LazySettings, tmp_path: Path, portal: Portal
) -> Iterator[Search]:
    """The portal's search, its index built and up to date."""
    settings.SEARCH_DIR = tmp_path / "search"
    if request.param == "elasticsearch":
        settings.CMS_ELASTICSEARCH_URLS = (request.getfixturevalue("elasticsearch_url"),)
        settings.CMS_ELASTICSEARCH_PREFIX = request.getfixturevalue("index_prefix")
        settings.CMS_SEARCH_TIMEOUT = 20.0  # tests share the machine
    reset_engines()
    forget_glossary()
    search = Search()
    search.rebuild()
    yield search
    reset_engines()
    forget_glossary()
