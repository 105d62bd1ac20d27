"""Making a size of a picture: upright, in sRGB, without what else the file tells.

Wagtail's own way keeps EXIF (and with it where a photo was taken), and decodes a large photo whole
for a thumbnail. Its filters say what to cut out; decoding and encoding is done here.
"""

from __future__ import annotations

import math
from typing import Any, BinaryIO

from PIL import Image
from wagtail.images.exceptions import UnknownOutputImageFormatError
from wagtail.images.models import Filter
from willow.image import (
    AvifImageFile,
    GIFImageFile,
    ImageFile,
    JPEGImageFile,
    PNGImageFile,
    WebPImageFile,
)
from willow.plugins.pillow import PillowImage

from cms.pages.pictures.inspection import open_raster
from cms.pages.pictures.pixels import EVEN_MODES, in_eight_bits, orientation, to_srgb

__all__ = ["PictureFilter"]

_FILES: dict[str, type[ImageFile]] = {
    "jpeg": JPEGImageFile,
    "png": PNGImageFile,
    "webp": WebPImageFile,
    "avif": AvifImageFile,
    "gif": GIFImageFile,
}
_OPTIONS: dict[str, dict[str, Any]] = {
    "jpeg": {"quality": 80, "optimize": True, "progressive": True},
    "png": {"optimize": True},
    "webp": {"quality": 80, "method": 4},
    # At speed 9 an eighth of the default's time, for the same size within 3 %; one thread, since
    # the machine has readers to serve meanwhile.
    "avif": {"quality": 61, "speed": 9, "max_threads": 1},
    "gif": {},
}
_UPRIGHT: dict[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class PictureFilter(Filter):
    """A Wagtail filter whose run decodes safely and writes pixels alone."""

    def run(self, image: Any, output: BinaryIO, source: Any = None) -> ImageFile:
        """Writes the picture to ``output``; raises PictureRefusedError for one that is damaged."""
        if image.is_svg():
            return super().run(image, output, source)
        if source is not None:
            return self._render(image, source, output)
        with image.open_file() as file:
            return self._render(image, file, output)

    def _render(self, image: Any, file: BinaryIO, output: BinaryIO) -> ImageFile:
        with open_raster(file) as picture:
            form = str(picture.format).lower()
            resized = self._resize(image, picture)
        env: dict[str, Any] = {"original-format": form}
        for operation in self.filter_operations:
            changed = operation.run(PillowImage(resized), image, env)
            resized = changed.image if changed is not None else resized
        wanted = env.get("output-format") or {"mpo": "jpeg", "gif": "png"}.get(form, form)
        if wanted not in _FILES:
            raise UnknownOutputImageFormatError(f"Unknown output image format '{wanted}'")
        _write(resized, wanted, output)
        return _FILES[wanted](output)

    def _resize(self, image: Any, picture: Image.Image) -> Image.Image:
        """The part that the filter cuts out, in its size, upright and in sRGB."""
        turn = orientation(picture)
        width, height = picture.size if turn < 5 else picture.size[::-1]
        transform = self.get_transform(image, (width, height))
        part, size = transform.get_rect().round(), transform.size
        scale = max(1, math.floor(min(part.width / size[0], part.height / size[1])))
        picture.draft(None, (picture.width // scale, picture.height // scale))
        upright = picture.transpose(_UPRIGHT[turn]) if turn in _UPRIGHT else picture
        x, y = upright.width / width, upright.height / height
        box = (
            max(0.0, part.left * x),
            max(0.0, part.top * y),
            min(float(upright.width), part.right * x),
            min(float(upright.height), part.bottom * y),
        )
        profile = picture.info.get("icc_profile")
        if upright.mode not in EVEN_MODES:
            upright = in_eight_bits(upright)
        resized = upright.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)
        resized.info = {"icc_profile": profile} if profile else {}
        result = to_srgb(resized)
        result.info = {}  # nothing but pixels goes out
        return result


def _write(picture: Image.Image, form: str, output: BinaryIO) -> None:
    if form == "jpeg" and picture.mode == "RGBA":
        flat = Image.new("RGB", picture.size, (255, 255, 255))
        flat.paste(picture, mask=picture.getchannel("A"))
        picture = flat
    picture.save(output, form.upper(), **_OPTIONS[form])
