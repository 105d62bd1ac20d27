"""Persisted queries come from memory; anything else asked of GraphQL goes to Django."""

from __future__ import annotations

import orjson
import pytest
from django.utils import timezone

from cms.delivery.graphql import persisted
from cms.delivery.models import PersistedQuery
from tests.fixtures.portal import Portal
from tests.hot.conftest import Hot

QUERY = "{ articles { totalCount nodes { title } } }"


def _register() -> dict[str, str]:
    sha256 = persisted.digest(QUERY)
    persisted._find.cache_clear()
    PersistedQuery.objects.create(sha256=sha256, text=QUERY, used_at=timezone.now())
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": sha256}}
    return {"extensions": orjson.dumps(extensions).decode()}


@pytest.mark.django_db(transaction=True)
def test_a_persisted_query_is_kept_and_dropped_by_its_tags(
    following: Hot, committed_portal: Portal
) -> None:
    query = _register()
    page = committed_portal.article("Bài một")
    following.get("/graphql/", query)
    first = following.get("/graphql/", query)
    assert first.is_hit
    assert b"B\xc3\xa0i m" in first.body
    page.unpublish()
    second = following.get("/graphql/", query)
    assert not second.is_hit
    assert orjson.loads(second.body)["data"] == {"articles": {"totalCount": 0, "nodes": []}}
    committed_portal.article("Bài hai")
    third = following.get("/graphql/", query)
    assert orjson.loads(third.body)["data"]["articles"]["totalCount"] == 1


def test_ad_hoc_and_wrong_queries_are_not_kept(hot: Hot) -> None:
    for query in ({"query": QUERY}, {"query": "{"}, {"query": "{ page(id: 0) { nothing } }"}):
        for _time in range(2):
            assert not hot.get("/graphql/", query).is_hit
    unknown = {"extensions": '{"persistedQuery":{"version":1,"sha256Hash":"%s"}}' % ("0" * 64)}
    for _time in range(2):
        assert not hot.get("/graphql/", unknown).is_hit
