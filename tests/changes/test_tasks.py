"""Wagtail's indexing keeps out of the transactions that change content."""

from __future__ import annotations

import pytest
from django.db import transaction
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
