"""Wagtail's indexing keeps out of the transactions that change content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django_tasks.signals import task_finished
from wagtail.models import Page

from cms.plugins.article.models import ArticlePage
from tests.fixtures.portal import make_portal, publish


class PowerCutError(RuntimeError):
    """A failure after the page was written."""


@pytest.mark.django_db(transaction=True)
def test_f1_a_page_that_was_rolled_back_is_not_in_the_search_index() -> None:
    portal = make_portal()
    with pytest.raises(PowerCutError), transaction.atomic():
        publish(portal.news, ArticlePage(title="Bóngmachữ"))
        assert list(Page.objects.search("Bóngmachữ")) == []
        raise PowerCutError
    assert list(Page.objects.search("Bóngmachữ")) == []


@pytest.mark.django_db(transaction=True)
def test_a_published_page_is_found_by_editors() -> None:
    portal = make_portal()
    page = publish(portal.news, ArticlePage(title="Bóngmachữ"))
    assert [found.pk for found in Page.objects.search("Bóngmachữ")] == [page.pk]


@pytest.fixture
def finished() -> Iterator[list[tuple[str, Any, str]]]:
    """The tasks that ran: name, arguments and how they ended."""
    ran: list[tuple[str, Any, str]] = []

    def note(task_result: Any, **kwargs: Any) -> None:
        ran.append((task_result.task.name, tuple(task_result.args), str(task_result.status)))

    task_finished.connect(note)
    yield ran
    task_finished.disconnect(note)


@pytest.mark.django_db(transaction=True)
def test_what_a_transaction_asks_for_twice_is_done_once(finished: list[Any]) -> None:
    portal = make_portal()
    page = publish(portal.news, ArticlePage(title="Một"))
    finished.clear()
    with transaction.atomic():
        for title in ("Hai", "Ba"):
            page.title = title
            page.save()
        with pytest.raises(PowerCutError), transaction.atomic():
            page.save()
            raise PowerCutError
    assert len(finished) == len(set(finished)) > 0
    assert [found.pk for found in Page.objects.search("Ba")] == [page.pk]


@pytest.mark.django_db(transaction=True)
def test_row_that_is_gone_by_the_commit_is_no_failure(finished: list[Any]) -> None:
    portal = make_portal()
    with transaction.atomic():
        publish(portal.news, ArticlePage(title="Bóngmachữ")).delete()
    failed = [task for task in finished if task[2] != "SUCCESSFUL"]
    assert [task for task in failed if task[0] == "update_reference_index_task"] == []
