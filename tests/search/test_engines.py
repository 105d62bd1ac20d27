"""Which engines there are, and which of them answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from search.breaker import Breaker
from search.contract import EngineError, LocalEngine, Request
from search.elastic.client import Client
from search.elastic.engine import ElasticEngine
from search.embedded import EmbeddedEngine
from search.engines import (
    Engines,
    choose_engines,
    current_engines,
    engines,
    find,
    reset_engines,
)
from search.nodes import Everything
from tests.search.engine_cases import build, case_fields, entry

REQUEST = Request(Everything(), ("vi",))
NOBODY = "http://127.0.0.1:1"  # no server may have that port


@pytest.fixture(autouse=True)
def engines_of_settings(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Engines made from the test's settings."""
    settings.SEARCH_DIR = tmp_path / "search"
    reset_engines()
    yield
    reset_engines()


@pytest.fixture
def embedded(tmp_path: Path) -> LocalEngine:
    """An embedded engine with one entry."""
    engine = EmbeddedEngine(tmp_path / "index", fields=case_fields)
    build(engine, [entry(1, "a")])
    return engine


def away() -> ElasticEngine:
    return ElasticEngine(Client([NOBODY]), prefix="none", locales=("vi",), fields=case_fields)


def test_the_embedded_engine_stands_alone_by_default(embedded: LocalEngine) -> None:
    assert [engine.name for engine in engines()] == ["embedded"]

    found, engine, degraded = Engines(embedded).find(REQUEST)
    assert ([hit.id for hit in found.hits], engine, degraded) == ([1], embedded, False)


def test_elasticsearch_stands_in_front_where_it_is_configured(settings: Settings) -> None:
    settings.CMS_ELASTICSEARCH_URLS = ("http://127.0.0.1:9", NOBODY)

    assert [engine.name for engine in engines()] == ["elasticsearch", "embedded"]
    assert current_engines() is current_engines()


def test_engines_are_chosen_by_name(settings: Settings) -> None:
    settings.CMS_ELASTICSEARCH_URLS = (NOBODY,)

    assert choose_engines(None) == engines()
    assert [engine.name for engine in choose_engines("embedded")] == ["embedded"]
    with pytest.raises(EngineError, match=r"solr.*elasticsearch, embedded"):
        choose_engines("solr")


def test_without_any_index_there_is_no_answer(settings: Settings) -> None:
    with pytest.raises(EngineError):
        find(REQUEST)

    settings.CMS_ELASTICSEARCH_URLS = (NOBODY,)
    reset_engines()
    with pytest.raises(EngineError):
        find(REQUEST)


def test_a_server_that_is_away_is_left_alone_after_a_while(embedded: LocalEngine) -> None:
    breaker = Breaker()
    chosen = Engines(embedded, away(), breaker)

    for number in range(1, 8):
        found, engine, degraded = chosen.find(REQUEST)
        assert ([hit.id for hit in found.hits], engine, degraded) == ([1], embedded, True)
        assert breaker.is_open == (number >= 5)
