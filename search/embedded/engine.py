"""The embedded engine behind the contract."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import override

from search.contract import EngineError, Found, Request
from search.embedded.errors import engine_errors
from search.embedded.facets import count_facets
from search.embedded.folder import IndexFolder
from search.embedded.matching import Matching
from search.embedded.ranking import Ranking
from search.embedded.reading import Generation, Reader, create_generation, open_generation
from search.embedded.schema import field_types
from search.embedded.words import frequencies
from search.embedded.writing import GenerationWriter
from search.mapping import FieldSpec, entry_fields

__all__ = ["EmbeddedEngine", "EmbeddedRebuild"]


class EmbeddedEngine:
    """An index in ``path``, a folder of this node alone. Any number of processes and threads search
    it; one at a time writes, and another that wants to waits ``patience`` seconds at most."""

    name = "embedded"

    def __init__(
        self,
        path: Path,
        *,
        fields: Callable[[], Iterable[FieldSpec]] = entry_fields,
        patience: float = 30.0,
    ) -> None:
        self._folder = IndexFolder(path)
        self._reader = Reader(self._folder)
        self._fields = fields
        self._patience = patience

    @cached_property
    def follower_name(self) -> str:
        """Every node follows the feed for itself; raises EngineError."""
        with engine_errors("naming the node"):
            return f"search-embedded-{self._folder.node()}"

    def search(self, request: Request) -> Found:
        """Answers one request with one look at the index; raises EngineError."""
        with engine_errors("searching"):
            translator = self._current().translator()
            matching = Matching(translator, request)
            hits, total = Ranking(translator, matching.query(), request).hits()
            return Found(hits, total, count_facets(translator, matching, request))

    def frequency(self, field: str, terms: Iterable[str]) -> Mapping[str, int]:
        """In how many entries each of the terms is; raises EngineError."""
        with engine_errors("counting words"):
            return frequencies(self._current().translator(), field, terms)

    def stamp(self) -> str | None:
        """The stamp of the current generation; None where there is none. Raises EngineError."""
        with engine_errors("opening"):
            generation = self._reader.current()
            return generation.stamp if generation else None

    def _current(self) -> Generation:
        if generation := self._reader.current():
            return generation
        raise EngineError("The embedded index has not been built yet.")

    @contextmanager
    def writing(self) -> Iterator[GenerationWriter]:
        """The writer of the current generation; raises EngineError where there is none, and while
        another process goes on writing."""
        with ExitStack() as stack:
            with engine_errors("opening for writing"):
                stack.enter_context(self._folder.writing_lock(self._patience))
                path = self._folder.current()
                if path is None:
                    raise EngineError("The embedded index has not been built yet.")
                # A handle of its own: what fails in it does not touch the searches.
                writer = GenerationWriter(open_generation(path))
            with _closed_at_the_end(writer):
                yield writer

    @contextmanager
    def rebuilding(self, stamp: str) -> Iterator[EmbeddedRebuild]:
        """A new generation; raises EngineError while another process makes one."""
        with ExitStack() as stack:
            with engine_errors("starting a rebuild"):
                stack.enter_context(self._folder.rebuild_lock())
                self._folder.sweep()
                path = self._folder.create()
                stack.callback(self._drop, path)
                fields = field_types(self._fields())
                rebuild = EmbeddedRebuild(
                    create_generation(path, fields, stamp), self._folder, self._patience
                )
            with _closed_at_the_end(rebuild):
                yield rebuild

    def _drop(self, path: Path) -> None:
        """Removes a generation that did not become the current one."""
        with suppress(OSError, ValueError):
            if path == self._folder.current():
                return
        shutil.rmtree(path, ignore_errors=True)


class EmbeddedRebuild(GenerationWriter):
    """The writer of a new generation."""

    def __init__(self, generation: Generation, folder: IndexFolder, patience: float) -> None:
        super().__init__(generation)
        self._folder = folder
        self._patience = patience
        self._is_closed = False

    def take_over(self) -> None:
        """Has the new generation searched in place of the old one, which goes. It waits for who
        is writing into the old one. Ends the writing: later calls raise EngineError."""
        self.commit()
        self.close()
        with engine_errors("taking over"):
            with self._folder.writing_lock(self._patience):
                self._folder.point_to(self._generation.path)
            self._folder.sweep()

    @override
    def close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            super().close()


@contextmanager
def _closed_at_the_end(writer: GenerationWriter) -> Iterator[None]:
    """Closes the writer; where something failed already, that is what is raised."""
    try:
        yield
    except BaseException:
        with suppress(EngineError):
            writer.close()
        raise
    writer.close()
