"""The schema: a file that is compared, with what plugins bring and without what is out of use."""

from __future__ import annotations

from django.test import override_settings

from cms.delivery.graphql.types.schema import current_schema
from cms.delivery.management.commands.write_graphql_schema import SCHEMA_FILE
from cms.plugins.registry import registry
from tests.fixtures.portal import Portal
from tests.graphql.conftest import GraphQL


def test_the_schema_is_the_one_in_the_file() -> None:
    """``manage.py write_graphql_schema`` remakes it; what it changes, changes for clients."""
    assert current_schema().sdl() == SCHEMA_FILE.read_text(encoding="utf-8")


def test_every_type_has_an_object_type_and_a_connection(graphql: GraphQL, db: None) -> None:
    fields = graphql.data("{ __schema { queryType { fields { name type { name } } } } }")
    connections = {one["type"]["name"] for one in fields["__schema"]["queryType"]["fields"]}
    for one in registry.pages():
        assert f"{one.graphql_name}Connection" in connections


def test_a_plugin_brings_types_blocks_and_root_fields(graphql: GraphQL, portal: Portal) -> None:
    with override_settings(CMS_DISABLED_PLUGINS=[]):
        sdl = current_schema().sdl()
        assert graphql.data("{ courseCount courses { totalCount } }") == {
            "courseCount": 0, "courses": {"totalCount": 0},
        }  # fmt: skip
    assert "type AgendaBlock implements Block" in sdl
    assert "length: NullableStringOrderComparison" not in sdl  # lt and gt without lte
    assert "course" not in current_schema().sdl().lower()
    error = graphql.error("{ courseCount }")
    assert error["code"] == "INVALID_DOCUMENT"


def test_a_disabled_plugin_is_not_in_the_schema(graphql: GraphQL, portal: Portal) -> None:
    with override_settings(CMS_DISABLED_PLUGINS=["gallery", "course"]):
        sdl = current_schema().sdl()
        assert "PhotoAlbum" not in sdl
        assert "VIDEO" not in sdl
        assert graphql.error("{ videos { totalCount } }")["code"] == "INVALID_DOCUMENT"
    assert graphql.data("{ videos { totalCount } }") == {"videos": {"totalCount": 0}}
