"""The demo portal, loaded once for all tests that are marked with DEMO."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

DEMO = pytest.mark.xdist_group("demo portal")
"""Has one process run them all, one after another: loading takes half a minute."""


def run_load_portal(**options: object) -> str:
    """The command's words; raises CommandError as it does."""
    out = StringIO()
    call_command("load_portal", stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.fixture(scope="package")
def loading(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Loads the portal; the tests' own transactions are savepoints in this one's."""
    with django_db_blocker.unblock(), transaction.atomic():
        said = run_load_portal()
        if connection.vendor == "postgresql":
            # What isn't committed has no statistics, and its queries the plans of empty tables.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        yield said
        transaction.set_rollback(True)


@pytest.fixture
def demo(loading: str, db: None) -> str:
    """The loaded portal, and what the command said."""
    return loading
