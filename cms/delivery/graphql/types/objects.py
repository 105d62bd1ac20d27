"""GraphQL types of JSON Schemas, mechanically: a plugin's own kind has one as soon as it has a
schema.

| JSON Schema | GraphQL |
|---|---|
| a reference to `Card` | the interface `Page`; more than the card is loaded when asked for |
| a named definition, an object in a field | an object type; shapes that are equal share one |
| `oneOf` with a discriminator (a stream) | a union, and the same once more as JSON beside it |
| another `oneOf` of objects | one object type with the fields of all, null where they aren't |
| an object with `additionalProperties` alone | a list of entries, each with its `key` |
| `format: html` | text with the argument `form`, and a tree beside it |
| anything else without a type | JSON |
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from strawberry.types.field import StrawberryField

from cms.delivery.graphql.types import declare
from cms.delivery.graphql.types.names import Names, camel, pascal, singular
from cms.delivery.graphql.types.readers import Reader, entries_reader, read_rich_text, read_tree
from cms.delivery.graphql.types.scalars import JSON, RichTextForm, scalar_for
from cms.pages.exposed import JsonSchema

__all__ = ["Objects"]

_CARD = "Card"
_BLOCK_KEYS = {"type", "id"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """One GraphQL field to be: its type is asked for when all names are claimed."""

    name: str
    make: Callable[[str], StrawberryField]


@dataclass(slots=True)
class Objects:
    """The object types of one schema, each made once.

    ``members`` has for each abstract type which object type a value's ``type`` stands for.
    """

    definitions: Mapping[str, JsonSchema]
    names: Names
    page: type
    block: type
    made: dict[str, type] = field(default_factory=dict)
    members: dict[str, dict[str, str]] = field(default_factory=dict)
    _inline: dict[str, tuple[JsonSchema, type]] = field(default_factory=dict)

    # --- Types ------------------------------------------------------------------------------------

    def type_of(self, schema: JsonSchema, name: str) -> Any:
        """The GraphQL type of a schema; ``name`` is for what has none of its own."""
        if "anyOf" in schema:
            rest = [one for one in schema["anyOf"] if one.get("type") != "null"]
            inner = self.type_of(rest[0], name) if len(rest) == 1 else JSON
            return declare.or_null(inner) if len(rest) < len(schema["anyOf"]) else inner
        if isinstance(schema.get("type"), list):
            kinds = [one for one in schema["type"] if one != "null"]
            single = {**schema, "type": kinds[0]} if len(kinds) == 1 else {}
            return declare.or_null(self.type_of(single, name))
        if "$ref" in schema:
            return self._named(schema["$ref"].rsplit("/", 1)[-1])
        if schema.get("type") == "array" and "items" in schema:
            inner = self.type_of(schema["items"], singular(name))
            return declare.many(self.page if _is_card(schema["items"]) else inner)
        if "oneOf" in schema:
            return self._one_of(schema, name)
        if schema.get("properties"):
            return self._object(schema, name)
        if isinstance(schema.get("additionalProperties"), dict):
            return declare.many(self._map_entry(schema["additionalProperties"], singular(name)))
        return scalar_for(schema) or JSON

    def _named(self, name: str) -> Any:
        if name == _CARD:
            return declare.or_null(self.page)  # gone while the answer is read: null, not an error
        if name not in self.made:
            schema = self.definitions[name]
            if not schema.get("properties"):
                return self.type_of(schema, name)
            self.made[name] = made = self._declare(self.names.claim(name), schema)
            declare.set_fields(made, self.fields(schema, name))
        return self.made[name]

    def _object(self, schema: JsonSchema, name: str) -> type:
        for known, other in self.definitions.items():
            if other == schema and known != _CARD:
                named: type = self._named(known)
                return named
        if name in self._inline and self._inline[name][0] == schema:
            return self._inline[name][1]
        made = self._declare(self.names.claim(name), schema)
        self._inline[name] = schema, made
        declare.set_fields(made, self.fields(schema, name))
        return made

    def _declare(self, name: str, schema: JsonSchema) -> type:
        return declare.declare_type(name, schema.get("description"))

    def _one_of(self, schema: JsonSchema, name: str) -> Any:
        choices = schema["oneOf"]
        if "discriminator" in schema:
            blocks = [self._block(one["$ref"].rsplit("/", 1)[-1]) for one in choices]
            union_name = self.names.claim(name)
            self.members[union_name] = {
                self._resolve(one)["properties"]["type"]["const"]: _name_of(block)
                for one, block in zip(choices, blocks, strict=True)
            }
            return declare.declare_union(union_name, blocks)
        shapes = [self._resolve(one) for one in choices]
        if not all(one.get("properties") for one in shapes):
            return JSON
        properties: dict[str, JsonSchema] = {}
        for shape in shapes:
            for key, inner in shape["properties"].items():
                constant = {"type": "string"} if "const" in inner else inner
                properties.setdefault(key, constant)
        required = [key for key in properties if all(key in one["required"] for one in shapes)]
        merged = {"type": "object", "properties": properties, "required": required}
        return self._object(merged, name)

    def _block(self, name: str) -> type:
        """A block: what its value has stands beside ``type`` and ``id``, a plain value in
        ``value``."""
        if name in self.made:
            return self.made[name]
        schema = self.definitions[name]
        made = declare.declare_type(
            self.names.claim(name), schema.get("description"), interfaces=[self.block]
        )
        self.made[name] = made
        properties = dict(schema["properties"])
        value = properties.get("value", {})
        names = Names()
        if value.get("properties"):
            del properties["value"]
            outer = {**schema, "properties": properties}
            fields = [*self.fields(outer, name, names=names)]
            fields += self.fields(value, name, names=names, within="value")
        else:
            fields = [*self.fields(schema, name, names=names)]
        declare.set_fields(made, fields)
        return made

    def _map_entry(self, schema: JsonSchema, name: str) -> type:
        inner = self._resolve(schema)
        properties = inner.get("properties") or {"value": schema}
        required = inner.get("required", list(properties))
        entry = {
            "type": "object",
            "properties": {"key": {"type": "string"}, **properties},
            "required": ["key", *required],
        }
        return self._object(entry, name)

    def _resolve(self, schema: JsonSchema) -> JsonSchema:
        while "$ref" in schema:
            schema = self.definitions[schema["$ref"].rsplit("/", 1)[-1]]
        return schema

    # --- Fields -----------------------------------------------------------------------------------

    def fields(
        self, schema: JsonSchema, owner: str, *, names: Names | None = None, within: str = ""
    ) -> list[StrawberryField]:
        """The fields of an object; ``owner`` begins the names of shapes that have none."""
        names = names or Names()
        required = set(schema.get("required", ()))
        entries: list[_Entry] = []
        for key, inner in schema["properties"].items():
            entries += self._entries(key, inner, owner, key in required, within)
        return [entry.make(names.claim(entry.name)) for entry in _in_order(entries)]

    def _entries(
        self, key: str, schema: JsonSchema, owner: str, required: bool, within: str
    ) -> Iterator[_Entry]:
        kind = self._resolve(schema)
        description = schema.get("description") or _words_of(kind)
        optional = declare.or_null if not required else _as_it_is
        if kind.get("format") == "html":
            yield _Entry(camel(key), lambda name: declare.field(
                name, optional(str), Reader(key, within, read_rich_text), description=description,
                arguments=[declare.argument("form", RichTextForm, default=RichTextForm.HTML)],
            ))  # fmt: skip
            yield _Companion(f"{camel(key)}Ast", lambda name: declare.field(
                name, optional(JSON), Reader(key, within, read_tree), description="As a hast tree.",
            ))  # fmt: skip
            return
        type_name = pascal(owner) + pascal(key)
        arguments, convert = [], None
        if isinstance(kind.get("additionalProperties"), dict) and not kind.get("properties"):
            convert = entries_reader(
                bool(self._resolve(kind["additionalProperties"]).get("properties"))
            )
            arguments = [declare.argument("keys", declare.or_null(declare.many(str)),
                                          "Only the entries with these keys.")]  # fmt: skip
        yield _Entry(camel(key), lambda name: declare.field(
            name, optional(self.type_of(schema, type_name)), Reader(key, within, convert),
            description=description, arguments=arguments,
        ))  # fmt: skip
        if _is_stream(kind):
            yield _Companion(f"{camel(key)}Json", lambda name: declare.field(
                name, optional(JSON), Reader(key, within), description="As REST gives it.",
            ))  # fmt: skip


class _Companion(_Entry):
    """A second form of a field: it gives way to a field that really has its name."""


def _in_order(entries: list[_Entry]) -> list[_Entry]:
    return sorted(entries, key=lambda entry: isinstance(entry, _Companion))


def _is_card(schema: JsonSchema) -> bool:
    return str(schema.get("$ref", "")).endswith(f"/{_CARD}")


def _as_it_is(type_: Any) -> Any:
    return type_


def _is_stream(schema: JsonSchema) -> bool:
    return schema.get("type") == "array" and "discriminator" in schema.get("items", {})


def _words_of(schema: JsonSchema) -> str | None:
    words = [word for word in schema.get("enum", ()) if word]
    return f"One of {', '.join(words)}." if words else None


def _name_of(cls: type) -> str:
    name: str = cls.__strawberry_definition__.name  # type: ignore[attr-defined]
    return name
