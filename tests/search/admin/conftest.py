"""Fixtures of the tests of the admin's search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.search.backends import get_search_backend

type Ask = Callable[..., list[Any]]


@pytest.fixture
def ask() -> Ask:
    """What the admin finds of a model while a query is typed, in its order."""

    def ask(model: Any, query: Any, **options: Any) -> list[Any]:
        # In tests that roll back, nothing is committed, and so nothing indexed.
        call_command("update_index", verbosity=0)
        return list(get_search_backend().autocomplete(query, model, **options))

    return ask
