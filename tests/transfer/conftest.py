"""Fixtures of the tests of content transfer."""

from __future__ import annotations

import pytest

from tests.transfer.lines import HOME, NEWS, load


@pytest.fixture
def portal() -> None:
    """A home page and a section."""
    assert load([HOME, NEWS]).said == []
