"""The engines that the contract's tests run on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from search.contract import Engine
from search.embedded import EmbeddedEngine
from tests.search.elastic_cases import connect_elastic
from tests.search.engine_cases import build, case_fields

type Connect = Callable[[], Engine]
"""Makes an engine on the index of this test: each call as another process would, and what it takes
can be handed to one."""


def embedded(folder: Path) -> Connect:
    """The embedded engine, with an index of its own for each test."""
    return partial(EmbeddedEngine, folder, fields=case_fields, patience=0.3)


def elastic(url: str, prefix: str) -> Connect:
    """The engine on the tests' server, with indices of its own for each test."""
    return partial(connect_elastic, url, prefix)


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def connect(request: pytest.FixtureRequest, tmp_path: Path) -> Connect:
    """Connects to an index that has not been built; every engine passes the same tests."""
    match request.param:
        case "embedded":
            return embedded(tmp_path / "index")
        case "elasticsearch":
            url = request.getfixturevalue("elasticsearch_url")
            return elastic(url, request.getfixturevalue("index_prefix"))
        case other:
            raise ValueError(other)


@pytest.fixture
def engine(connect: Connect) -> Engine:
    """An engine with an empty index."""
    engine = connect()
    build(engine, [])
    return engine
