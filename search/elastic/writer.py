"""Writing into indices: in bulk, and so that whoever comes late loses."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

import orjson

from search.contract import EngineError, Entry
from search.elastic.client import Client, Refused
from search.elastic.indices import SECONDS

__all__ = ["IndexWriter"]

_BULK_BYTES = 4_000_000
_BULK_LINES = 1_000
_BULK_TARGET = (
    "/_bulk?require_alias=true&filter_path=took,errors,items.*.error.type,items.*.error.reason"
)
_BUSY = frozenset({429, 503})
_REJECTED = "es_rejected_execution_exception"
_LATE = "version_conflict_engine_exception"
_PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
"""Seconds before the next attempt at a bulk that the servers had no room for."""

_PAGE = 2_000
_KEEP = "5m"


class IndexWriter:
    """Writes through aliases, one for each locale, so that it follows where they point to.

    Every write bears the version of the content's state: the servers refuse an older one than they
    have, which is no error. So any write may be repeated, by anyone, in any order.
    """

    def __init__(
        self, client: Client, aliases: dict[str, str], add_locale: Callable[[str], str]
    ) -> None:
        """``aliases`` are the locales' own; ``add_locale`` makes an index for one more and returns
        its alias."""
        self._client = client
        self._aliases = aliases
        self._add_locale = add_locale
        self._written: set[str] = set()

    def write(self, entries: Iterable[Entry], version: int) -> int:
        """See :class:`search.contract.Writer`."""

        def lines() -> Iterator[bytes]:
            for entry in entries:
                alias = self._alias(entry.locale)
                action = b'{"index":{"_index":"%b","_id":"%d","version":%d,' % (
                    alias.encode(), entry.id, version,
                )  # fmt: skip
                document = {"id": entry.id, "digest": entry.digest, **entry.fields}
                yield b'%b"version_type":"external_gte"}}\n%b\n' % (action, orjson.dumps(document))

        return self._send(lines())

    def remove(self, ids: Iterable[int], version: int) -> None:
        """See :class:`search.contract.Writer`."""
        self._written.update(self._aliases.values())
        self._send(
            b'{"delete":{"_index":"%b","_id":"%d","version":%d,"version_type":"external_gte"}}\n'
            % (alias.encode(), pk, version)
            for pk in ids
            for alias in self._aliases.values()
        )

    def digests(self) -> Iterator[tuple[int, str, str]]:
        """See :class:`search.contract.Writer`; of what was committed when it begins."""
        locales = {alias: locale for locale, alias in self._aliases.items()}
        names = ",".join(locales)
        opened = self._client.send("POST", f"/{names}/_pit?keep_alive={_KEEP}", seconds=SECONDS)
        snapshot = opened["id"]
        described = self._client.send("GET", f"/{names}/_alias", seconds=SECONDS)
        locale_of = {
            name: next(locales[alias] for alias in state["aliases"] if alias in locales)
            for name, state in described.items()
        }
        body: dict[str, Any] = {
            "size": _PAGE, "sort": ["id"], "_source": False, "docvalue_fields": ["digest"],
            "track_total_hits": False,
        }  # fmt: skip
        target = "/_search?filter_path=took,pit_id,hits.hits._index,hits.hits.sort,hits.hits.fields"
        try:
            while True:
                body["pit"] = {"id": snapshot, "keep_alive": _KEEP}
                answer = self._client.send("POST", target, body, seconds=SECONDS)
                snapshot = answer["pit_id"]
                hits = answer.get("hits", {}).get("hits", [])
                for hit in hits:
                    yield hit["sort"][0], locale_of[hit["_index"]], hit["fields"]["digest"][0]
                if len(hits) < _PAGE:
                    return
                body["search_after"] = hits[-1]["sort"]
        except (KeyError, TypeError, IndexError) as error:
            raise EngineError(
                f"Elasticsearch's answer has an unknown shape ({error!r})."
            ) from error
        finally:
            self._close(snapshot)

    def commit(self) -> None:
        """See :class:`search.contract.Writer`."""
        if not self._written:
            return
        target = f"/{','.join(sorted(self._written))}/_refresh"
        answer = self._client.send("POST", target, seconds=SECONDS)
        if answer.get("_shards", {}).get("failed") != 0:
            raise EngineError("Elasticsearch could not show what was written.")
        self._written.clear()

    def _alias(self, locale: str) -> str:
        if locale not in self._aliases:
            self._aliases[locale] = self._add_locale(locale)
        alias = self._aliases[locale]
        self._written.add(alias)
        return alias

    def _close(self, snapshot: str) -> None:
        with suppress(EngineError):  # it ends by itself
            self._client.send("DELETE", "/_pit", {"id": snapshot}, seconds=SECONDS)

    def _send(self, lines: Iterable[bytes]) -> int:
        """Sends lines in batches of a bounded size; returns how many came in time."""
        batch: list[bytes] = []
        size = done = 0
        for line in lines:
            if batch and (size + len(line) > _BULK_BYTES or len(batch) == _BULK_LINES):
                done += self._bulk(batch)
                batch, size = [], 0
            batch.append(line)
            size += len(line)
        return done + (self._bulk(batch) if batch else 0)

    def _bulk(self, batch: list[bytes]) -> int:
        """Sends one batch, again and later where the servers have no room for it; returns how many
        of it came in time."""
        body = b"".join(batch)
        for pause in (*_PAUSES, None):
            try:
                problems = self._problems(body)
            except Refused as error:
                if pause is None or error.status not in _BUSY:
                    raise
                problems = [(_REJECTED, str(error))]
            serious = [problem for problem in problems if problem[0] != _LATE]
            if not serious:
                return len(batch) - len(problems)
            if pause is None or any(kind != _REJECTED for kind, _ in serious):
                kind, reason = min(serious, key=lambda problem: problem[0] == _REJECTED)
                raise EngineError(f"Elasticsearch did not store an entry: {kind}: {reason}")
            # With others that wait for the same server not all at once.
            time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - no secret
        raise AssertionError("unreachable")

    def _problems(self, body: bytes) -> list[tuple[str, str]]:
        """What went wrong with lines of the batch: kinds and reasons."""
        answer = self._client.send("POST", _BULK_TARGET, body, seconds=SECONDS)
        try:
            if not isinstance(answer["took"], int):
                raise TypeError("took")
            if not answer["errors"]:
                return []
            errors = [outcome["error"] for item in answer["items"] for outcome in item.values()]
            return [(error["type"], error["reason"]) for error in errors]
        except (AttributeError, KeyError, TypeError) as error:
            raise EngineError(
                f"Elasticsearch's answer has an unknown shape ({error!r})."
            ) from error
