"""Bytes that are to be a picture: which form they have, and how large it is."""

from __future__ import annotations

import io
import struct
from pathlib import PurePosixPath

from PIL import Image, UnidentifiedImageError

from cms.pages.kinds import IntakeError

__all__ = ["picture_size"]

_PICTURES = {
    "JPEG": ("jpg", "jpeg"),
    "PNG": ("png",),
    "GIF": ("gif",),
    "WEBP": ("webp",),
    "AVIF": ("avif",),
}
_BAD_PICTURE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
)
"""What Pillow's readers raise for damaged bytes."""


def picture_size(data: bytes, name: str) -> tuple[int, int]:
    """Width and height in pixels; raises IntakeError for bytes that are no picture."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            size, form = picture.size, str(picture.format)
            picture.verify()
    except _BAD_PICTURE as error:
        raise IntakeError("the bytes are no picture that can be read", "data") from error
    if form not in _PICTURES:
        raise IntakeError(f"a picture is one of {', '.join(_PICTURES)}, not {form}", "data")
    if PurePosixPath(name).suffix.lower().lstrip(".") not in _PICTURES[form]:
        raise IntakeError(f"the name of a {form} ends in .{_PICTURES[form][0]}", "filename")
    return size
