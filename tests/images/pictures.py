"""Pictures made for tests, harmless and hostile ones."""

from __future__ import annotations

import io
import struct
import uuid
import zlib
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from cms.pages.models import PortalImage

__all__ = ["HOSTILE", "encode", "make_picture", "picture_file", "png_claiming"]


def encode(picture: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    """The picture's file."""
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def picture_file(picture: Image.Image, form: str = "PNG", **options: Any) -> ContentFile[bytes]:
    """The picture as an upload with a name of its own."""
    extension = {"JPEG": "jpg"}.get(form, form.lower())
    return ContentFile(encode(picture, form, **options), f"{uuid.uuid4().hex}.{extension}")


def make_picture(picture: Image.Image, form: str = "PNG", **options: Any) -> PortalImage:
    """A saved image."""
    image = PortalImage(title="Ảnh", file=picture_file(picture, form, **options))
    image.save()
    return image


# --- Hostile files --------------------------------------------------------------------------------


def _chunk(name: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checksum)


def png_claiming(width: int, height: int, data: bytes = b"\0" * 100) -> bytes:
    """A PNG whose header claims a size that its data doesn't have."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(data)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def bomb() -> bytes:
    """30,000 × 3,000 black pixels, 270 MB when decoded, in a file of some 260 KB."""
    return png_claiming(30_000, 3_000, b"\0" * (3_000 * (1 + 30_000 * 3)))


def gif_frames(count: int, width: int = 16, height: int = 16) -> bytes:
    """A GIF of that many pictures."""
    one = encode(Image.new("P", (width, height), 1), "GIF")
    start = 13 + 3 * 2 ** ((one[10] & 7) + 1) if one[10] & 0x80 else 13
    return one[:start] + one[start:-1] * count + b";"


def apng_frames(count: int) -> bytes:
    """A PNG that claims to be an animation of that many pictures."""
    still = encode(Image.new("RGB", (16, 16), "red"))
    control = _chunk(b"acTL", struct.pack(">II", count, 0))
    frame = _chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 16, 16, 0, 0, 1, 10, 0, 0))
    return still[:33] + control + frame + still[33:]


def webp_frames(count: int) -> bytes:
    """An animated WebP of that many pictures, put together from one picture's data."""
    frames = [Image.new("RGB", (16, 16), c) for c in ("red", "blue")]
    two = encode(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    start = two.index(b"ANMF")
    length = 8 + struct.unpack("<I", two[start + 4 : start + 8])[0]
    body = two[12:start] + two[start : start + length] * count
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def jpeg_claiming(width: int, height: int) -> bytes:
    """A JPEG whose header claims a size that its data doesn't have."""
    small = encode(Image.new("RGB", (16, 16), "red"), "JPEG")
    at = small.index(b"\xff\xc0") + 5
    return small[:at] + struct.pack(">HH", height, width) + small[at + 4 :]


def jpeg_scans(count: int) -> bytes:
    """A progressive JPEG whose last pass is repeated: each costs time over all pixels."""
    picture = Image.new("L", (2_000, 2_000), 90)
    file = encode(picture, "JPEG", progressive=True)
    last = file.rindex(b"\xff\xda")
    return file[:last] + file[last:-2] * count + b"\xff\xd9"


def webp_claiming(width: int, height: int) -> bytes:
    """A WebP whose header claims a canvas that its data doesn't have."""
    data = encode(
        Image.new("RGB", (16, 16), "red"),
        "WEBP",
        exif=b"II*\0\x08\0\0\0\0\0",
    )
    at = data.index(b"VP8X") + 12
    canvas = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    return data[:at] + canvas + data[at + 6 :]


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


_PHOTO = Image.effect_mandelbrot((600, 400), (-2, -1, 1, 1), 40).convert("RGB")
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
_LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
)

HOSTILE: dict[str, tuple[str, bytes]] = {
    "bomb": ("a.png", bomb()),
    "30,000 × 30,000 png": ("a.png", png_claiming(30_000, 30_000)),
    "2**31 - 1 png": ("a.png", png_claiming(2**31 - 1, 2**31 - 1)),
    "0 × 0 png": ("a.png", png_claiming(0, 0)),
    "claims more png": ("a.png", png_claiming(6_000, 6_000)),
    "30,000 × 30,000 jpeg": ("a.jpg", jpeg_claiming(30_000, 30_000)),
    "16,383 × 16,383 webp": ("a.webp", webp_claiming(16_383, 16_383)),
    "10,000 frames gif": ("a.gif", gif_frames(10_000)),
    "500,000 frames gif": ("a.gif", gif_frames(500_000, 1, 1)),
    "10,000 frames png": ("a.png", apng_frames(10_000)),
    "10,000 frames webp": ("a.webp", webp_frames(10_000)),
    "200 large frames gif": ("a.gif", gif_frames(200, 1_000, 1_000)),
    "5,000 scans jpeg": ("a.jpg", jpeg_scans(5_000)),
    **{
        f"truncated {form}": (f"a.{form.lower()}", _half(encode(_PHOTO, form)))
        for form in ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
    },
    "empty": ("a.png", b""),
    "text": ("a.jpg", b"no picture at all"),
    "program": ("a.png", b"\x7fELF" + b"\0" * 500),
    "bmp": ("a.bmp", encode(_PHOTO, "BMP")),
    "tiff": ("a.tiff", encode(_PHOTO, "TIFF")),
    "postscript": ("a.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n" * 9),
    "psd": ("a.png", b"8BPS\0\1" + b"\0" * 500),
    "wrong extension": ("a.jpg", encode(_PHOTO, "PNG")),
    "double extension": ("a.png.html", encode(_PHOTO, "PNG")),
    "no extension": ("png", encode(_PHOTO, "PNG")),
    "html": ("a.png", b"<html><script>alert(1)</script></html>"),
    "html as svg": ("a.svg", b"<html><script>alert(1)</script></html>"),
    "svg as png": ("a.png", _SVG.format("").encode()),
    "xxe": (
        "a.svg",
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + _SVG.format("<text>&x;</text>").encode(),
    ),
    "billion laughs": (
        "a.svg",
        f"<!DOCTYPE svg [{_LAUGHS}]>".encode() + _SVG.format("<text>&l9;</text>").encode(),
    ),
    "svg script": ("a.svg", _SVG.format("<script>alert(1)</script>").encode()),
    "svg handler": ("a.svg", _SVG.format('<rect onclick="alert(1)"/>').encode()),
    "svg foreign": ("a.svg", _SVG.format("<foreignObject><p/></foreignObject>").encode()),
    "svg deep": ("a.svg", _SVG.format("<g>" * 5_000 + "</g>" * 5_000).encode()),
    "svg wide": ("a.svg", _SVG.format("<g/>" * 100_000).encode()),
    "svg heavy": ("a.svg", _SVG.format(" " * 2_000_000).encode()),
    "svg letters": ("a.svg", _SVG.format(f'<g id="{"a" * 900_000}" style="url( x"/>').encode()),
    "svg huge": ("a.svg", _SVG.replace('"9"', '"1e9"').format("").encode()),
    "svg no size": ("a.svg", _SVG.replace('"9"', '"0"').format("").encode()),
    "svg broken": ("a.svg", b"<svg"),
    "svg encoding": ("a.svg", b"<?xml version='1.0' encoding='nonsense'?><svg/>"),
}  # fmt: skip
"""By what is wrong with it: a name and the bytes."""
