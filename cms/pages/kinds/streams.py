"""The kind of a stream: blocks of several types in an editor's order, numbered where they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from cms.pages.blocks.base import UnavailableBlock
from cms.pages.blocks.numbering import Numbering
from cms.pages.exposed import Json, JsonSchema
from cms.pages.kinds.base import Intake, IntakeError, Kind
from cms.plugins.config import installed_plugins

if TYPE_CHECKING:
    from cms.pages.build import Build
    from cms.pages.kinds.definitions import Definitions

__all__ = ["StreamKind", "disabled_owner"]

_UNAVAILABLE: JsonSchema = {
    "type": "object",
    "description": "A block whose plugin is missing or disabled.",
    "properties": {
        "type": {"const": "unavailable"},
        "id": {"type": "string"},
        "original_type": {"type": "string"},
    },
    "required": ["type", "id", "original_type"],
    "additionalProperties": False,
}


class StreamKind(Kind):
    """A stream block: ``[{"type", "id", "value"}, …]``.

    Where a child block has a numbering (``I.``, ``1.``, ``a)``), its value's empty ``number``
    is filled in on reading from its place among its like; the stored value stays empty.
    """

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        items = [
            defs.define(_component(name), _owner(child), lambda n=name, c=child: _item(n, c, defs))  # type: ignore[misc]
            for name, child in source.child_blocks.items()
            if not isinstance(child, UnavailableBlock)
        ]
        items.append(defs.define("UnavailableBlock", "cms", lambda: _UNAVAILABLE))
        return {
            "type": "array",
            "items": {"oneOf": items, "discriminator": {"propertyName": "type"}},
        }

    def read(self, source: Any, value: Any, build: Build) -> Json:
        numbering = Numbering(build.counters)
        return [self._read_child(child, numbering, build) for child in value]

    def _read_child(self, child: Any, numbering: Numbering, build: Build) -> Json:
        if isinstance(child.block, UnavailableBlock):
            return _unavailable(child.id, child.value["original_type"])
        if disabled_owner(child.block):
            return _unavailable(child.id, child.block_type)
        number = numbering.next(child.block, child.value)
        value = _kind(child.block).read(child.block, child.value, build)
        if number is not None and isinstance(value, dict):
            value["number"] = number
        return {"type": child.block_type, "id": child.id, "value": value}

    def export(self, source: Any, value: Any, build: Build) -> Json:
        exported: list[Json] = []
        for child in value:
            if isinstance(child.block, UnavailableBlock):
                exported.append({"id": child.id, **child.value, "type": "unavailable"})
            else:
                inner = _kind(child.block).export(child.block, child.value, build)
                exported.append({"type": child.block_type, "id": child.id, "value": inner})
        return exported

    def write(self, source: Any, data: Json, intake: Intake) -> Any:
        if data is None:
            return []
        if not isinstance(data, list):
            raise IntakeError("a list of blocks is expected")
        seen: set[str] = set()
        written = []
        for index, item in enumerate(data):
            try:
                written.append(self._write_child(source, item, seen, intake))
            except IntakeError as error:
                raise error.within(f"[{index}]") from error
        return written

    def _write_child(self, source: Any, item: Json, seen: set[str], intake: Intake) -> Json:
        if not isinstance(item, dict) or not isinstance(item.get("type"), str):
            raise IntakeError("a block is an object with a type and a value")
        name = str(item["type"])
        block_id = _block_id(item.get("id"), seen)
        if name == "unavailable":
            original = item.get("original_type")
            if not isinstance(original, str):
                raise IntakeError("an unavailable block names its original_type")
            return {"type": original, "id": block_id, "value": item.get("value")}
        child = source.child_blocks.get(name)
        if child is None:
            allowed = ", ".join(n for n in source.child_blocks if n != "unavailable")
            raise IntakeError(f"unknown block {name!r}; allowed: {allowed}")
        try:
            value = _kind(child).write(child, item.get("value"), intake)
        except IntakeError as error:
            raise error.within("value") from error
        return {"type": name, "id": block_id, "value": value}

    def text(self, source: Any, data: Any) -> Iterator[str]:
        for item in data:
            child = source.child_blocks.get(item["type"])
            if child is not None and not isinstance(child, UnavailableBlock):
                yield from _kind(child).text(child, item["value"])


def disabled_owner(block: object) -> bool:
    """Whether the block's class belongs to a disabled plugin."""
    module = f"{type(block).__module__}."
    return any(module.startswith(f"{p.name}.") for p in installed_plugins() if not p.enabled)


def _kind(block: object) -> Kind:
    from cms.pages.kinds.blocks import BLOCK_KINDS  # whose table holds this kind

    return BLOCK_KINDS.get(block)


def _component(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_")) + "Block"


def _owner(block: object) -> str:
    return f"{type(block).__module__}.{type(block).__qualname__}"


def _item(name: str, child: Any, defs: Definitions) -> JsonSchema:
    return {
        "type": "object",
        "properties": {
            "type": {"const": name},
            "id": {"type": "string"},
            "value": _kind(child).schema(child, defs),
        },
        "required": ["type", "id", "value"],
        "additionalProperties": False,
    }


def _unavailable(block_id: str, original: str) -> dict[str, Json]:
    return {"type": "unavailable", "id": block_id, "original_type": original}


def _block_id(given: Json, seen: set[str]) -> str:
    """The block's own id where it is a UUID and new in this stream, else a fresh one."""
    try:
        block_id = str(UUID(given)) if isinstance(given, str) else ""
    except ValueError:
        block_id = ""
    if not block_id or block_id in seen:
        block_id = str(uuid4())
    seen.add(block_id)
    return block_id
