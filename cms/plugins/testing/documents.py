"""The contract: a page becomes a document that fits its schema and keeps its secrets."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from wagtail.models import PageViewRestriction

from cms.pages.models import PublishedDocument
from cms.pages.reading import load_document
from cms.pages.schemas import page_schemas
from cms.plugins.registry import ContentType
from cms.plugins.testing.base import ContractBase
from cms.plugins.testing.samples import Samples

__all__ = ["API", "Documents"]

API = "/api/v1"
CANARY = "Chim-bao-bao-4711"


class Documents(ContractBase):
    """Tests of what is published, and of what is not."""

    def test_document_fits_its_schema(self, content_type: ContentType, samples: Samples) -> None:
        page = samples.page(content_type)
        row = load_document(pk=page.pk)
        assert row is not None, "A published page has no document."
        document = orjson.loads(bytes(row.body))
        assert _faults(content_type, document) == []
        for exposed in content_type.exposed_fields:
            assert exposed.name in document

    def test_card_holds_what_is_declared(self, content_type: ContentType, samples: Samples) -> None:
        row = PublishedDocument.objects.get(pk=samples.page(content_type).pk)
        card = orjson.loads(bytes(row.card))
        declared = [exposed.name for exposed in content_type.exposed_fields if exposed.card]
        assert list(card) == ["id", "type", "locale", "path", "title", *declared]

    def test_every_sample_field_is_delivered(
        self, content_type: ContentType, samples: Samples
    ) -> None:
        document = _document(samples.page(content_type).pk)
        given = self.sample_values(content_type.model, 1)
        empty = [
            exposed.name
            for exposed in content_type.exposed_fields
            if not exposed.computed
            and document[exposed.name] in (None, "", [])
            and exposed.name not in given  # which may say that it is left empty
        ]
        assert not empty, f"sample_values should fill {empty}, so that the tests see them."

    def test_draft_is_not_delivered(
        self, content_type: ContentType, samples: Samples, client: Client
    ) -> None:
        if content_type.model is type(samples.home):
            pytest.skip("There is one root of the portal, and it is published.")
        draft = samples.draft(content_type)
        assert load_document(pk=draft.pk) is None
        self._assert_hidden(client, content_type, draft.pk)

    def test_unpublished_change_is_not_delivered(
        self, content_type: ContentType, samples: Samples, client: Client
    ) -> None:
        page = samples.page(content_type)
        before = client.get(f"{API}/pages/{page.pk}").content
        page.title = CANARY
        page.save_revision()
        assert client.get(f"{API}/pages/{page.pk}").content == before

    def test_private_page_is_not_delivered(
        self, content_type: ContentType, samples: Samples, client: Client
    ) -> None:
        page = samples.page(content_type, title=CANARY)
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        self._assert_hidden(client, content_type, page.pk)

    def test_unpublished_page_is_not_delivered(
        self, content_type: ContentType, samples: Samples, client: Client
    ) -> None:
        page = samples.page(content_type, title=CANARY)
        page.unpublish()
        self._assert_hidden(client, content_type, page.pk)

    @staticmethod
    def _assert_hidden(client: Client, content_type: ContentType, page_id: int) -> None:
        """The page is nowhere, and its absence looks like that of a page that never was."""
        answer, never = (client.get(f"{API}/pages/{pk}") for pk in (page_id, 2**40))
        assert (answer.status_code, answer.content) == (404, never.content)
        listed = client.get(f"{API}/pages", {"type": content_type.name, "fields": "*"})
        assert listed.status_code == 200
        assert page_id not in [item["id"] for item in listed.json()["items"]]
        assert CANARY not in listed.content.decode()


def _document(page_id: int) -> dict[str, Any]:
    row = load_document(pk=page_id)
    assert row is not None
    document: dict[str, Any] = orjson.loads(bytes(row.body))
    return document


def _faults(content_type: ContentType, document: Any) -> list[str]:
    schema = {
        "$ref": f"#/components/schemas/{content_type.graphql_name}",
        "components": {"schemas": page_schemas()},
    }
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]
