"""The registry refuses: taken names, late comers, unknown names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import models

from cms.pages.kinds import FIELD_KINDS, Definitions, Kind
from cms.pages.kinds.base import KindTable
from cms.plugins.registry import (
    ContentType,
    DuplicateNameError,
    LateRegistrationError,
    Registry,
    UnknownNameError,
    registry,
)
from tests.sample_plugin.models import CoursePage, LecturePage


def _type(name: str, graphql_name: str, plugin: str = "acme", **changes: Any) -> ContentType:
    return ContentType(
        name=name,
        graphql_name=graphql_name,
        model=changes.get("model", CoursePage),
        plugin=plugin,
        is_page=True,
        exposed_fields=(),
    )


@pytest.mark.parametrize(("name", "graphql_name"), [("event", "Happening"), ("happening", "Event")])
def test_a_taken_name_names_both_owners(name: str, graphql_name: str) -> None:
    own = Registry()
    own.register(_type("event", "Event", "acme"))
    with pytest.raises(DuplicateNameError, match=r"'other'.*'acme'"):
        own.register(_type(name, graphql_name, "other", model=LecturePage))
    assert [t.name for t in own] == ["event"]


def test_late_registration_raises() -> None:
    own = Registry()
    own.close()
    with pytest.raises(LateRegistrationError, match="acme"):
        own.register(_type("event", "Event"))


def test_the_registry_is_closed_after_start_up() -> None:
    with pytest.raises(LateRegistrationError):
        registry.register(_type("event", "Event"))


def test_an_unknown_name_lists_what_exists() -> None:
    with pytest.raises(UnknownNameError, match="article") as info:
        registry.get("artcle")
    assert "article" in info.value.allowed
    with pytest.raises(UnknownNameError, match="level"):
        registry.get("course").field("levl")


def test_a_disabled_type_is_not_offered(settings: Any) -> None:
    settings.CMS_DISABLED_PLUGINS = ["course"]
    with pytest.raises(UnknownNameError) as info:
        registry.page_type("course")
    assert "course" not in info.value.allowed
    assert registry.get("course").enabled is False
    settings.CMS_DISABLED_PLUGINS = []
    assert registry.page_type("course").enabled is True


def test_one_class_has_one_kind() -> None:
    table = KindTable("model field")
    table.register(models.CharField, Kind())
    with pytest.raises(Exception, match=r"CharField has the kind Kind; Kind can't replace it"):
        table.register(models.CharField, Kind())


def test_a_subclass_has_its_bases_kind_or_its_own() -> None:
    class Length(models.DurationField[Any, Any]): ...

    class Count(models.IntegerField[Any, Any]): ...

    assert FIELD_KINDS.find(Length()) is FIELD_KINDS.find(models.DurationField())
    assert FIELD_KINDS.find(Count()) is FIELD_KINDS.find(models.IntegerField())
    assert FIELD_KINDS.find(models.TimeField()) is None


def test_one_schema_name_stands_for_one_shape() -> None:
    defs = Definitions()
    defs.define("Venue", "acme", lambda: {"type": "string"})
    defs.define("Venue", "other", lambda: {"type": "string"})
    with pytest.raises(DuplicateNameError, match=r"third.*acme"):
        defs.define("Venue", "third", lambda: {"type": "object"})


def test_content_types_are_values() -> None:
    course = registry.get("course")
    assert replace(course, name="other") != course
