"""Fixtures of the core's tests."""

import pytest

from tests.pages.portal import Portal, make_portal


@pytest.fixture
def portal(db: None) -> Portal:
    """A small published portal."""
    return make_portal()
