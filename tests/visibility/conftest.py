"""The recording that all tests here look at: made once by the one process that runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.fixtures.databases import TemplateDatabase
from tests.visibility.recording import Recording, record


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keeps the tests of this folder in one process."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("visibility"))


@pytest.fixture(scope="session")
def recording(django_db_setup: TemplateDatabase, django_db_blocker: DjangoDbBlocker) -> Recording:
    """Everything that was answered before and after; leaves the database as it found it."""
    with django_db_blocker.unblock():
        try:
            return record()
        finally:
            django_db_setup.restore()
