"""Images and files as they stand in documents.

Addresses are worked out, not made, so that building a document is database work alone: the worker
makes a published image's sizes (``cms.pages.renditions``), or whoever asks for one first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms.pages.exposed import Json, JsonSchema
from cms.pages.presets import (
    Preset,
    Rendition,
    picture_version,
    preset_size,
    preset_widths,
    presets,
    rendition_address,
    rendition_forms,
    vector_address,
)

if TYPE_CHECKING:
    from cms.pages.build import Build

__all__ = [
    "FILE_SCHEMA",
    "IMAGE_SCHEMA",
    "export_media",
    "read_file",
    "read_image",
]

_TYPES: dict[str, str] = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "png": "image/png",
}
_POINT: JsonSchema = {
    "type": ["object", "null"],
    "description": "The point to keep in view, as fractions of width and height from top left.",
    "properties": {"x": {"type": "number"}, "y": {"type": "number"}},
    "required": ["x", "y"],
}
_SOURCE: JsonSchema = {
    "type": "object",
    "description": "The same picture in a form with smaller files, for a `source` element.",
    "properties": {"type": {"type": "string"}, "srcset": {"type": "string"}},
    "required": ["type", "srcset"],
}
_PRESET: JsonSchema = {
    "type": "object",
    "description": "`src` and `srcset` are in a form that every program reads.",
    "properties": {
        "src": {"type": "string"},
        "srcset": {"type": "string"},
        "width": {"type": "integer"},
        "height": {"type": "integer"},
        "type": {"type": "string"},
        "sources": {"type": "array", "items": _SOURCE},
    },
    "required": ["src", "srcset", "width", "height", "type", "sources"],
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
        "color": {
            "type": ["string", "null"],
            "description": "The dominant colour, `#a1b2c3`; null for a transparent picture.",
        },
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
        "color",
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
        "color": image.color or None,
        "presets": _presets(image),
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


def _presets(image: Any) -> dict[str, Json]:
    version = picture_version(image)
    read = _vector_preset if image.is_svg() else _preset
    return {name: read(image, name, preset, version) for name, preset in presets().items()}


def _preset(image: Any, name: str, preset: Preset, version: str) -> Json:
    """The files of one preset: the fallback as ``src`` and ``srcset``, the others as sources."""
    widths = preset_widths(image, preset)
    *modern, fallback = rendition_forms(image)
    width, height = preset_size(preset, max(widths), image.width, image.height)

    def srcset(form: str) -> str:
        addresses = (rendition_address(image, version, Rendition(name, w, form)) for w in widths)
        return ", ".join(f"{a} {w}w" for a, w in zip(addresses, widths, strict=True))

    return {
        "src": rendition_address(image, version, Rendition(name, max(widths), fallback)),
        "srcset": srcset(fallback),
        "width": width,
        "height": height,
        "type": _TYPES[fallback],
        "sources": [{"type": _TYPES[form], "srcset": srcset(form)} for form in modern],
    }


def _vector_preset(image: Any, name: str, preset: Preset, version: str) -> Json:
    """A drawing fits every size: one file, in the size that the preset's largest width gives."""
    address, width = vector_address(image, version), max(preset["widths"])
    return {
        "src": address,
        "srcset": f"{address} {width}w",
        "width": width,
        "height": max(1, round(image.height * width / image.width)),
        "type": "image/svg+xml",
        "sources": [],
    }
