"""Types, schemas, problems, health and OpenAPI: what the API says of itself, and that it is so."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import jsonschema
import orjson
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import override_settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from cms.changes.models import FollowerCursor
from cms.changes.worker import HEARTBEAT
from cms.delivery import schemas
from cms.delivery.endpoints import health
from cms.delivery.management.commands.write_openapi import OPENAPI_FILE, dump
from cms.delivery.openapi import openapi_document
from cms.delivery.problem_types import PROBLEM_TYPES
from cms.pages.models import ContentPage
from cms.settings.env import PROJECT_DIR
from cms.wsgi import application
from search.engines import embedded_engine
from search.indexing.rebuild import rebuild_index
from tests.delivery.conftest import Api
from tests.fixtures.fuzzing import fuzz
from tests.fixtures.portal import Portal


def test_pages_fit_their_types_schema(api: Api, every_type: dict[str, ContentPage]) -> None:
    for name, page in every_type.items():
        schema = api.json(f"types/{name}")
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert "#/components" not in orjson.dumps(schema).decode()
        validator = jsonschema.Draft202012Validator(schema)
        errors = [f"{error.json_path}: {error.message}"
                  for error in validator.iter_errors(api.json(f"pages/{page.pk}"))]  # fmt: skip
        assert not errors, name


def test_types_say_what_lists_take(
    api: Api, every_type: dict[str, ContentPage], subtests: pytest.Subtests
) -> None:
    types = api.json("types")
    jsonschema.validate(types, schemas.TYPES)
    assert {one["type"] for one in types["items"]} == set(every_type)
    values = {"issued_on": "2026-01-01", "published_at": "2026-01-01", "updated_at": "2026-01-01"}
    for one in types["items"]:
        assert one["label"]["vi"]
        for field in one["fields"]:
            with subtests.test(type=one["type"], field=field["name"]):
                if field["sort"]:
                    api.json("pages", type=one["type"], sort=f"-{field['name']},title"
                             if field["name"] != "title" else "title")  # fmt: skip
                else:
                    api.problem(f"pages?type={one['type']}&sort={field['name']}")
                for operator in field["filter"]:
                    value = "true" if operator == "isnull" else values.get(field["name"], "1")
                    path = f"pages?type={one['type']}&filter[{field['name']}][{operator}]={value}"
                    problem = orjson.loads(api.get(path).content).get("type", "")
                    # The operator is taken; not every literal fits every field.
                    assert problem in ("", "/api/v1/problems/invalid-parameter")


def test_a_disabled_type_is_gone(api: Api, portal: Portal) -> None:
    with override_settings(CMS_DISABLED_PLUGINS=["gallery"]):
        assert "video" not in {one["type"] for one in api.json("types")["items"]}
        assert api.get("types/video").status_code == 404
        assert api.problem("pages?type=video")["type"] == "/api/v1/problems/unknown-type"
    assert api.json("types/video")["properties"]["type"] == {"const": "video"}


def test_every_problem_is_explained(api: Api, db: None) -> None:
    page = (PROJECT_DIR / "docs" / "api" / "errors.md").read_text()
    for name, kind in PROBLEM_TYPES.items():
        found = api.json(f"problems/{name}")
        assert found["type"] == f"/api/v1/problems/{name}"
        assert found["status"] == kind.status
        assert f"`{name}`" in page, name


def test_health(api: Api, db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert api.json("/healthz") == {"status": "ok"}
    assert api.json("/readyz") == {"status": "ok", "worker": None}
    FollowerCursor.objects.create(name=HEARTBEAT, held_until="2026-01-01T00:00:00Z")
    assert api.json("/readyz")["worker"] == "2026-01-01T00:00:00Z"


class _Behind:
    """Stands for an executor that has a migration to run."""

    def __init__(self, connection: Any) -> None:
        self.loader = self.graph = self

    def leaf_nodes(self) -> list[str]:
        """Where the migrations should be."""
        return ["0002"]

    def migration_plan(self, targets: list[str]) -> list[str]:
        """What is missing to be there."""
        return targets


def test_not_ready_without_migrations(api: Api, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "MigrationExecutor", _Behind)
    health.check_migrations.cache_clear()
    response = api.get("/readyz")
    assert response.status_code == 503
    assert response.headers["Retry-After"]


def test_a_failure_says_nothing_of_itself(
    api: Api, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(health, "check_migrations", fail)
    api.client.raise_request_exception = False
    response = api.get("/readyz")
    assert response.status_code == 500
    assert b"secret" not in response.content


def test_a_foreign_host_is_refused(api: Api, db: None) -> None:
    response = api.client.get("/api/v1/types", HTTP_HOST="evil.example")
    assert response.status_code == 400
    assert orjson.loads(response.content)["type"] == "/api/v1/problems/bad-request"


def test_the_docs_page_needs_nothing_from_elsewhere(api: Api, db: None) -> None:
    response = api.get("docs")
    assert response.status_code == 200
    assert b"//" not in response.content.replace(b"/**", b"")
    assert "'unsafe-eval'" not in response.headers["Content-Security-Policy"]


# --- OpenAPI --------------------------------------------------------------------------------------


def test_the_file_is_what_the_code_says() -> None:
    """``manage.py write_openapi`` remakes it: the diff is the review of the public surface."""
    if os.environ.get("UPDATE_OPENAPI"):
        OPENAPI_FILE.write_text(dump(openapi_document()), encoding="utf-8")
    assert OPENAPI_FILE.read_text(encoding="utf-8") == dump(openapi_document())


def test_every_reference_leads_somewhere() -> None:
    document = openapi_document()
    text = orjson.dumps(document).decode()
    for part in text.split('"$ref":"#/components/schemas/')[1:]:
        assert part.partition('"')[0] in document["components"]["schemas"]
    operations = [one["get"]["operationId"] for one in document["paths"].values()]
    assert len(operations) == len(set(operations))
    assert all(one["get"]["description"] for one in document["paths"].values())


@pytest.fixture
def _keep_connection() -> Iterator[None]:
    """Requests of a real WSGI client end with closing the connection that the test is in."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_keep_connection")
def test_answers_are_as_described(every_type: dict[str, ContentPage]) -> None:
    """Schemathesis asks every operation rightly and wrongly."""
    rebuild_index(embedded_engine())
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    checks = [not_a_server_error, status_code_conformance, content_type_conformance,
              response_schema_conformance]  # fmt: skip

    def check(case: Any) -> None:
        # Compressed, the test client can not read it.
        case.call_and_validate(checks=checks, headers={"Accept-Encoding": "identity"})

    assert fuzz(described, check, each=12, modes=list(schemathesis.GenerationMode)) > 200
