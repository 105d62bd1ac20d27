"""JSON Lines: reading them one by one, whatever they are, and writing them the same each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import orjson

from cms.pages.exposed import Json
from cms.pages.kinds import IntakeError

__all__ = ["MAX_DEPTH", "MAX_LINE", "Line", "dump_line", "parse_line", "read_line", "read_lines"]

MAX_LINE = 256 * 1024 * 1024
"""Bytes; a file for download, written into its line, is the longest there is."""

MAX_DEPTH = 100
"""Objects and lists in each other. The deepest body that the blocks allow has about thirty."""

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that isn't blank; ``number`` counts from 1, ``offset`` is in bytes.

    ``raw`` has no line end; it is None where the line is longer than :data:`MAX_LINE`.
    """

    number: int
    offset: int
    raw: bytes | None


def read_lines(file: BinaryIO) -> Iterator[Line]:
    """Yields the lines that aren't blank; holds one of them at a time."""
    number = 0
    offset = file.tell()
    while chunk := file.readline(MAX_LINE):
        number += 1
        begin, offset = offset, offset + len(chunk)
        raw: bytes | None = chunk
        while not chunk.endswith(b"\n") and (chunk := file.readline(MAX_LINE)):
            raw = None
            offset += len(chunk)
        if raw is not None:
            raw = (raw.removeprefix(_BOM) if begin == 0 else raw).strip()
        if raw != b"":
            yield Line(number, begin, raw)


def read_line(file: BinaryIO, offset: int, number: int) -> Line:
    """The line at an offset that :func:`read_lines` gave; the file's position is lost."""
    file.seek(offset)
    raw = file.readline(MAX_LINE)
    return Line(number, offset, (raw.removeprefix(_BOM) if offset == 0 else raw).strip())


def parse_line(raw: bytes | None) -> dict[str, Json]:
    """The line's object; raises IntakeError saying what is wrong with it.

    Half a surrogate pair and text that isn't UTF-8 are no JSON here; a NUL is JSON, but no
    database holds it.
    """
    if raw is None:
        raise IntakeError(f"the line is longer than {MAX_LINE} bytes")
    try:
        record = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise IntakeError(f"not JSON: {error}") from error
    if not isinstance(record, dict):
        raise IntakeError("an object is expected")
    _check(record, nul=b"\\u0000" in raw)
    return record


def dump_line(record: Mapping[str, Json]) -> bytes:
    """Compact UTF-8 JSON in the order of the keys, with its line end."""
    return orjson.dumps(record) + b"\n"


def _check(record: dict[str, Json], *, nul: bool) -> None:
    """Refuses what is too deep, and a NUL anywhere (looked for only where one is written)."""
    level: list[tuple[str, Json]] = [("", record)]
    for _ in range(MAX_DEPTH):
        below: list[tuple[str, Json]] = []
        for place, value in level:
            if isinstance(value, dict):
                if nul and any("\x00" in key for key in value):
                    raise IntakeError("a key has a NUL character", place)
                below += [(f"{place}.{key}" if nul else "", item) for key, item in value.items()]
            elif isinstance(value, list):
                below += [(f"{place}[{i}]" if nul else "", item) for i, item in enumerate(value)]
            elif nul and isinstance(value, str) and "\x00" in value:
                raise IntakeError("the text has a NUL character", place.lstrip("."))
        if not below:
            return
        level = below
    raise IntakeError(f"nested deeper than {MAX_DEPTH} levels")
