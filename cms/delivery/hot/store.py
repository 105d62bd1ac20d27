"""What the hot path keeps: finished answers, bounded by bytes, dropped by tag."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict, deque
from collections.abc import Collection, Hashable

from cms.delivery.hot.entry import Entry

__all__ = ["Store"]

REMEMBERED = 1_000
"""Evictions that are remembered, for answers that were being made meanwhile."""


class Store:
    """Answers by key. Safe for threads.

    Where room is needed the oldest goes, unless it was read since it came or was last spared:
    then it counts as new ("second chance"). A read only leaves a mark, which is quicker than
    keeping order.

    An answer that was begun before a change and is finished after it must not stay: whoever makes
    one asks :meth:`begin` first and hands the moment back to :meth:`put`.
    """

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes = 0
        self._entries: OrderedDict[Hashable, Entry] = OrderedDict()
        self._keys: defaultdict[str, set[Hashable]] = defaultdict(set)
        self._evictions: deque[frozenset[str]] = deque(maxlen=REMEMBERED)
        self._moment = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Hashable) -> Entry | None:
        """The answer of a key; without the lock, since looking is one step of the interpreter."""
        entry = self._entries.get(key)
        if entry is not None:
            entry.was_read = True
        return entry

    def begin(self) -> int:
        """The moment before an answer is made."""
        return self._moment

    def put(self, key: Hashable, entry: Entry, since: int) -> bool:
        """Keeps an answer, unless one of its tags was evicted since it was begun, or it is large.

        ``since`` is what :meth:`begin` gave. An answer may take a tenth of the store.
        """
        if entry.size * 10 > self.max_bytes:
            return False
        with self._lock:
            missed = self._moment - since
            if missed > len(self._evictions):
                return False  # too long ago to know
            recent = list(self._evictions)[len(self._evictions) - missed :]
            if any(not tags.isdisjoint(entry.tags) for tags in recent):
                return False
            self._drop(key)
            self._make_room(entry.size)
            self._entries[key] = entry
            self.bytes += entry.size
            for tag in entry.tags:
                self._keys[tag].add(key)
            return True

    def grow(self, key: Hashable, entry: Entry, size: int) -> None:
        """Counts bytes that were added to an answer after it was kept."""
        with self._lock:
            entry.size += size
            if self._entries.get(key) is entry:
                self.bytes += size
                self._make_room(0)

    def evict(self, tags: Collection[str]) -> int:
        """Drops every answer that was made from one of the tags; returns how many."""
        with self._lock:
            self._moment += 1
            self._evictions.append(frozenset(tags))
            keys = {key for tag in tags for key in self._keys.get(tag, ())}
            for key in keys:
                self._drop(key)
            return len(keys)

    def clear(self) -> None:
        """Drops everything, also what is being made."""
        with self._lock:
            self._moment += REMEMBERED + 1
            self._evictions.clear()
            self._entries.clear()
            self._keys.clear()
            self.bytes = 0

    def _make_room(self, size: int) -> None:
        while self.bytes + size > self.max_bytes:
            key, oldest = next(iter(self._entries.items()))
            if oldest.was_read:
                oldest.was_read = False
                self._entries.move_to_end(key)
            else:
                self._drop(key)

    def _drop(self, key: Hashable) -> None:
        entry = self._entries.pop(key, None)
        if entry is None:
            return
        self.bytes -= entry.size
        for tag in entry.tags:
            keys = self._keys[tag]
            keys.discard(key)
            if not keys:
                del self._keys[tag]
