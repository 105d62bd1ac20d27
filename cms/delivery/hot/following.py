"""Keeps a process's store in step with the change feed.

Inside the process that made a change its answers go right after the commit. Changes of other
processes are found by a thread: within milliseconds where the database tells of them, within
:data:`LOOK_EVERY` else. Whether it is in step is known to a moment: an answer is only given while
the feed was looked at within :data:`TRUST`, so a database that is away, a notification that is
lost or a thread that starves lead to Django, never to something withdrawn (ADR 19).

Entries are seen as soon as they are committed, before they have a number: one that was committed
late can't be overlooked, since each is kept in mind until it has a number.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from typing import Any

import structlog
from django.db import DatabaseError, connection

from cms.changes.feed import committed, latest_seq, news_since, unnumbered
from cms.changes.models import Change
from cms.changes.watching import watch_feed
from cms.delivery.hot.store import Store

__all__ = ["LOOK_EVERY", "TRUST", "Following"]

LOOK_EVERY = 0.25
"""Seconds after which the feed is looked at though nothing was heard."""

TRUST = 0.75
"""Seconds for which a look at the feed is good: withdrawn content is gone within one second."""

_BATCH = 1_000
_TOO_MANY = 10_000  # entries after which emptying the store is quicker than evicting

logger = structlog.get_logger(__name__)


class Following:
    """A store's follower, in memory: what it has seen is as short-lived as the store itself."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seq: int | None = None
        self._unnumbered: set[int] = set()
        self._trusted_until = 0.0
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._stop = threading.Event()

    def is_current(self) -> bool:
        """Whether the store may be read now."""
        return time.monotonic() < self._trusted_until

    def has_begun(self) -> bool:
        """Whether changes are seen from now on, so that answers may be kept."""
        return self._seq is not None

    def start(self) -> None:
        """Starts the thread where it doesn't run: at the first request, after any fork."""
        if self._thread is not None and self._thread.is_alive():
            return
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                committed.connect(self.on_committed, dispatch_uid=id(self))
                self._stop.clear()
                self._thread = threading.Thread(target=self._run, name="hot-path", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Ends the thread and waits for it."""
        committed.disconnect(self.on_committed, dispatch_uid=id(self))
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        self._trusted_until = 0.0

    def on_committed(self, changes: Iterable[Change], **kwargs: Any) -> None:
        """Changes of this very process: at once."""
        for change in changes:
            self._unnumbered.add(change.pk)
            self._store.evict(change.tags)

    def _run(self) -> None:
        watch = watch_feed()
        try:
            while not self._stop.is_set():
                self._step(watch.wait(LOOK_EVERY) or self._seq is None)
        finally:
            watch.close()
            connection.close()

    def _step(self, must_look: bool) -> None:
        looked_at = time.monotonic()
        try:
            if must_look:
                self._look()
        except DatabaseError as error:
            logger.warning("hot_path_without_database", error=str(error))
            connection.close()
            self._stop.wait(LOOK_EVERY)
        else:
            self._trusted_until = looked_at + TRUST
        finally:
            if connection.vendor == "postgresql":
                connection.close()  # back to the pool

    def _look(self) -> None:
        """Reads what is new; the first time, where the feed stands."""
        latest = latest_seq()
        if self._seq is None or latest < self._seq or latest - self._seq > _TOO_MANY:
            # The first time; or another database was put in this one's place; or far behind.
            self._unnumbered = unnumbered()
            self._store.clear()
            self._seq = latest
            return
        since, last = self._seq, 0
        while batch := news_since(since, last, _BATCH):
            for pk, seq, tags in batch:
                if pk not in self._unnumbered:
                    self._store.evict(tags)
                if seq is None:
                    self._unnumbered.add(pk)
                else:
                    self._unnumbered.discard(pk)
                    self._seq = max(self._seq, seq)
            last = batch[-1][0]
