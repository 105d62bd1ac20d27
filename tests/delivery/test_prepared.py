"""Prepared queries give what their querysets give."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.delivery.parameters import Parameters
from cms.delivery.routing import Routes, json_response
from cms.delivery.stored import find_document, find_documents
from cms.pages.collation import compare
from cms.pages.models import PublishedDocument
from tests.fixtures.portal import Portal


def test_documents_as_the_model_has_them(portal: Portal) -> None:
    page = portal.article("Bài")
    moment = timezone.now() + timedelta(days=1)
    PublishedDocument.objects.filter(pk=page.pk).update(rebuild_at=moment, expires_at=moment)
    row = PublishedDocument.objects.get(pk=page.pk)
    for keys in (
        {"pk": row.pk}, {"path": row.path},
        {"translation_key": row.translation_key, "locale": row.locale},
    ):  # fmt: skip
        found = find_document(**keys)
        assert found is not None
        for name in ("pk", "type", "locale", "translation_key", "etag", "stale", "fingerprint",
                     "rebuild_at", "expires_at", "tags"):  # fmt: skip
            assert getattr(found, name) == getattr(row, name), name
        assert found.content == bytes(row.body)
        assert found.until == moment
    (card,) = find_documents([row.pk], "card")
    assert (card.content, card.tags) == (bytes(row.card), row.card_tags)


def test_order_and_gaps_are_kept(portal: Portal) -> None:
    ids = [portal.home.pk, 987_654, portal.texts.pk, portal.news.pk]
    found = [row.pk for row in find_documents(ids, "card")]
    assert found == [portal.home.pk, portal.texts.pk, portal.news.pk]
    assert find_documents([], "card") == []


def test_the_gate_is_part_of_the_shape(portal: Portal) -> None:
    page = portal.article("Bài")
    assert find_document(pk=page.pk) is not None
    with override_settings(CMS_DISABLED_PLUGINS=["article"]):
        assert find_document(pk=page.pk) is None
    assert find_document(pk=page.pk) is not None
    PublishedDocument.objects.filter(pk=page.pk).update(expires_at=timezone.now())
    assert find_document(pk=page.pk) is None


def test_stale_cards_are_rebuilt(portal: Portal) -> None:
    page = portal.article("Bài")
    PublishedDocument.objects.filter(pk=page.pk).update(stale=True, card=b"{}")
    (card,) = find_documents([page.pk], "card")
    assert b"B\xc3\xa0i" in card.content
    with CaptureQueriesContext(connection) as queries:
        find_documents([page.pk], "card")
    assert len(queries) == 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("an", "ăn", -1), ("Đa", "Dz", 1), ("hòa", "hòa", 0), ("9", "10", -1)],
)
def test_the_collation(one: str, other: str, expected: int) -> None:
    assert compare(one, other) == expected
    assert compare(other, one) == -expected


def test_two_spellings_are_two_texts() -> None:
    """A database needs an order in which only equal texts are equal."""
    assert compare("hoà", "hòa") != 0


class _Parameters(Parameters):
    """A parameter."""

    size: int = 1


def test_endpoints_are_declared_once() -> None:
    routes = Routes("Test")

    @routes.get("one/{int:number}", answer={"type": "integer"})
    def one(request: Any, number: int, parameters: _Parameters) -> Any:
        """One."""
        return json_response(request, b"%d" % (number + parameters.size))

    with pytest.raises(ValueError, match="twice"):
        routes.get("one/{int:number}", answer={})(one)
    (endpoint,) = routes
    assert (endpoint.name, endpoint.parameters) == ("api-one", _Parameters)
    request = RequestFactory().get("/", {"size": "5"})
    assert endpoint.view(lambda: True)(request, number=2).content == b"7"
    assert endpoint.view(lambda: False)(request, number=2).status_code == 404
