"""The contract: REST serves the type, with every filter and sort key that it declares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.pages.kinds import field_kind, model_field
from cms.plugins.registry import ContentType
from cms.plugins.testing.base import ContractBase
from cms.plugins.testing.documents import API
from cms.plugins.testing.samples import Samples

__all__ = ["Rest"]

_FEW, _MANY = 2, 7
"""Pages of one type between whose lists no number of queries may differ."""


class Rest(ContractBase):
    """Tests over the public API, with a client that is nobody."""

    def test_type_is_described(self, content_type: ContentType, client: Client, db: None) -> None:
        answer = client.get(f"{API}/types/{content_type.name}")
        assert answer.status_code == 200, answer.content

    def test_detail_is_one_query(
        self, content_type: ContentType, samples: Samples, client: Client
    ) -> None:
        page = samples.page(content_type)
        client.get(f"{API}/pages/{page.pk}")  # what publishing left stale is rebuilt here
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(f"{API}/pages/{page.pk}")
        assert answer.status_code == 200
        assert answer.json()["type"] == content_type.name
        assert len(queries) <= 1, queries.captured_queries

    def test_list_costs_the_same_for_any_number(
        self, content_type: ContentType, samples: Samples, client: Client
    ) -> None:
        address = f"{API}/pages?type={content_type.name}&sort=-published_at"
        counts = []
        for number in range(1, _MANY + 1):
            samples.page(content_type, number)
            if number in (_FEW, _MANY):
                client.get(address)
                with CaptureQueriesContext(connection) as queries:
                    assert client.get(address).status_code == 200
                counts.append(len(queries))
        assert counts[0] == counts[1], counts

    def test_every_filter_finds_the_page(
        self, content_type: ContentType, samples: Samples, client: Client
    ) -> None:
        page = samples.page(content_type)
        document = client.get(f"{API}/pages/{page.pk}").json()
        for name, operator, literal in _filters(content_type, document):
            parameters = {"type": content_type.name, f"filter[{name}][{operator}]": literal}
            answer = client.get(f"{API}/pages", parameters)
            assert answer.status_code == 200, (name, operator, literal, answer.content)
            found = [item["id"] for item in answer.json()["items"]]
            assert (page.pk in found) == (operator not in _EXCLUDING), (name, operator, literal)

    def test_every_sort_key_orders(
        self, content_type: ContentType, samples: Samples, client: Client
    ) -> None:
        for number in (1, 2, 3):
            samples.page(content_type, number)
        keys = ["title", *(e.name for e in content_type.exposed_fields if e.sort)]
        expected: set[int] | None = None
        for key in keys:
            for sort in (key, f"-{key}"):
                answer = client.get(f"{API}/pages", {"type": content_type.name, "sort": sort})
                assert answer.status_code == 200, (sort, answer.content)
                found = {item["id"] for item in answer.json()["items"]}
                assert expected in (None, found), sort
                expected = found

    def test_unknown_names_are_refused(
        self, content_type: ContentType, samples: Samples, client: Client
    ) -> None:
        samples.page(content_type)
        for parameter in ("filter[nowhere][eq]", "nowhere"):
            answer = client.get(f"{API}/pages", {"type": content_type.name, parameter: "1"})
            assert answer.status_code == 400, parameter
        for parameters in ({"sort": "nowhere"}, {"fields": "nowhere"}):
            answer = client.get(f"{API}/pages", {"type": content_type.name, **parameters})
            assert answer.status_code == 400, parameters


_EXCLUDING = {"ne", "lt", "gt"}
"""Operators that leave out the very value that they are given."""


def _filters(content_type: ContentType, document: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """``(field, operator, literal)`` for every filter of a type, by what a document holds."""
    for exposed in content_type.exposed_fields:
        if not exposed.filter:
            continue
        field, value = model_field(content_type.model, exposed.name), document[exposed.name]
        operators = field_kind(field).operators
        if "isnull" in operators:
            yield exposed.name, "isnull", "true" if value in (None, []) else "false"
        if value not in (None, []):
            for operator in sorted(operators - {"isnull"}):
                yield exposed.name, operator, _literal(field, value)


def _literal(field: Any, value: Any) -> str:
    """How a filter writes a delivered value."""
    first = value[0] if isinstance(value, list) else value
    if isinstance(first, dict):
        key = getattr(field.related_model, "natural_key_field", "id")
        return str(first[key])
    return str(first).lower() if isinstance(first, bool) else str(first)
