"""Checks of what the optional modules hand over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.core.checks import CheckMessage
from pydantic import BaseModel

from cms.changes.followers import Follower
from cms.plugins.checks.catalogue import problem
from cms.plugins.config import EXPORTS, BrokenPluginError, ContentPlugin, import_export

__all__ = ["check_modules"]


def check_modules(plugin: ContentPlugin) -> Iterator[CheckMessage]:
    """Each optional module of a plugin hands over something of the right shape."""
    for name, (check_id, find_fault, hint) in _SHAPES.items():
        try:
            value = import_export(plugin, name)
        except BrokenPluginError as error:
            if error.__cause__ is None:  # imported, and nothing of that name in it
                yield problem(check_id, str(error), hint=hint, obj=plugin)
            continue
        if value is not None and (fault := find_fault(value)):
            yield problem(
                check_id,
                f"plugin {plugin.label!r}: {EXPORTS[name]!r} {fault}.",
                hint=hint,
                obj=plugin,
            )


def _fault_in_routes(value: Any) -> str:
    from cms.delivery.routing import Routes

    if not isinstance(value, Routes):
        return f"is {_kind(value)}, not Routes"
    return "" if list(value) else "has no endpoint"


def _fault_in_followers(value: Any) -> str:
    if not isinstance(value, list):
        return f"is {_kind(value)}, not a list"
    names: set[str] = set()
    for item in value:
        if not isinstance(item, Follower):
            return f"holds {_kind(item)}, not a Follower"
        name = getattr(item, "name", "")
        if not isinstance(name, str) or not name:
            return f"holds {_kind(item)} without a name"
        if name in names:
            return f"holds two followers called {name!r}"
        if type(item).follow is Follower.follow:
            return f"holds {name!r}, which has no follow()"
        names.add(name)
    return ""


def _fault_in_resolvers(value: Any) -> str:
    return _fault_in_mapping(value) or _fault_in_items(value, callable, "a function")


def _fault_in_importers(value: Any) -> str:
    if fault := _fault_in_mapping(value):
        return fault
    from cms.pages.text_import import TextImporter

    return _fault_in_items(value, lambda item: isinstance(item, TextImporter), "a TextImporter")


def _fault_in_settings(value: Any) -> str:
    fits = isinstance(value, type) and issubclass(value, BaseModel)
    return "" if fits else f"is {_kind(value)}, not a subclass of pydantic.BaseModel"


def _fault_in_mapping(value: Any) -> str:
    if not isinstance(value, dict):
        return f"is {_kind(value)}, not a dict"
    wrong = [key for key in value if not isinstance(key, str) or not key.isidentifier()]
    return f"has the key {wrong[0]!r}, which is no name" if wrong else ""


def _fault_in_items(value: dict[str, Any], fits: Callable[[Any], bool], what: str) -> str:
    for name, item in value.items():
        if not fits(item):
            return f"has {_kind(item)} under {name!r}, not {what}"
    return ""


def _kind(value: Any) -> str:
    return f"the class {value.__name__}" if isinstance(value, type) else f"a {type(value).__name__}"


_SHAPES: dict[str, tuple[str, Callable[[Any], str], str]] = {
    "routes": (
        "cms.E010",
        _fault_in_routes,
        "Set routes = Routes('…') and declare endpoints with @routes.get(…).",
    ),
    "followers": (
        "cms.E011",
        _fault_in_followers,
        "Set followers = [MyFollower()], each with a name of its own.",
    ),
    "resolvers": (
        "cms.E012",
        _fault_in_resolvers,
        "Set resolvers = {'field_name': function}.",
    ),
    "importers": (
        "cms.E013",
        _fault_in_importers,
        "Set importers = {'type_name': TextImporter(…)}.",
    ),
    "conf": ("cms.E014", _fault_in_settings, "Define class Settings(pydantic.BaseModel)."),
}
"""Module → the check's id, what is wrong with a value (empty: nothing), and the hint."""
