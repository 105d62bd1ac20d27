"""Kinds of images and files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cms.pages.exposed import Json, JsonSchema
from cms.pages.kinds.base import Intake, Kind, nullable
from cms.pages.kinds.text import check_text
from cms.pages.media import FILE_SCHEMA, IMAGE_SCHEMA, export_media, read_file, read_image

if TYPE_CHECKING:
    from cms.pages.build import Build
    from cms.pages.kinds.definitions import Definitions

__all__ = [
    "FileKind",
    "ImageBlockKind",
    "ImageKind",
]


class ImageKind(Kind):
    """An image, or null where it is in a private collection."""

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return nullable(defs.define("Image", "cms", lambda: IMAGE_SCHEMA))

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return read_image(value, build)

    def export(self, source: Any, value: Any, build: Build) -> Json:
        return export_media(value, build)

    def write(self, source: Any, data: Json, intake: Intake) -> Any:
        return intake.image_id(data)

    def text(self, source: Any, data: Any) -> Iterator[str]:
        if data is not None and data["alt"]:
            yield data["alt"]


class ImageBlockKind(ImageKind):
    """An image with the alternative text of this place."""

    def export(self, source: Any, value: Any, build: Build) -> Json:
        exported = super().export(source, value, build)
        if not isinstance(exported, dict):
            return exported
        alt = getattr(value, "contextual_alt_text", "") or ""
        return {**exported, "alt": alt, "decorative": bool(getattr(value, "decorative", False))}

    def write(self, source: Any, data: Json, intake: Intake) -> Any:
        if data is None:  # never a bare None: Wagtail can't read it between images of a list
            return {"image": None, "alt_text": "", "decorative": False}
        alt = data.get("alt", "") if isinstance(data, dict) else ""
        decorative = bool(data.get("decorative")) if isinstance(data, dict) else False
        return {
            "image": intake.image_id(data),
            "alt_text": check_text(str(alt or "")),
            "decorative": decorative,
        }


class FileKind(Kind):
    """A file for download, or null where it is in a private collection."""

    def schema(self, source: Any, defs: Definitions) -> JsonSchema:
        return nullable(defs.define("File", "cms", lambda: FILE_SCHEMA))

    def read(self, source: Any, value: Any, build: Build) -> Json:
        return read_file(value, build)

    def export(self, source: Any, value: Any, build: Build) -> Json:
        return export_media(value, build)

    def write(self, source: Any, data: Json, intake: Intake) -> Any:
        return intake.file_id(data)

    def text(self, source: Any, data: Any) -> Iterator[str]:
        if data is not None:
            yield data["title"]
