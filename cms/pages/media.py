"""Images and files as they stand in documents.

Addresses are worked out, not made: a rendition comes into being when it is first asked for
(``cms.delivery``), so that building a document is database work alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, cast

from django.conf import settings
from django.urls import reverse

from cms.pages.exposed import Json, JsonSchema

if TYPE_CHECKING:
    from cms.pages.build import Build

__all__ = [
    "FILE_SCHEMA",
    "IMAGE_SCHEMA",
    "Preset",
    "export_media",
    "preset_size",
    "presets",
    "read_file",
    "read_image",
]

_POINT: JsonSchema = {
    "type": ["object", "null"],
    "description": "The point to keep in view, as fractions of width and height from top left.",
    "properties": {"x": {"type": "number"}, "y": {"type": "number"}},
    "required": ["x", "y"],
}
_PRESET: JsonSchema = {
    "type": "object",
    "properties": {
        "src": {"type": "string"},
        "srcset": {"type": "string"},
        "width": {"type": "integer"},
        "height": {"type": "integer"},
        "type": {"type": "string"},
    },
    "required": ["src", "srcset", "width", "height", "type"],
}
IMAGE_SCHEMA: JsonSchema = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "title": {"type": "string"},
        "alt": {"type": "string"},
        "decorative": {"type": "boolean"},
        "credit": {"type": "string"},
        "width": {"type": "integer"},
        "height": {"type": "integer"},
        "focal_point": _POINT,
        "presets": {"type": "object", "additionalProperties": _PRESET},
    },
    "required": [
        "id",
        "title",
        "alt",
        "decorative",
        "credit",
        "width",
        "height",
        "focal_point",
        "presets",
    ],
}
FILE_SCHEMA: JsonSchema = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "title": {"type": "string"},
        "url": {"type": "string"},
        "filename": {"type": "string"},
        "size": {"type": ["integer", "null"], "description": "In bytes."},
        "media_type": {"type": "string"},
        "sha256": {"type": "string"},
    },
    "required": ["id", "title", "url", "filename", "size", "media_type", "sha256"],
}


class Preset(TypedDict):
    """A named size: the widths on offer, and the height for one unit of width (None: as is)."""

    widths: list[int]
    ratio: float | None


def presets() -> dict[str, Preset]:
    """The sizes that a client may ask for: ``CMS_IMAGE_PRESETS``."""
    return cast("dict[str, Preset]", settings.CMS_IMAGE_PRESETS)


def preset_size(preset: Preset, width: int, image_width: int, image_height: int) -> tuple[int, int]:
    """Pixels of a preset's image at one width; an image is never made larger than it is."""
    if preset["ratio"] is None:
        actual = min(width, image_width)
        return actual, max(1, round(image_height * actual / image_width))
    height = round(width * preset["ratio"])
    scale = min(1.0, image_width / width, image_height / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def read_image(image: Any, build: Build) -> Json:
    """An image with its presets; None where there is none or its collection is private."""
    if image is None:
        return None
    build.note(image.tag)
    if not _is_public(image, build):
        return None
    decorative = bool(getattr(image, "decorative", False))
    alt = getattr(image, "contextual_alt_text", None) or image.default_alt_text
    return {
        "id": image.pk,
        "title": image.title,
        "alt": "" if decorative else alt,
        "decorative": decorative,
        "credit": image.credit,
        "width": image.width,
        "height": image.height,
        "focal_point": _focal_point(image),
        "presets": {name: _preset(image, name, preset) for name, preset in presets().items()},
    }


def read_file(file: Any, build: Build) -> Json:
    """A file for download; None where there is none or its collection is private."""
    if file is None:
        return None
    build.note(file.tag)
    if not _is_public(file, build):
        return None
    return {
        "id": file.pk,
        "title": file.title,
        "url": file.url,
        "filename": file.filename,
        "size": file.file_size,
        "media_type": file.media_type,
        "sha256": file.sha256,
    }


def export_media(media: Any, build: Build) -> Json:
    """The portable form of an image or a file: its digest, which an import finds it by."""
    if media is None:
        return None
    build.note(media.tag)
    return {"sha256": media.sha256} if _is_public(media, build) else None


def _is_public(media: Any, build: Build) -> bool:
    build.note(f"collection:{media.collection_id}")
    return build.is_public_collection(media.collection.path)


def _focal_point(image: Any) -> Json:
    point = image.get_focal_point()
    if point is None:
        return None
    centre = point.centroid
    return {"x": round(centre.x / image.width, 4), "y": round(centre.y / image.height, 4)}


def _preset(image: Any, name: str, preset: Preset) -> Json:
    widths = [w for w in preset["widths"] if w <= image.width] or [min(preset["widths"])]
    addresses = {width: _address(image, name, width) for width in widths}
    largest = max(widths)
    width, height = preset_size(preset, largest, image.width, image.height)
    return {
        "src": addresses[largest],
        "srcset": ", ".join(f"{address} {w}w" for w, address in addresses.items()),
        "width": width,
        "height": height,
        "type": "image/webp",
    }


def _address(image: Any, preset: str, width: int) -> str:
    # The digest makes the address change with the picture: it may be cached for ever.
    version = image.sha256[:12]
    return reverse("image-preset", args=[image.pk, version, preset, width])
