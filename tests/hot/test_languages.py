"""What stands in for a translation is dropped from memory when it no longer does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cms.pages.models import SectionPolicy
from cms.plugins.article.models import ArticlePage
from tests.factories import make_private, translate
from tests.fixtures.portal import Portal
from tests.hot.conftest import Hot


def _rule(page: ArticlePage) -> None:
    rule = SectionPolicy.objects.get()
    rule.policy = "absent"
    rule.save()


def _translate(page: ArticlePage) -> None:
    translate(page, "Article")


@pytest.mark.parametrize(
    ("query", "change"),
    [
        ("locale=en", _rule),
        ("locale=en", _translate),
        ("locale=en&fallback=vi", _translate),
        ("locale=en", make_private),
        ("locale=en&fallback=vi", make_private),
    ],
)
def test_answers_follow_at_once(
    following: Hot, committed_portal: Portal, query: str, change: Callable[[Any], Any]
) -> None:
    page = committed_portal.article("Bài gốc")
    SectionPolicy.objects.create(page=committed_portal.news, locale="en", policy="notice")
    following.wait_until_current()
    addresses = [(f"/api/v1/pages/{page.pk}", query), ("/api/v1/pages", f"type=article&{query}")]
    for path, asked in addresses:
        following.get(path, asked)
        kept = following.get(path, asked)
        assert kept.is_hit
        assert f'"id":{page.pk},' in kept.body.decode()
    change(page)
    for path, asked in addresses:
        assert f'"id":{page.pk},' not in following.get(path, asked).body.decode()
