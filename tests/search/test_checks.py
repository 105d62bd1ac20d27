"""The system checks of the indexes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.checks import CheckMessage, run_checks
from pytest_django import Settings

from search.embedded import EmbeddedEngine
from search.engines import reset_engines
from search.stamp import stamp
from tests.search.engine_cases import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(settings: Settings, tmp_path: Path) -> Iterator[EmbeddedEngine]:
    """The embedded engine, in use with an index that has not been built."""
    settings.SEARCH_DIR = tmp_path / "search"
    reset_engines()
    yield EmbeddedEngine(settings.SEARCH_DIR)
    reset_engines()


def faults(*, databases: list[str] | None = None) -> list[str | None]:
    """The ids of what the checks say of indexes."""
    messages: list[CheckMessage] = run_checks(tags=["database"], databases=databases or ["default"])
    return [message.id for message in messages if (message.id or "").startswith("cms.W05")]


def test_an_index_that_fits_is_fine(engine: EmbeddedEngine) -> None:
    build(engine, [], stamp=stamp())

    assert faults() == []


def test_an_index_that_has_not_been_built_is_the_workers_concern(engine: EmbeddedEngine) -> None:
    assert engine.stamp() is None
    assert faults() == []


def test_an_index_that_other_code_made_is_a_warning(engine: EmbeddedEngine) -> None:
    build(engine, [], stamp="of other code")

    assert faults() == ["cms.W051"]


def test_an_index_that_cannot_be_read_is_a_warning(
    engine: EmbeddedEngine, settings: Settings
) -> None:
    build(engine, [], stamp=stamp())
    (settings.SEARCH_DIR / "current").write_text("nonsense")

    assert faults() == ["cms.W050"]


def test_other_commands_do_not_ask_the_engines(engine: EmbeddedEngine) -> None:
    build(engine, [], stamp="of other code")

    assert [message for message in run_checks() if message.id == "cms.W051"] == []
