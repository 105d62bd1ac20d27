"""Documents as a reader sees them who sees a part of the portal, kept in memory.

Such a document is built for its reader (about 40 queries), because no stored one has the holes that
are theirs. So it is kept for the next time. Whatever it may show is among the tags of the stored
document, which is built anew when any of them changes: the moment of that build is in the key.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime
from typing import Literal, NamedTuple

from cms.pages.builder import BuiltDocument

__all__ = ["Part", "Parts"]


class Part(NamedTuple):
    """One form of a document for one scope."""

    content: bytes
    tags: frozenset[str]
    rebuild_at: datetime | None
    etag: str = ""

    @classmethod
    def of(cls, built: BuiltDocument, form: Literal["body", "card"]) -> Part:
        """The form of what was built."""
        if form == "card":
            return cls(built.card, built.card_tags, built.rebuild_at)
        return cls(built.body, built.tags, built.rebuild_at, built.etag)


class Parts:
    """So many bytes of parts, the least recently used going first. Safe for threads."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes = 0
        self._parts: OrderedDict[Hashable, Part] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, now: datetime) -> Part | None:
        """What is kept, unless its time is over."""
        with self._lock:
            part = self._parts.get(key)
            if part is None or (part.rebuild_at is not None and part.rebuild_at <= now):
                return None
            self._parts.move_to_end(key)
            return part

    def put(self, key: Hashable, part: Part) -> None:
        """Keeps a part; one that is larger than all together may be is not."""
        with self._lock:
            self._drop(key)
            self._parts[key] = part
            self.bytes += len(part.content)
            while self.bytes > self.max_bytes:
                self._drop(next(iter(self._parts)))

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._parts.clear()
            self.bytes = 0

    def _drop(self, key: Hashable) -> None:
        if (old := self._parts.pop(key, None)) is not None:
            self.bytes -= len(old.content)
