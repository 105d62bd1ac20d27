"""Colours and transparency of a decoded picture."""

from __future__ import annotations

import struct
from io import BytesIO

from PIL import Image, ImageCms

__all__ = [
    "EVEN_MODES",
    "dominant_color",
    "in_eight_bits",
    "is_transparent",
    "orientation",
    "to_srgb",
]

EVEN_MODES = ("L", "RGB", "RGBA", "CMYK")
"""Modes whose pixels can be mixed, as resizing does."""

_ORIENTATION = 0x0112  # EXIF tag
_SAMPLE = (64, 64)  # pixels that a picture is made of before its colours are counted
_COLORS = 6


def orientation(picture: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; 1 where there is none, or EXIF that can't be read."""
    try:
        value = picture.getexif().get(_ORIENTATION, 1)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, struct.error):
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def is_transparent(picture: Image.Image) -> bool:
    """Whether any pixel lets through what is behind it, however little."""
    if picture.mode not in ("RGBA", "LA", "PA"):
        if "transparency" not in picture.info:
            return False
        picture = picture.convert("RGBA")
    return picture.getchannel("A").getextrema() != (255, 255)


def in_eight_bits(picture: Image.Image) -> Image.Image:
    """The picture in RGB or RGBA, eight bits each; 16-bit greys are scaled, not cut off."""
    if picture.mode.startswith("I"):
        grey = picture.convert("I").point(lambda value: value * (1 / 256) + 0)
        return grey.convert("L").convert("RGB")
    if picture.mode == "F":
        return picture.convert("L").convert("RGB")
    clear = picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info
    wanted = "RGBA" if clear else "RGB"
    return picture if picture.mode == wanted else picture.convert(wanted)


def to_srgb(picture: Image.Image) -> Image.Image:
    """The picture in sRGB, by its colour profile where it has a sound one (CMYK as well)."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode=mode
            )
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = None  # a profile for other colours than these, or a broken one
        if converted is not None:
            return converted
    return in_eight_bits(picture)


def dominant_color(picture: Image.Image) -> str:
    """``#a1b2c3``: of a few colours that the picture is reduced to, the one with most pixels."""
    if picture.mode not in EVEN_MODES:
        picture = in_eight_bits(picture)
    sample = picture.resize(_SAMPLE, reducing_gap=2.0).convert("RGB")
    reduced = sample.quantize(_COLORS)
    palette = reduced.getpalette() or [0, 0, 0]
    counted = [(count, index) for count, index in reduced.getcolors() or [] if type(index) is int]
    _, index = max(counted)
    red, green, blue = palette[3 * index : 3 * index + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"
