"""How the list of allowed types is delivered and imported."""

from __future__ import annotations

from typing import Any

from cms.plugins.api import FIELD_KINDS, Definitions, Intake, IntakeError, Json, JsonSchema, Kind
from cms.plugins.section.models import TypeListField

__all__ = ["TypeListKind"]


class TypeListKind(Kind):
    """Public type names in an array."""

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return {"type": "array", "items": {"type": "string"}}

    def write(self, source: Any, data: Json, intake: Intake) -> list[str]:
        if not isinstance(data, list) or not all(isinstance(name, str) for name in data):
            raise IntakeError("a list of type names is expected")
        return [str(name) for name in data]


FIELD_KINDS.register(TypeListField, TypeListKind())
