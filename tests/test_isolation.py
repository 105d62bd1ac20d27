"""The test set-up itself: what one test does to the database, no other sees."""

from __future__ import annotations

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection, connections
from wagtail.models import Locale, Page, Site

# Tests run in this order in one process: each breaks the database for the next.


def damage() -> None:
    """Check that what the migrations made is there, then remove it."""
    assert Page.objects.count() == 2
    assert Locale.objects.get().language_code == "vi"
    assert Group.objects.exists()
    Site.objects.all().delete()
    Page.objects.all().delete()
    Group.objects.all().delete()


@pytest.mark.django_db
@pytest.mark.xdist_group("isolation")
def test_a_test_in_a_transaction_starts_with_the_migrated_data() -> None:
    damage()


@pytest.mark.django_db
@pytest.mark.xdist_group("isolation")
def test_what_it_removed_is_back_for_the_next() -> None:
    damage()


@pytest.mark.django_db(transaction=True)
@pytest.mark.xdist_group("isolation")
def test_a_test_that_commits_starts_with_the_migrated_data() -> None:
    damage()


@pytest.mark.django_db(transaction=True)
@pytest.mark.xdist_group("isolation")
def test_what_it_committed_is_gone_for_the_next() -> None:
    damage()


@pytest.mark.django_db(transaction=True)
@pytest.mark.xdist_group("isolation")
def test_other_threads_see_the_same_database() -> None:
    Group.objects.create(name="mới")
    seen = []

    def look() -> None:
        seen.append(Group.objects.filter(name="mới").exists())
        connections.close_all()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [True]


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_postgres_mark_runs_on_postgres_alone() -> None:
    assert connection.vendor == "postgresql"
