"""How many pictures a GIF holds, without decoding any.

Pillow counts by walking to the end; a file of tiny pictures would keep it busy for many seconds.
"""

from __future__ import annotations

from typing import BinaryIO

__all__ = ["count_frames"]

_HEADER = 13  # signature and logical screen descriptor (GIF89a, 17 and 18)
_PICTURE, _EXTENSION, _END = b",", b"!", b";"


def count_frames(file: BinaryIO, limit: int) -> int:
    """The number of pictures; counting ends at ``limit`` + 1, at the trailer, or at odd bytes."""
    file.seek(0)
    header = file.read(_HEADER)
    if len(header) < _HEADER:
        return 0
    _skip_palette(file, header[10])
    frames = 0
    while frames <= limit:
        kind = file.read(1)
        if kind == _PICTURE:
            frames += 1
            descriptor = file.read(9)
            if len(descriptor) < 9:
                break
            _skip_palette(file, descriptor[8])
            file.read(1)  # code size
        elif kind == _EXTENSION:
            file.read(1)  # label
        else:
            break
        _skip_blocks(file)
    return frames


def _skip_palette(file: BinaryIO, flags: int) -> None:
    if flags & 0x80:
        file.seek(3 * 2 ** ((flags & 7) + 1), 1)


def _skip_blocks(file: BinaryIO) -> None:
    while length := file.read(1):
        if length == b"\x00":
            break
        file.seek(length[0], 1)
