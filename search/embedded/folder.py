"""The folder of an index: its generations, which of them is searched, and who may write.

    node            who this is, for the cursor in the change feed
    current         the name of the generation that is searched
    <generation>/   one index: made by a rebuild, then kept up to date
    writing.lock    held while the current generation is written, or exchanged for another
    rebuild.lock    held while a generation is made

Locks are the kernel's: they end with the process that holds them, however it ends.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from search.contract import EngineError

__all__ = ["IndexFolder"]

_PREFIX = "generation-"
_NAME = re.compile(rf"{_PREFIX}[0-9a-f]+-[0-9a-f]+")
_POLL_SECONDS = 0.02


class IndexFolder:
    """One node's folder. Every method raises OSError where the folder can't be read or written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pointer = path / "current"

    def node(self) -> str:
        """This node's identity, made at the first call: the same for all its processes."""
        file = self.path / "node"
        if not file.exists():
            self._make()
            own = self._write(f"node-{secrets.token_hex(4)}", secrets.token_hex(6))
            with suppress(FileExistsError):  # another process was first: its name holds
                os.link(own, file)
            own.unlink()
        return file.read_text().strip()

    def current(self) -> Path | None:
        """The generation that is searched; None where none has been built. Raises ValueError where
        that can't be read any more."""
        try:
            name = self.pointer.read_text()
        except FileNotFoundError:
            return None
        if not _NAME.fullmatch(name):
            raise ValueError(f"{self.pointer} names no generation")
        return self.path / name

    def create(self) -> Path:
        """A new generation's folder, not searched yet. Called under :meth:`rebuild_lock`."""
        path = self.path / f"{_PREFIX}{time.time_ns():x}-{secrets.token_hex(4)}"
        path.mkdir()
        return path

    def point_to(self, generation: Path) -> None:
        """Has a generation searched, in one step. Called under :meth:`writing_lock`."""
        self._write(f"current-{secrets.token_hex(4)}", generation.name).replace(self.pointer)
        self._sync()

    def sweep(self) -> None:
        """Removes every generation but the current one: the old ones, and what killed rebuilds
        left. Called under :meth:`rebuild_lock`. Who still reads one keeps it until it lets go."""
        try:
            current = self.current()
        except ValueError:
            current = None  # nobody can search it
        for path in self.path.glob(f"{_PREFIX}*"):
            if path != current:
                shutil.rmtree(path, ignore_errors=True)
        for path in (*self.path.glob("current-*"), *self.path.glob("node-*")):
            path.unlink(missing_ok=True)

    @contextmanager
    def writing_lock(self, patience: float) -> Iterator[None]:
        """Only one writes, over all processes and threads; EngineError after ``patience``
        seconds."""
        with self._lock("writing.lock", patience, "another process is writing"):
            yield

    @contextmanager
    def rebuild_lock(self) -> Iterator[None]:
        """Only one rebuilds; EngineError at once while another does."""
        self._make()
        with self._lock("rebuild.lock", 0, "another process is rebuilding"):
            yield

    @contextmanager
    def _lock(self, name: str, patience: float, trouble: str) -> Iterator[None]:
        deadline = time.monotonic() + patience
        with (self.path / name).open("w") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= deadline:
                        raise EngineError(f"The embedded index is busy: {trouble}.") from None
                    time.sleep(_POLL_SECONDS)
            yield

    def _make(self) -> None:
        self.path.mkdir(parents=True, exist_ok=True)

    def _write(self, name: str, text: str) -> Path:
        """A file that is on the disk before anything points to it."""
        path = self.path / name
        with path.open("w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        return path

    def _sync(self) -> None:
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
