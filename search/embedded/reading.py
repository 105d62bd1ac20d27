"""The generation that is searched, kept open, and up to date with what other processes do."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from tantivy import Index, Searcher

from search.embedded.folder import IndexFolder
from search.embedded.schema import Fields, build_schema
from search.embedded.translate import Translator

__all__ = ["Generation", "Reader", "create_generation", "open_generation"]

_ABOUT = "about.json"
_COMMITTED = "meta.json"
"""What the library writes anew at each commit, as a new file in the old one's place."""

_ATTEMPTS = 5

type _Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Generation:
    """One index: what it holds, and the stamp that it was built with."""

    path: Path
    index: Index
    fields: Fields
    stamp: str

    def searcher(self) -> Searcher:
        """One look at the index: what is committed meanwhile is not in it."""
        return self.index.searcher()

    def translator(self) -> Translator:
        """Translates conditions for one look at the index."""
        return Translator(self.index.schema, self.searcher(), self.fields)


def create_generation(path: Path, fields: Fields, stamp: str) -> Generation:
    """Makes an empty index in an empty folder; raises OSError or ValueError."""
    (path / _ABOUT).write_text(json.dumps({"stamp": stamp, "fields": fields}))
    return Generation(path, Index(build_schema(fields), str(path)), fields, stamp)


def open_generation(path: Path) -> Generation:
    """Opens an index with the fields that it was made with; raises OSError or ValueError."""
    match json.loads((path / _ABOUT).read_text()):
        case {"stamp": str(stamp), "fields": dict(fields)}:
            index = Index.open(str(path))
        case _:
            raise ValueError(f"{_ABOUT} does not describe an index")
    # Looking at a file's mark before a search is cheaper and sooner than a thread that polls.
    index.config_reader("manual")
    return Generation(path, index, fields, stamp)


class Reader:
    """Hands out the current generation. Threads share it; each process has its own."""

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._open: tuple[_Mark, _Mark, Generation] | None = None

    def current(self) -> Generation | None:
        """The current generation with all that was committed to it; None where there is none.

        Costs two looks at files' marks while nothing has changed. Raises OSError or ValueError.
        """
        for _ in range(_ATTEMPTS - 1):
            try:
                return self._current()
            except (OSError, ValueError):
                # A rebuild may have put another generation in its place while it was opened.
                if self._open and self._open[0] == _mark(self._folder.pointer):
                    raise
        return self._current()

    def _current(self) -> Generation | None:
        try:
            pointed = _mark(self._folder.pointer)
        except FileNotFoundError:
            self._open = None
            return None
        opened = self._open
        if opened and opened[0] == pointed and opened[1] == _mark(opened[2].path / _COMMITTED):
            return opened[2]
        with self._lock:
            return self._catch_up(pointed)

    def _catch_up(self, pointed: _Mark) -> Generation | None:
        path = self._folder.current()
        if path is None:
            return None
        committed = _mark(path / _COMMITTED)
        if self._open and self._open[2].path == path:
            generation = self._open[2]
            if self._open[1] != committed:
                generation.index.reload()
        else:
            generation = open_generation(path)
        # The marks are those from before it was opened: a change in between is seen next time.
        self._open = (pointed, committed, generation)
        return generation


def _mark(path: Path) -> _Mark:
    """Changes whenever another file takes the place of this one."""
    found = os.stat(path)
    return found.st_ino, found.st_mtime_ns
