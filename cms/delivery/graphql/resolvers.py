"""Root fields that a plugin, or another app of the project, adds to the query.

    def resolve_site(build: Build, locale: str | None = None) -> Json: ...

    resolvers = {"site": Resolver(resolve_site, answer=SITE_SCHEMA)}

The arguments are the function's annotated parameters; one of type ``Build`` is what it notes tags
on. Without it nobody knows what the answer was made from, and no shared cache keeps it.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from django.apps import apps
from strawberry.types.arguments import StrawberryArgument

from cms.delivery.graphql.reading import Reading
from cms.delivery.graphql.types import declare
from cms.delivery.graphql.types.names import camel
from cms.delivery.graphql.types.readers import RootReader
from cms.pages.build import Build
from cms.pages.exposed import Json, JsonSchema
from cms.plugins.config import ContentPlugin, import_export
from cms.plugins.registry import DuplicateNameError

__all__ = ["Resolver", "RootField", "root_fields"]

_SIMPLE: dict[Any, JsonSchema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
}


@dataclass(frozen=True, slots=True)
class Resolver:
    """A function with the JSON Schema of what it gives."""

    function: Callable[..., Json]
    answer: JsonSchema

    def __call__(self, *args: Any, **kwargs: Any) -> Json:
        """Calls the function."""
        return self.function(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class RootField:
    """One root field as it is declared: its GraphQL name, its owner, how it is read."""

    name: str
    owner: str
    answer: JsonSchema
    reader: RootReader
    arguments: list[StrawberryArgument]
    description: str | None


def root_fields() -> list[RootField]:
    """What the enabled plugins and the project's own apps add, by GraphQL name.

    Raises DuplicateNameError where two add a field of one name.
    """
    found: dict[str, RootField] = {}
    for owner, name, function in _contributed():
        made = _root_field(owner, name, function)
        if made.name in found:
            raise DuplicateNameError(
                f"The GraphQL field {made.name!r} of {owner!r} has the name of one of "
                f"{found[made.name].owner!r}. Rename one of them."
            )
        found[made.name] = made
    return sorted(found.values(), key=lambda one: one.name)


def _contributed() -> Iterator[tuple[str, str, Any]]:
    for config in apps.get_app_configs():
        is_plugin = isinstance(config, ContentPlugin)
        is_open = config.enabled if isinstance(config, ContentPlugin) else True
        if is_open and (is_plugin or config.name.startswith("cms.")):
            added: Mapping[str, Any] = import_export(config, "resolvers") or {}
            for name, function in added.items():
                yield config.label, name, function


def _root_field(owner: str, name: str, given: Any) -> RootField:
    function = given.function if isinstance(given, Resolver) else given
    hints = get_type_hints(function)
    parameters = inspect.signature(function).parameters
    answer = given.answer if isinstance(given, Resolver) else _SIMPLE.get(hints.get("return"), {})
    build_name = next((one for one in parameters if hints.get(one) is Build), None)
    # A parameter's GraphQL name → its own.
    names = {camel(one): one for one in parameters if one != build_name}

    def resolve(reading: Reading, arguments: Mapping[str, Any], selected: frozenset[str]) -> Any:
        values = {names[key]: value for key, value in arguments.items()}
        if build_name is None:
            reading.shared = False
            return function(**values)
        build = Build()
        result = function(**values, **{build_name: build})
        reading.note_build(build)
        return result

    return RootField(
        name=camel(name),
        owner=owner,
        answer=answer,
        reader=RootReader(resolve),
        arguments=[_argument(key, parameters[one], hints) for key, one in names.items()],
        description=inspect.getdoc(function),
    )


def _argument(name: str, parameter: inspect.Parameter, hints: dict[str, Any]) -> StrawberryArgument:
    hint = hints.get(parameter.name, str)
    optional = get_origin(hint) in (Union, types.UnionType) and type(None) in get_args(hint)
    if optional:
        hint = next(one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) in (list, tuple):
        hint = declare.many(get_args(hint)[0])
    if optional or parameter.default is None:
        return declare.argument(name, declare.or_null(hint))
    if parameter.default is inspect.Parameter.empty:
        return declare.argument(name, hint)
    return declare.argument(name, hint, default=parameter.default)
