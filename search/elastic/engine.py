"""The engine itself: searches, and who writes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import cached_property
from typing import Any

from search.contract import EngineError, Found, Request
from search.elastic.answers import FILTER_PATH, read_answer
from search.elastic.client import Client, Refused
from search.elastic.indices import Indices
from search.elastic.mapping import RESULT_WINDOW
from search.elastic.rebuild import IndexRebuild, rebuilding
from search.elastic.translate import Translator
from search.elastic.writer import IndexWriter
from search.mapping import FieldSpec, entry_fields

__all__ = ["ElasticEngine"]

_PARAMETERS = f"allow_partial_search_results=false&filter_path={FILTER_PATH}"
_KEEP = "2m"
"""How long a point in time is kept after the last page that was asked for."""

_GONE = frozenset(
    {"index_not_found_exception", "no_shard_available_action_exception",
     "shard_not_found_exception", "illegal_index_shard_state_exception", "index_closed_exception"}
)  # fmt: skip
"""What the servers call it that there is no index where one is asked for."""


class ElasticEngine:
    """Elasticsearch as :class:`search.contract.Engine`. Safe for threads, not for a fork."""

    name = "elasticsearch"
    follower_name = "elasticsearch"

    def __init__(
        self,
        client: Client,
        *,
        prefix: str,
        locales: Sequence[str],
        replicas: int = 1,
        seconds: float = 0.25,
        fields: Callable[[], Iterable[FieldSpec]] = entry_fields,
    ) -> None:
        """``locales`` always have an index, others get one with their first entry; ``seconds`` is
        what a search may take in all."""
        self._client = client
        self._indices = Indices(client, prefix, locales, fields)
        self._replicas = replicas
        self._seconds = seconds
        self._fields = fields

    def search(self, request: Request) -> Found:
        """See :class:`search.contract.Engine`. One request to a server; where the second page of
        a search begins, one more, for the point in time that the pages after it are of.

        Raises ValueError for more hits without ``after`` than Elasticsearch numbers.
        """
        if request.after is None and request.skip + request.limit > RESULT_WINDOW:
            raise ValueError(f"Only the first {RESULT_WINDOW} hits can be given without `after`.")
        ends = time.monotonic() + self._seconds
        try:
            return read_answer(self._ask(request, ends), request)
        except Refused as error:
            if error.kind not in _GONE:
                raise
        # Of a locale that never had an entry; or of an index that another has just taken the place
        # of, while it was being searched; or all is lost.
        live = self._indices.require_live(ends - time.monotonic())
        locales = tuple(locale for locale in request.locales if locale in live)
        if not locales:
            return Found((), 0, {facet.name: () for facet in request.facets})
        request = replace(request, locales=locales)
        return read_answer(self._ask(request, ends), request)

    def stamp(self) -> str | None:
        """See :class:`search.contract.Engine`."""
        live = self._indices.live()
        return next(iter(live.values())).stamp if live else None

    @contextmanager
    def writing(self) -> Iterator[IndexWriter]:
        """See :class:`search.contract.Engine`."""
        live = self._indices.require_live()
        aliases = {locale: self._indices.alias(locale) for locale in live}

        def add_locale(locale: str) -> str:
            model = next(iter(live.values()))
            alias = self._indices.alias(locale)
            index = replace(
                model,
                name=f"{alias}-{model.generation}",
                locale=locale,
                aliases=frozenset({alias}),
            )
            settings = {"refresh_interval": None, "number_of_replicas": self._replicas}
            self._indices.create(index, settings)
            return alias

        yield IndexWriter(self._client, aliases, add_locale)

    def rebuilding(self, stamp: str) -> AbstractContextManager[IndexRebuild]:
        """See :class:`search.contract.Engine`."""
        return rebuilding(self._indices, stamp, self._replicas)

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    @cached_property
    def _translator(self) -> Translator:
        return Translator(self._fields())

    def _ask(self, request: Request, ends: float) -> dict[str, Any]:
        """What the servers answer, as of a point in time where the search goes on."""
        if not request.locales:
            raise Refused(404, "index_not_found_exception")
        try:
            body = self._translator.body(request)
        except RecursionError as error:
            raise EngineError("The conditions are nested too deeply.") from error
        if request.after is not None:
            try:
                return self._ask_again(request, body, ends)
            except Refused:
                pass  # the point in time is over, or can't be had: as things stand now, then
        return self._post(f"{self._target(request)}/_search?{_PARAMETERS}", body, ends)

    def _ask_again(self, request: Request, body: dict[str, Any], ends: float) -> dict[str, Any]:
        """The same for the point in time that the request names, or for a new one."""
        snapshot = request.snapshot
        if snapshot is None:
            opened = self._post(f"{self._target(request)}/_pit?keep_alive={_KEEP}", None, ends)
            snapshot = opened.get("id")
        pinned = body | {"pit": {"id": snapshot, "keep_alive": _KEEP}}
        return self._post(f"/_search?{_PARAMETERS}", pinned, ends)

    def _post(self, target: str, body: dict[str, Any] | None, ends: float) -> dict[str, Any]:
        return self._client.send("POST", target, body, seconds=ends - time.monotonic())

    def _target(self, request: Request) -> str:
        return "/" + ",".join([self._indices.alias(locale) for locale in request.locales])
