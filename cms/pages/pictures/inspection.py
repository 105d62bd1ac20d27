"""Looking at a file before anything else does: is it a picture, and one that does no harm?

The header is read first, and what it claims is refused before a pixel is decoded; only then is the
picture decoded, as small as its form allows. So a hostile file costs little memory and little time.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from django.conf import settings
from PIL import Image

from cms.pages.pictures.gif import count_frames
from cms.pages.pictures.pixels import dominant_color, is_transparent, orientation
from cms.pages.pictures.refusal import PictureRefusedError
from cms.pages.pictures.vector import read_drawing

__all__ = ["MEDIA_TYPES", "RASTER_FORMS", "Picture", "open_raster", "read_picture"]

RASTER_FORMS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
"""The only decoders that uploads reach, by Pillow's names."""

_EXTENSIONS: dict[str, tuple[str, ...]] = {
    "JPEG": ("jpg", "jpeg"),
    "PNG": ("png",),
    "GIF": ("gif",),
    "WEBP": ("webp",),
    "AVIF": ("avif",),
    "SVG": ("svg",),
}
MEDIA_TYPES: dict[str, str] = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
    "SVG": "image/svg+xml",
}

MAX_FRAMES = 300
MAX_SCANS = 100
"""Passes of a progressive JPEG; an ordinary one has about ten, each costs time over all pixels."""

_TURNED = (5, 6, 7, 8)
"""EXIF orientations that swap width and height."""

_BAD = (
    OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError, IndexError, OverflowError,
    struct.error, MemoryError, RuntimeError,
)  # fmt: skip
"""What Pillow's readers raise for damaged bytes (UnidentifiedImageError is an OSError)."""

_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of a picture; ``width`` and ``height`` are as it is shown, turned upright."""

    form: str
    width: int
    height: int
    frames: int = 1
    transparent: bool = False
    color: str = ""
    """``#a1b2c3``: the colour that most of it has; empty for a transparent one."""

    @property
    def media_type(self) -> str:
        """``image/jpeg``."""
        return MEDIA_TYPES[self.form]


def read_picture(file: BinaryIO, name: str) -> Picture:
    """What the file holds; the file is left at its beginning.

    ``name`` must have the extension of what the bytes are. Raises PictureRefusedError.
    """
    try:
        return _read(file, name)
    finally:
        file.seek(0)


def _read(file: BinaryIO, name: str) -> Picture:
    size = file.seek(0, 2)
    if size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise PictureRefusedError.too_heavy(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
    file.seek(0)
    if file.read(200).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        file.seek(0)
        width, height = read_drawing(file).size
        picture = Picture("SVG", width, height, transparent=True)
    else:
        picture = _read_raster(file)
    extensions = _EXTENSIONS[picture.form]
    if PurePosixPath(name).suffix.lower().lstrip(".") not in extensions:
        raise PictureRefusedError.wrong_name(picture.form, extensions[0])
    return picture


@contextmanager
def open_raster(file: BinaryIO) -> Iterator[Image.Image]:
    """The picture, its header read; raises PictureRefusedError, also for what fails inside."""
    file.seek(0)
    try:
        with Image.open(file, formats=RASTER_FORMS) as picture:
            yield picture
    except PictureRefusedError:
        raise
    except _BOMB as error:
        limit: int = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
        raise PictureRefusedError.too_large(limit) from error
    except _BAD as error:
        raise PictureRefusedError.unreadable() from error


def _read_raster(file: BinaryIO) -> Picture:
    with open_raster(file) as picture:
        form = "JPEG" if picture.format == "MPO" else str(picture.format)
        width, height = picture.size
        frames = _count_frames(file, picture, form)
        _check_size(width, height, frames)
        turned = orientation(picture) in _TURNED
    if form == "JPEG" and _count_scans(file) > MAX_SCANS:
        raise PictureRefusedError.unreadable()
    if form == "PNG":
        with open_raster(file) as picture:
            picture.verify()  # checksums, which find a cut-off file without decoding it
    with open_raster(file) as picture:
        picture.draft(None, (max(1, width // 8), max(1, height // 8)))  # a JPEG is decoded small
        picture.load()
        transparent = is_transparent(picture)
        color = "" if transparent else dominant_color(picture)
    return Picture(
        form=form,
        width=height if turned else width,
        height=width if turned else height,
        frames=frames,
        transparent=transparent,
        color=color,
    )


def _count_frames(file: BinaryIO, picture: Image.Image, form: str) -> int:
    """How many pictures the file claims to hold, as far as it matters."""
    if form == "JPEG":
        return 1  # MPO: what a camera adds to a photo is not shown
    if form == "GIF":
        return count_frames(file, MAX_FRAMES)
    return int(getattr(picture, "n_frames", 1))


def _check_size(width: int, height: int, frames: int) -> None:
    if frames > MAX_FRAMES:
        raise PictureRefusedError.too_many_frames(MAX_FRAMES)
    limit: int = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    if width * height * frames > limit:
        raise PictureRefusedError.too_large(limit)
    if width < 1 or height < 1:
        raise PictureRefusedError.unreadable()


def _count_scans(file: BinaryIO) -> int:
    """Start-of-scan markers of a JPEG; its entropy-coded data can't contain one by chance."""
    file.seek(0)
    return file.read().count(b"\xff\xda")
