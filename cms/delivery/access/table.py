"""A table of numbers by key, of fixed size, that the processes of one machine share.

It is a file that each of them maps into its memory, as nginx keeps the state of its own limits. A
key has eight places where it may stand; where all are taken, the smallest number makes room.
"""

from __future__ import annotations

import fcntl
import hashlib
import mmap
import os
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

__all__ = ["Table"]

_WAYS = 8
_CELL = struct.Struct("<Qd")  # a key's digest, its number
_SET = struct.Struct("<" + "Qd" * _WAYS)
_TRIES, _PAUSE = 20, 0.0002
"""How often, and after how many seconds, a place that another process holds is asked for."""

logger = structlog.get_logger(__name__)


class Table:
    """``sets`` times eight numbers of 16 bytes; without a ``file``, of this process alone.

    So it is where the file can't be had: counting alone is better than not counting, and than not
    answering.
    """

    def __init__(self, file: Path | None = None, sets: int = 8_192) -> None:
        self._sets = sets
        self._lock = threading.Lock()
        self._file = _open(file, sets * _SET.size) if file is not None else None
        self._memory = mmap.mmap(-1 if self._file is None else self._file, sets * _SET.size)

    def __len__(self) -> int:
        """How many keys have a place."""
        cells = _CELL.iter_unpack(self._memory[:])
        return sum(digest != 0 for digest, _number in cells)

    @contextmanager
    def cell(self, key: str) -> Iterator[Cell]:
        """The key's place, for one thread of one process at a time."""
        digest = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest()) or 1
        number = digest % self._sets
        with self._lock, self._held(number):
            yield Cell(self._memory, number * _SET.size, digest)

    def clear(self) -> None:
        """Forgets every key."""
        with self._lock:
            self._memory[:] = bytes(len(self._memory))

    @contextmanager
    def _held(self, number: int) -> Iterator[None]:
        """Keeps other processes away for some microseconds.

        One that was halted meanwhile is not waited for: a hit that isn't counted harms less. One
        that was killed holds nothing.
        """
        if self._file is None or not _take(self._file, number):
            yield
            return
        try:
            yield
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, number)


class Cell:
    """The place of one key: ``value`` is 0 for a key that has none yet."""

    def __init__(self, memory: mmap.mmap, start: int, digest: int) -> None:
        self._memory = memory
        self._digest = digest
        found = _SET.unpack_from(memory, start)
        digests, values = found[::2], found[1::2]
        is_known = digest in digests
        way = digests.index(digest) if is_known else values.index(min(values))
        self._place = start + way * _CELL.size
        self.value: float = values[way] if is_known else 0.0

    def write(self, value: float) -> None:
        """Sets the number."""
        _CELL.pack_into(self._memory, self._place, self._digest, value)


def _open(file: Path, size: int) -> int | None:
    """A descriptor of the file, which is made and filled where it isn't there."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        missing = size - os.fstat(descriptor).st_size
        if missing > 0:  # written, so that a full disk is noticed now and not in the memory
            os.pwrite(descriptor, bytes(missing), size - missing)
    except OSError as error:
        logger.warning("limits_are_not_shared", file=str(file), error=str(error))
        return None
    return descriptor


def _take(descriptor: int, number: int) -> bool:
    for _ in range(_TRIES):
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, number)
        except BlockingIOError:
            time.sleep(_PAUSE)
        except OSError:  # a file system without locks
            return False
        else:
            return True
    return False
