"""The shapes that several schemas share: cards, images, files, snippets, blocks."""

from __future__ import annotations

from collections.abc import Callable

from cms.pages.exposed import JsonSchema
from cms.plugins.registry import DuplicateNameError

__all__ = ["Definitions"]


class Definitions:
    """Named JSON Schemas, each defined once; a second shape under a name is refused."""

    def __init__(self) -> None:
        self.schemas: dict[str, JsonSchema] = {}
        self._owners: dict[str, str] = {}
        self._open: set[str] = set()

    def define(self, name: str, owner: str, shape: Callable[[], JsonSchema]) -> JsonSchema:
        """A reference to the shape called ``name``, which ``owner`` declares.

        Raises DuplicateNameError, naming both owners, when the name stands for another shape.
        """
        reference: JsonSchema = {"$ref": f"#/components/schemas/{name}"}
        if name in self._open or self._owners.get(name) == owner:
            return reference
        self._open.add(name)
        schema = shape()
        self._open.discard(name)
        if name in self.schemas and self.schemas[name] != schema:
            raise DuplicateNameError(
                f"The schema {name} of {owner} differs from the one of {self._owners[name]}: "
                "one name stands for one shape. Rename one of them."
            )
        self.schemas[name] = schema
        self._owners.setdefault(name, owner)
        return reference
