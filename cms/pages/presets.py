"""Presets: the named sizes of images, the only ones that exist for the outside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, TypedDict, cast

import orjson
from django.conf import settings
from django.urls import get_script_prefix

__all__ = [
    "Preset",
    "Rendition",
    "filter_spec",
    "picture_version",
    "preset_renditions",
    "preset_size",
    "preset_widths",
    "presets",
    "presets_digest",
    "rendition_address",
    "rendition_forms",
    "vector_address",
]

type Form = Literal["avif", "webp", "jpg", "png"]

MODERN_FORMS: tuple[Form, ...] = ("avif", "webp")
"""Offered in this order, the smallest file first, before the form that every program reads."""

_WAGTAIL_FORMS: dict[str, str] = {"avif": "avif", "webp": "webp", "jpg": "jpeg", "png": "png"}


class Preset(TypedDict):
    """A named size: the widths on offer, and the height for one unit of width (None: as is)."""

    widths: list[int]
    ratio: float | None


class Rendition(NamedTuple):
    """One file of an image: a preset's width in one form."""

    preset: str
    width: int
    form: str


def presets() -> dict[str, Preset]:
    """The sizes that a client may ask for: ``CMS_IMAGE_PRESETS``."""
    return cast("dict[str, Preset]", settings.CMS_IMAGE_PRESETS)


def presets_digest() -> str:
    """16 hexadecimal digits that change with the presets and their forms."""
    dumped = orjson.dumps([presets(), MODERN_FORMS], option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(dumped, digest_size=8).hexdigest()


def preset_size(preset: Preset, width: int, image_width: int, image_height: int) -> tuple[int, int]:
    """Pixels of a preset's image at one width; an image is never made larger than it is."""
    if preset["ratio"] is None:
        actual = min(width, image_width)
        return actual, max(1, round(image_height * actual / image_width))
    height = round(width * preset["ratio"])
    scale = min(1.0, image_width / width, image_height / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def preset_widths(image: Any, preset: Preset) -> list[int]:
    """The widths offered of an image: none above its own, but always the smallest."""
    return [w for w in preset["widths"] if w <= image.width] or [min(preset["widths"])]


def rendition_forms(image: Any) -> tuple[Form, ...]:
    """The forms offered of an image, the fallback last: PNG where it is transparent."""
    return (*MODERN_FORMS, "png" if image.transparent else "jpg")


def preset_renditions(image: Any) -> Iterator[Rendition]:
    """Every file of an image that a client may ask for; none of a drawing, which has any size."""
    if image.is_svg():
        return
    for name, preset in presets().items():
        for width in preset_widths(image, preset):
            for form in rendition_forms(image):
                yield Rendition(name, width, form)


def filter_spec(image: Any, rendition: Rendition) -> str | None:
    """Wagtail's filter for a file of an image; None for what isn't offered of it."""
    preset = presets().get(rendition.preset)
    if preset is None or image.is_svg() or rendition.form not in rendition_forms(image):
        return None
    if rendition.width not in preset_widths(image, preset):
        return None
    width, height = preset_size(preset, rendition.width, image.width, image.height)
    size = f"width-{width}" if preset["ratio"] is None else f"fill-{width}x{height}"
    return f"{size}|format-{_WAGTAIL_FORMS[rendition.form]}"


def picture_version(image: Any) -> str:
    """What stands for the picture in its addresses: its digest's beginning, and its focal point's.

    So an address changes with what is seen at it, can't be guessed, and may be kept for ever.
    """
    version: str = image.sha256[:12]
    if not image.has_focal_point():
        return version
    columns = ("x", "y", "width", "height")
    point = [int(getattr(image, f"focal_point_{column}") or 0) for column in columns]
    digest = hashlib.blake2b(repr(point).encode(), digest_size=2).hexdigest()
    return f"{version}-{digest}"


def rendition_address(image: Any, version: str, rendition: Rendition) -> str:
    """``/images/5/0123456789ab/card/640.avif``; written out, since ``reverse`` is slow."""
    preset, width, form = rendition
    return f"{get_script_prefix()}images/{image.pk}/{version}/{preset}/{width}.{form}"


def vector_address(image: Any, version: str) -> str:
    """``/images/5/0123456789ab.svg``: a drawing, which is one file for every size."""
    return f"{get_script_prefix()}images/{image.pk}/{version}.svg"
