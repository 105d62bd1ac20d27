"""A query that selects everything of a type, and its answer back in REST's form."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLUnionType, get_named_type

from cms.delivery.graphql.types.readers import Reader, reader_of
from cms.delivery.graphql.types.schema import Schema

__all__ = ["Everything", "as_rest"]


class Everything:
    """Selects every field, each under a name of its own: one fragment for each type.

    References to pages are given as their cards.
    """

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._fragments: dict[str, str] = {}

    def query(self, root: str, type_name: str) -> str:
        """``root`` is the root field with its arguments, of this type."""
        selection = self.of(type_name)
        return "\n".join([f"{{ answer: {root} {selection} }}", *self._fragments.values()])

    def of(self, type_name: str) -> str:
        """A selection of everything of an object type."""
        if type_name not in self._fragments:
            self._fragments[type_name] = ""  # asked for again below itself: a menu's entries
            fields = " ".join(self._field(type_name, name) for name in self._type(type_name).fields)
            self._fragments[type_name] = f"fragment {type_name}_ on {type_name} {{ {fields} }}"
        return f"{{ ...{type_name}_ }}"

    def _type(self, name: str) -> GraphQLObjectType:
        type_ = self._schema.graphql.type_map[name]
        assert isinstance(type_, GraphQLObjectType)
        return type_

    def _field(self, owner: str, name: str) -> str:
        named = get_named_type(self._type(owner).fields[name].type)
        key = f"{owner}_{name}: {name}"
        if isinstance(named, GraphQLInterfaceType) or named.name in self._schema.card_keys:
            return f"{key} {self._cards()}"
        if isinstance(named, GraphQLUnionType):
            members = " ".join(f"... on {one.name} {self.of(one.name)}" for one in named.types)
            return f"{key} {{ {members} }}"
        if isinstance(named, GraphQLObjectType):
            return f"{key} {self.of(named.name)}"
        return key

    def _cards(self) -> str:
        if "Page" not in self._fragments:
            members = []
            for type_name, keys in self._schema.card_keys.items():
                names = [
                    name
                    for name, field in self._type(type_name).fields.items()
                    if isinstance(reader := reader_of(field), Reader) and reader.key in keys
                ]
                fields = " ".join(self._field(type_name, name) for name in names)
                members.append(f"... on {type_name} {{ {fields} }}")
            self._fragments["Page"] = f"fragment Page_ on Page {{ {' '.join(members)} }}"
        return "{ ...Page_ }"


def as_rest(schema: Schema, answer: Any) -> Any:
    """The answer to such a query as REST gives it: its keys, blocks with their values inside.

    Second forms of a field (``bodyJson``, ``textAst``) and JSON-LD are left out.
    """
    if isinstance(answer, list):
        return [as_rest(schema, one) for one in answer]
    if not isinstance(answer, dict):
        return answer
    result: dict[str, Any] = {}
    for key, value in answer.items():
        owner, _, name = key.rpartition("_")
        type_ = schema.graphql.type_map[owner]
        assert isinstance(type_, GraphQLObjectType)
        reader = reader_of(type_.fields[name])
        if name.endswith(("Json", "Ast", "jsonLd")):
            continue
        assert isinstance(reader, Reader)
        place = result.setdefault(reader.within, {}) if reader.within else result
        place[reader.key] = _value(schema, get_named_type(type_.fields[name].type), value)
    return result


def _value(schema: Schema, type_: Any, value: Any) -> Any:
    """A list of entries is the object that it was made of."""
    inner = as_rest(schema, value)
    if isinstance(inner, list) and "key" in getattr(type_, "fields", {}):
        return {one.pop("key"): one["value"] if list(one) == ["value"] else one for one in inner}
    return inner
