"""What one answer is read through: documents in bulk, and a note of all that it was made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import orjson

from cms.delivery.stored import Stored, find_documents
from cms.pages.build import Build
from cms.plugins.registry import registry

__all__ = ["Reading"]

type Document = dict[str, Any]


@dataclass(slots=True)
class Reading:
    """Documents through the gate, and their tags, as ``Cache-Tag`` names them."""

    tags: set[str] = field(default_factory=set)
    until: datetime | None = None
    shared: bool = True
    """Whether the tags name all that the answer was made from."""

    _loaded: dict[Literal["body", "card"], dict[int, Document | None]] = field(
        default_factory=lambda: {"body": {}, "card": {}}
    )

    def note(self, tags: Iterable[str], until: datetime | None = None) -> None:
        """Notes what the answer depends on, and the moment until which it holds by itself."""
        self.tags.update(tags)
        if until is not None:
            self.until = min(self.until or until, until)

    def note_all_pages(self) -> None:
        """Notes that any page's coming may change the answer."""
        self.tags.update(f"type:{one.name}" for one in registry.pages())

    def note_build(self, build: Build) -> None:
        """Notes what a build has noted."""
        self.note(build.tags, build.rebuild_at)

    def document(self, row: Stored) -> Document:
        """A row's JSON."""
        self.note([f"page:{row.pk}", *row.tags], row.until)
        document: Document = orjson.loads(row.content)
        return document

    def load(self, ids: Iterable[int], form: Literal["body", "card"]) -> dict[int, Document]:
        """The documents that the public may see among these: one query for what is new here."""
        loaded = self._loaded[form]
        new = [pk for pk in dict.fromkeys(ids) if pk not in loaded]
        if new:
            self.tags.update(f"page:{pk}" for pk in new)
            loaded.update(dict.fromkeys(new))
            for row in find_documents(new, form):
                loaded[row.pk] = self.document(row)
        return {pk: document for pk in ids if (document := loaded.get(pk)) is not None}
