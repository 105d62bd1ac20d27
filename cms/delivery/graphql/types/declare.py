"""strawberry's types, declared from data in place of classes with annotations.

strawberry describes a type by a class and reads its fields from annotations. Ours come from JSON
Schemas, in which types refer to each other in circles, so the definitions are made as such: first
each type by name, then its fields.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import StrawberryList, StrawberryObjectDefinition, StrawberryOptional
from strawberry.types.field import StrawberryField
from strawberry.types.union import StrawberryUnion

from cms.delivery.graphql.types.readers import READER, JsonLdReader, Reader, RootReader

__all__ = [
    "argument",
    "declare_enum",
    "declare_type",
    "declare_union",
    "field",
    "fields_of",
    "input_field",
    "many",
    "or_null",
    "set_fields",
]

_NOTHING = strawberry.UNSET


def or_null(type_: Any) -> Any:
    """The type, or null."""
    return type_ if isinstance(type_, StrawberryOptional) else StrawberryOptional(of_type=type_)


def many(type_: Any) -> Any:
    """A list of the type."""
    return StrawberryList(of_type=type_)


def declare_type(
    name: str,
    description: str | None = None,
    *,
    interfaces: Iterable[type] = (),
    is_interface: bool = False,
    is_input: bool = False,
) -> type:
    """A type without fields yet."""
    cls = type(name, (), {})
    definition = StrawberryObjectDefinition(
        name=name,
        is_input=is_input,
        is_interface=is_interface,
        origin=cls,
        description=description,
        interfaces=[_definition(one) for one in interfaces],
        extend=False,
        directives=[],
        is_type_of=None,
        resolve_type=None,
        fields=[],
    )
    cls.__strawberry_definition__ = definition  # type: ignore[attr-defined]
    return cls


def _definition(cls: type) -> StrawberryObjectDefinition:
    definition: StrawberryObjectDefinition = cls.__strawberry_definition__  # type: ignore[attr-defined]
    return definition


def set_fields(cls: type, fields: Iterable[StrawberryField]) -> None:
    """Gives a declared type its fields, in their order."""
    own = list(fields)
    for one in own:
        one.origin = cls
    _definition(cls).fields = own


def fields_of(cls: type) -> list[StrawberryField]:
    """The fields of a declared type."""
    return _definition(cls).fields


def field(
    name: str,
    type_: Any,
    reader: Reader | JsonLdReader | RootReader,
    *,
    description: str | None = None,
    arguments: Iterable[StrawberryArgument] = (),
) -> StrawberryField:
    """A field with its reader."""
    made = StrawberryField(
        python_name=name,
        graphql_name=name,
        type_annotation=StrawberryAnnotation(type_),
        description=description,
        metadata={READER: reader},
    )
    made.arguments = list(arguments)
    return made


def input_field(name: str, type_: Any, description: str | None = None) -> StrawberryField:
    """A field of an input type; it may be left out."""
    return StrawberryField(
        python_name=name,
        graphql_name=name,
        type_annotation=StrawberryAnnotation(or_null(type_)),
        description=description,
        default=_NOTHING,
    )


def argument(
    name: str, type_: Any, description: str | None = None, *, default: object = _NOTHING
) -> StrawberryArgument:
    """An argument; one whose type isn't "or null" and that has no default is required."""
    return StrawberryArgument(
        python_name=name,
        graphql_name=name,
        type_annotation=StrawberryAnnotation(type_),
        description=description,
        default=default,
    )


def declare_enum(name: str, values: dict[str, str], description: str | None = None) -> Any:
    """An enumeration of GraphQL names with what each stands for."""
    members = enum.Enum(name, values)  # type: ignore[misc]  # its members are data
    return strawberry.enum(members, name=name, description=description)


def declare_union(name: str, members: Iterable[type], description: str | None = None) -> Any:
    """A union of object types."""
    annotations = tuple(StrawberryAnnotation(one) for one in members)
    return StrawberryUnion(name=name, type_annotations=annotations, description=description)
