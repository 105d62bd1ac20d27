"""The indices of one portal: their names, their aliases, and who is building them.

`{prefix}-{locale}` is the alias that is searched and written, `{prefix}-{locale}-{generation}` the
index behind it. The indices are their own records: ``_meta`` says what one was made with and, until
it is whole, which process is at work on it. So nothing has to be kept elsewhere, or in step.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cms.changes.holders import is_dead
from search.contract import EngineError
from search.elastic.client import Client
from search.elastic.mapping import field_mappings, index_settings
from search.mapping import FieldSpec

__all__ = ["SECONDS", "Index", "Indices", "new_generation"]

SECONDS = 30.0
"""For one request that nobody who reads waits for."""

_LEASE = 300.0
"""Seconds after which a builder that gave no sign is taken for dead, where nothing is known of its
process."""


def new_generation() -> str:
    """A name for one build of all indices."""
    return f"{time.strftime('%Y%m%d%H%M%S', time.gmtime())}-{secrets.token_hex(4)}"


@dataclass(frozen=True, slots=True)
class Index:
    """One index as the servers describe it."""

    name: str
    locale: str
    generation: str
    stamp: str
    aliases: frozenset[str] = frozenset()
    builder: str = ""
    """Who is building it; empty when it is whole."""
    seen: float = 0.0
    """When the builder gave its last sign, in seconds since 1970."""

    @property
    def is_being_built(self) -> bool:
        """Whether a process that may be alive is at work on it."""
        fresh = time.time() - self.seen < _LEASE
        return bool(self.builder) and fresh and not is_dead(self.builder)


class Indices:
    """The indices under one prefix. Every method raises EngineError."""

    def __init__(
        self,
        client: Client,
        prefix: str,
        locales: Sequence[str],
        fields: Callable[[], Iterable[FieldSpec]],
    ) -> None:
        """``locales`` are those that always have an index, if only an empty one; ``fields`` says
        what is stored of an entry."""
        self.client = client
        self._fields = fields
        self.prefix = prefix
        self.locales = tuple(locales)

    def alias(self, locale: str) -> str:
        """The name that a locale is searched under."""
        return f"{self.prefix}-{locale.lower()}"

    def describe(self, seconds: float = SECONDS) -> list[Index]:
        """Every index of this portal, whole or not; not those of a portal whose prefix begins
        with this one's."""
        answer = self.client.send(
            "GET",
            f"/{self.prefix}-*?features=aliases,mappings&expand_wildcards=all"
            "&filter_path=*.aliases,*.mappings._meta",
            seconds=seconds,
        )
        found = (self._read(name, state) for name, state in answer.items())
        return [index for index in found if index is not None]

    def _read(self, name: str, state: Mapping[str, Any]) -> Index | None:
        aliases = frozenset(state.get("aliases", ()))
        meta = state.get("mappings", {}).get("_meta")
        if meta is None and self._stray.fullmatch(name):
            return Index(name, "", "", "", aliases)
        if not isinstance(meta, dict) or meta.get("prefix") != self.prefix:
            return None
        return Index(
            name, str(meta.get("locale", "")), str(meta.get("generation", "")),
            str(meta.get("stamp", "")), aliases, str(meta.get("builder", "")),
            float(meta.get("seen", 0.0)),
        )  # fmt: skip

    @property
    def _stray(self) -> re.Pattern[str]:
        """Names of indices that the servers make by themselves, out of a removal that comes when
        ours is just gone, unless they are forbidden to (`action.auto_create_index`)."""
        aliases = "|".join(re.escape(self.alias(locale)) for locale in self.locales)
        return re.compile(rf"(?:{aliases})(?:-\d{{14}}-[0-9a-f]{{8}}(?:-building)?)?")

    def live(self, seconds: float = SECONDS) -> dict[str, Index] | None:
        """The index of each locale that is searched; None unless every locale has just one, whole
        and of one stamp."""
        found: dict[str, Index] = {}
        for index in self.describe(seconds):
            if index.locale and self.alias(index.locale) in index.aliases:
                if index.locale in found or index.builder:
                    return None
                found[index.locale] = index
        stamps = {index.stamp for index in found.values()}
        return found if found.keys() >= set(self.locales) and len(stamps) == 1 else None

    def create(self, index: Index, settings: Mapping[str, Any] | None = None) -> None:
        """Makes the index, with its aliases and what is known of it."""
        body = {
            "settings": {"index": index_settings() | dict(settings or {})},
            "mappings": field_mappings(self._fields()) | {"_meta": self._meta(index)},
            "aliases": {alias: {} for alias in index.aliases},
        }
        self.client.send("PUT", f"/{index.name}", body, seconds=SECONDS)

    def note(self, index: Index) -> None:
        """Writes down what is known of the index; raises where it is gone."""
        body = {"_meta": self._meta(index)}
        self.client.send("PUT", f"/{index.name}/_mapping", body, seconds=SECONDS)

    def _meta(self, index: Index) -> dict[str, Any]:
        known = {
            "prefix": self.prefix,
            "locale": index.locale,
            "generation": index.generation,
            "stamp": index.stamp,
        }
        return known | ({"builder": index.builder, "seen": time.time()} if index.builder else {})

    def drop(self, names: Iterable[str]) -> None:
        """Removes indices, in one step."""
        if chosen := ",".join(names):
            path = f"/{chosen}?ignore_unavailable=true"
            self.client.send("DELETE", path, seconds=SECONDS)

    def require_live(self, seconds: float = SECONDS) -> dict[str, Index]:
        """As :meth:`live`; raises EngineError where that is None."""
        live = self.live(seconds)
        if live is None:
            raise EngineError("Elasticsearch has no whole index. Run: manage.py rebuild_search")
        return live
