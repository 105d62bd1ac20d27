"""The indices of one portal: their names, their aliases, and who is building them.

`{prefix}-{locale}` is the alias that is searched and written, `{prefix}-{locale}-{generation}` the
index behind it. The indices are their own records: ``_meta`` says what one was made with, by which
process, and whether it is whole. So nothing has to be kept elsewhere, or in step.
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

__all__ = ["Index", "Indices", "new_generation"]

_LEASE = 300.0
"""Seconds after which a builder that gave no sign is taken for dead, where nothing is known of its
process."""


def new_generation() -> str:
    """A name for one build of all indices."""
    return f"{time.strftime('%Y%m%d%H%M%S', time.gmtime())}-{secrets.token_hex(4)}"


@dataclass(frozen=True, slots=True)
class Index:
    """One index as the servers describe it. One that they made by themselves has no locale."""

    name: str
    locale: str
    generation: str
    stamp: str
    aliases: frozenset[str] = frozenset()
    is_whole: bool = False
    """Whether all is in it that was there when it was built."""
    builder: str = ""
    """Who is at work on it; empty when it has taken over."""
    seen: float = 0.0
    """When the builder gave its last sign, in seconds since 1970."""
    is_foreign: bool = False
    """Whether it is of others, and only stands behind an alias of this portal."""

    @property
    def is_being_built(self) -> bool:
        """Whether a process that may be alive is at work on it; said of one that isn't live."""
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

    def describe(self, seconds: float | None = None) -> list[Index]:
        """Every index of this portal, whole or not, and all that stands behind its aliases; not
        the indices of a portal whose prefix begins with this one's."""
        answer = self.client.send(
            "GET",
            f"/{self.prefix}-*?features=aliases,mappings&expand_wildcards=all"
            "&filter_path=*.aliases,*.mappings._meta",
            seconds=seconds,
        )
        try:
            found = [self._read(name, state) for name, state in answer.items()]
        except (AttributeError, TypeError, ValueError) as error:
            raise EngineError(
                f"Elasticsearch's answer has an unknown shape ({error!r})."
            ) from error
        return [index for index in found if index is not None]

    def _read(self, name: str, state: Mapping[str, Any]) -> Index | None:
        aliases = frozenset(state.get("aliases", ()))
        meta = state.get("mappings", {}).get("_meta", {})
        if meta.get("prefix") == self.prefix:
            # Whatever is missing was made by other code: it is not whole, and so built anew.
            return Index(
                name,
                str(meta.get("locale", "")),
                str(meta.get("generation", "")),
                str(meta.get("stamp", "")),
                aliases,
                is_whole=meta.get("whole") is True,
                builder=str(meta.get("builder", "")),
                seen=float(meta.get("seen", 0)),
            )
        if not meta and self._stray.fullmatch(name):
            return Index(name, "", "", "", aliases)
        ours = aliases.intersection(map(self.alias, self.locales))
        return Index(name, "", "", "", ours, is_foreign=True) if ours else None

    @property
    def _stray(self) -> re.Pattern[str]:
        """Names of indices that the servers make by themselves, out of a removal that comes when
        ours is just gone, unless they are forbidden to (`action.auto_create_index`)."""
        aliases = "|".join(re.escape(self.alias(locale)) for locale in self.locales)
        return re.compile(rf"(?:{aliases})(?:-\d{{14}}-[0-9a-f]{{8}}(?:-building)?)?")

    def live(self, seconds: float | None = None) -> dict[str, Index] | None:
        """The index of each locale that is searched; None unless every locale has just one, whole
        and of one stamp."""
        found: dict[str, Index] = {}
        for index in self.describe(seconds):
            if index.is_foreign:
                return None
            if self.is_live(index):
                if index.locale in found or not index.is_whole:
                    return None
                found[index.locale] = index
        stamps = {index.stamp for index in found.values()}
        return found if found.keys() >= set(self.locales) and len(stamps) == 1 else None

    def is_live(self, index: Index) -> bool:
        """Whether it is searched."""
        return bool(index.locale) and self.alias(index.locale) in index.aliases

    def create(self, index: Index, settings: Mapping[str, Any] | None = None) -> None:
        """Makes the index, with its aliases and what is known of it."""
        body = {
            "settings": {"index": index_settings() | dict(settings or {})},
            "mappings": field_mappings(self._fields()) | {"_meta": self._meta(index)},
            "aliases": {alias: {} for alias in index.aliases},
        }
        self.client.send("PUT", f"/{index.name}", body)

    def note(self, index: Index) -> None:
        """Writes down what is known of the index; raises where it is gone."""
        body = {"_meta": self._meta(index)}
        self.client.send("PUT", f"/{index.name}/_mapping", body)

    def _meta(self, index: Index) -> dict[str, Any]:
        return {
            "prefix": self.prefix,
            "locale": index.locale,
            "generation": index.generation,
            "stamp": index.stamp,
            "whole": index.is_whole,
            "builder": index.builder,
            "seen": time.time(),
        }

    def drop(self, names: Iterable[str]) -> None:
        """Removes indices, in one step."""
        if chosen := ",".join(names):
            path = f"/{chosen}?ignore_unavailable=true"
            self.client.send("DELETE", path)

    def require_live(self, seconds: float | None = None) -> dict[str, Index]:
        """As :meth:`live`; raises EngineError where that is None."""
        live = self.live(seconds)
        if live is None:
            raise EngineError("Elasticsearch has no whole index. Run: manage.py rebuild_search")
        return live
