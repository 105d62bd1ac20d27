"""A new generation of indices beside the one that is searched, and the step over to it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any, override

from cms.changes.holders import new_holder
from search.contract import EngineError, Entry
from search.elastic.client import Refused
from search.elastic.indices import Index, Indices, new_generation
from search.elastic.writer import IndexWriter

__all__ = ["IndexRebuild", "rebuilding"]

_SIGN_SECONDS = 30.0
"""Between two signs that the builder is alive."""

_REPLICA_SECONDS = 60.0
"""How long the old index goes on being searched at most, while the new one is copied."""


class IndexRebuild(IndexWriter):
    """Fills the new indices. They have aliases of their own meanwhile: where the indices are gone,
    a write fails, instead of making one without a mapping."""

    def __init__(self, indices: Indices, stamp: str, replicas: int) -> None:
        super().__init__(indices.client, {}, self._add_index)
        self._indices = indices
        self._stamp = stamp
        self._replicas = replicas
        self._builder = new_holder()
        self._generation = new_generation()
        self._own: list[Index] = []
        self._signed_at = 0.0
        self.may_have_taken_over = False

    def begin(self) -> None:
        """Takes away what killed builders left and makes the indices.

        Raises EngineError while another process is building. Of two that begin at the same moment
        both may give up, but never do both go on: each looks again after its own can be seen.
        """
        left = self._refuse_others()
        self._indices.drop(
            index.name for index in left if not (index.is_foreign or self._indices.is_live(index))
        )
        self._signed_at = time.monotonic()
        for locale in self._indices.locales:
            self._aliases[locale] = self._add_index(locale)
        self._refuse_others()

    @override
    def write(self, entries: Iterable[Entry], version: int) -> int:
        self._sign()
        return super().write(entries, version)

    @override
    def remove(self, ids: Iterable[int], version: int) -> None:
        self._sign()
        super().remove(ids, version)

    def take_over(self) -> None:
        """See :class:`search.contract.Rebuild`: one request moves all aliases."""
        names = ",".join(index.name for index in self._own)
        settings = {"refresh_interval": None, "number_of_replicas": self._replicas}
        self._send_to(names, "PUT", "_settings", {"index": settings})
        self._send_to(names, "POST", "_refresh")
        if self._replicas:
            self._wait_for_replicas(names)
        for index in self._own:
            self._indices.note(replace(index, is_whole=True))
        actions: list[dict[str, Any]] = []
        for index in self._own:
            alias = self._indices.alias(index.locale)
            actions.append({"add": {"index": index.name, "alias": alias}})
            actions.append({"remove": {"index": index.name, "alias": _building(index.name)}})
        others = self._others()
        for index in others:
            if index.aliases:
                aliases = sorted(index.aliases)
                actions.append({"remove": {"index": index.name, "aliases": aliases}})
            elif not index.locale:
                actions.append({"remove_index": {"index": index.name}})  # may have an alias's name
        self._swap(actions)
        # What is left undone here, the next builder does.
        with suppress(EngineError):
            # Only now: a search that has begun is still at work in the old ones.
            self._indices.drop(index.name for index in others if index.locale)
            for index in self._own:
                self._indices.note(replace(index, is_whole=True, builder=""))

    def give_up(self) -> None:
        """Takes the new indices away, or leaves it to the next builder."""
        with suppress(EngineError):
            self._indices.drop(index.name for index in self._own)

    def _swap(self, actions: list[dict[str, Any]]) -> None:
        """The one request. Where its answer is lost, what came of it is looked up: indices that
        are searched by now, or may be in a moment, must not be taken away."""
        self.may_have_taken_over = True
        target = "/_aliases?master_timeout=10s&timeout=10s"  # dropped by then, not done later
        try:
            self._indices.client.send("POST", target, {"actions": actions})
        except EngineError as error:
            live = self._indices.live() or {}
            if {index.name for index in live.values()} != {index.name for index in self._own}:
                self.may_have_taken_over = not isinstance(error, Refused)
                raise

    def _add_index(self, locale: str) -> str:
        name = f"{self._indices.alias(locale)}-{self._generation}"
        alias = _building(name)
        index = Index(
            name,
            locale,
            self._generation,
            self._stamp,
            aliases=frozenset({alias}),
            builder=self._builder,
        )
        self._own.append(index)
        self._indices.create(index)
        return alias

    def _others(self) -> list[Index]:
        own = {index.name for index in self._own}
        return [index for index in self._indices.describe() if index.name not in own]

    def _refuse_others(self) -> list[Index]:
        others = self._others()
        for index in others:
            if index.is_being_built and not self._indices.is_live(index):
                raise EngineError(f"Another process is building {index.name}.")
        return others

    def _sign(self) -> None:
        """Tells others now and then that this builder is alive; raises where its indices are
        gone."""
        if time.monotonic() - self._signed_at > _SIGN_SECONDS:
            for index in self._own:
                self._indices.note(index)
            self._signed_at = time.monotonic()

    def _wait_for_replicas(self, names: str) -> None:
        """Waits until the copies that the servers have room for are made."""
        target = (
            f"/_cluster/health/{names}?wait_for_no_initializing_shards=true"
            f"&timeout={_REPLICA_SECONDS:.0f}s"
        )
        try:
            self._indices.client.send("GET", target, seconds=_REPLICA_SECONDS + 5)
        except Refused as error:
            if error.status != 408:  # still at it: the old index has waited long enough
                raise

    def _send_to(
        self, names: str, method: str, call: str, body: dict[str, Any] | None = None
    ) -> None:
        self._indices.client.send(method, f"/{names}/{call}", body)


def _building(name: str) -> str:
    """The alias that an index is filled through."""
    return f"{name}-building"


@contextmanager
def rebuilding(indices: Indices, stamp: str, replicas: int) -> Iterator[IndexRebuild]:
    """New indices for as long as the context lasts, or for good once they have taken over."""
    rebuild = IndexRebuild(indices, stamp, replicas)
    try:
        rebuild.begin()
        yield rebuild
    finally:
        if not rebuild.may_have_taken_over:
            rebuild.give_up()
