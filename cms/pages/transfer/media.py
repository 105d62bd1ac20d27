"""Images and files in an export and an import: by what they are (their SHA-256), not by name."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils import translation
from wagtail.utils.file import hash_filelike

from cms.pages.exposed import Json
from cms.pages.kinds import IntakeError
from cms.pages.kinds.text import check_text
from cms.pages.models import PortalDocument, PortalImage
from cms.pages.pictures.inspection import Picture, read_picture
from cms.pages.pictures.refusal import PictureRefusedError
from cms.pages.transfer.folder import MediaFolder
from cms.pages.transfer.outcome import Outcome

__all__ = ["MEDIA_TYPES", "MediaWriter", "export_media_line"]

MEDIA_TYPES: tuple[str, ...] = ("image", "file")
_MODELS: dict[str, type[PortalImage] | type[PortalDocument]] = {
    "image": PortalImage,
    "file": PortalDocument,
}
_FIELDS: dict[str, dict[str, str]] = {
    "image": {"title": "title", "alt": "description", "credit": "credit"},
    "file": {"title": "title"},
}
"""Key of a line → column."""
_OTHER_KEYS = ("type", "sha256", "filename", "focal_point", "data", "file")
_POINT = ("x", "y", "width", "height")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_DIGEST_IN_ADDRESS = re.compile(r"/([0-9a-f]{12})(?:-[0-9a-f]{4})?[/.]")


def export_media_line(kind: str, media: Any, folder: MediaFolder | None) -> dict[str, Json]:
    """The line of an image or a file; raises FileNotFoundError where its bytes are gone.

    With a folder the bytes go there, under ``images/`` or ``files/``, and the line has their
    place in ``file``; else they are in ``data``, in base64.
    """
    with media.file.open("rb") as stored:
        data: bytes = stored.read()
    name = PurePosixPath(media.file.name).name
    line: dict[str, Json] = {"type": kind, "sha256": media.sha256, "filename": name}
    line |= {key: getattr(media, column) for key, column in _FIELDS[kind].items()}
    if kind == "image":
        line["focal_point"] = _focal_point(media)
    if folder is None:
        return {**line, "data": base64.b64encode(data).decode("ascii")}
    place = f"{kind}s/{name}"
    folder.write(place, data)
    return {**line, "file": place}


class MediaWriter:
    """Finds images and files by what a line says of them, and makes and changes them.

    With ``store`` False nothing is written outside of the database, whose transaction the caller
    rolls back.
    """

    def __init__(self, folder: MediaFolder | None, *, store: bool = True) -> None:
        self._folder = folder
        self._store = store

    def find(self, kind: str, reference: Json) -> Any | None:
        """The image or file whose bytes are those of ``{"file"}``; it isn't made."""
        if not isinstance(reference, dict):
            raise IntakeError("an object with the name of a file is expected")
        digest = self._in_folder().digest(str(reference.get("file")))
        return _MODELS[kind].objects.filter(sha256=digest).order_by("pk").first()

    def find_id(self, kind: str, reference: Json) -> int | None:
        """The id of the image or file that a reference names; None where there is none.

        One that is named by a file in the media folder is made where it is missing.
        """
        if isinstance(reference, str):
            reference = {"file": reference}
        if not isinstance(reference, dict):
            raise IntakeError(f"a reference to an {kind} is an object with its sha256")
        rows = _MODELS[kind].objects.order_by("pk").values_list("pk", flat=True)
        if "sha256" in reference:
            return rows.filter(sha256=_digest(reference["sha256"])).first()
        if "file" in reference:
            digest = self._in_folder().digest(str(reference["file"]))
            found = rows.filter(sha256=digest).first()
            return found or self._create(kind, {**_named(reference), "type": kind}).pk
        if found_in := _DIGEST_IN_ADDRESS.search(str(reference.get("presets", ""))):
            return rows.filter(sha256__startswith=found_in[1]).first()
        raise IntakeError(f"an {kind} is named by its sha256, or by its file in the media folder")

    def describe(self, reference: Json) -> str:
        """What the reference says, in short."""
        digest = reference.get("sha256") if isinstance(reference, dict) else reference
        return f"with the sha256 {digest}"

    def apply(self, line: Mapping[str, Json]) -> Outcome:
        """Makes the image or file, or brings what is said of it up to date."""
        kind = str(line["type"])
        allowed = (*_OTHER_KEYS, *_FIELDS[kind])
        if unknown := sorted(set(line) - set(allowed)):
            raise IntakeError(f"unknown key {unknown[0]!r}; allowed: {', '.join(allowed)}")
        if "sha256" in line:
            digest = _digest(line["sha256"])
        elif "file" in line:
            digest = self._in_folder().digest(str(line["file"]))
        else:
            raise IntakeError(f"an {kind} has its sha256, or its file in the media folder")
        media = _MODELS[kind].objects.filter(sha256=digest).order_by("pk").first()
        if media is None:
            self._create(kind, line, digest)
            return Outcome.CREATED
        if not _set(media, kind, line):
            return Outcome.UNCHANGED
        _check(media, exclude={"file"})
        media.save()
        return Outcome.UPDATED

    def _create(self, kind: str, line: Mapping[str, Json], digest: str | None = None) -> Any:
        data, name = self._read(line)
        found = hashlib.sha256(data).hexdigest()
        if digest is not None and found != digest:
            raise IntakeError(f"the bytes have the sha256 {found}", "sha256")
        media: Any = _MODELS[kind](title=name, sha256=found, file_size=len(data))
        media.file_hash = hash_filelike(io.BytesIO(data))
        if kind == "image":
            media.take_picture(_picture(data, name))
        media.file = ContentFile(data, name=name)
        _set(media, kind, line)
        _check(media, exclude=set())
        if not self._store:
            # Rolled back with the rest: a row like the real one, whose file nobody will read.
            # Set past the field, which would open the file to measure it.
            media.__dict__["file"] = media.file.field.generate_filename(media, name)
            media.save()
            return media
        media.file.save(name, media.file.file, save=False)
        stored: tuple[Storage, str] = media.file.storage, media.file.name
        try:
            media.save()
        except BaseException:
            stored[0].delete(stored[1])
            raise
        return media

    def _read(self, line: Mapping[str, Json]) -> tuple[bytes, str]:
        """The bytes and the name of the file."""
        given = line.get("filename") or line.get("file") or ""
        if not isinstance(given, str) or not (name := PurePosixPath(given).name):
            raise IntakeError("the name of the file is missing", "filename")
        if "data" not in line:
            if "file" not in line:
                raise IntakeError("neither data nor a file in the media folder", "data")
            return self._in_folder().path(line["file"]).read_bytes(), name
        if not isinstance(line["data"], str):
            raise IntakeError("base64 is expected", "data")
        try:
            return base64.b64decode(line["data"], validate=True), name
        except (binascii.Error, ValueError) as error:
            raise IntakeError("base64 is expected", "data") from error

    def _in_folder(self) -> MediaFolder:
        if self._folder is None:
            raise IntakeError("no media folder was given, which the file could be in", "file")
        return self._folder


def _picture(data: bytes, name: str) -> Picture:
    try:
        return read_picture(io.BytesIO(data), name)
    except PictureRefusedError as error:
        key = "filename" if error.code == "wrong_name" else "data"
        with translation.override("en"):  # as the rest of what an import says
            raise IntakeError(" ".join(error.messages), key) from error


def _named(reference: Mapping[str, Json]) -> dict[str, Json]:
    """What a reference tells of the file that it names."""
    return {key: reference[key] for key in ("file", "title", "alt", "credit") if key in reference}


def _digest(value: Json) -> str:
    if not isinstance(value, str) or not _DIGEST.fullmatch(value):
        raise IntakeError("64 hexadecimal digits are expected", "sha256")
    return value


def _set(media: Any, kind: str, line: Mapping[str, Json]) -> bool:
    """Sets what the line says of the media; returns whether anything differed."""
    wanted: dict[str, Any] = {}
    for key, column in _FIELDS[kind].items():
        if key in line:
            value = line[key]
            if not isinstance(value, str):
                raise IntakeError("text is expected", key)
            wanted[column] = check_text(value)
    if kind == "image" and "focal_point" in line:
        wanted |= _point_columns(line["focal_point"])
    differs = any(getattr(media, column) != value for column, value in wanted.items())
    for column, value in wanted.items():
        setattr(media, column, value)
    return differs


def _check(media: Any, *, exclude: set[str]) -> None:
    try:
        media.full_clean(exclude=exclude)
    except ValidationError as error:
        messages = [f"{key}: {' '.join(texts)}" for key, texts in error.message_dict.items()]
        raise IntakeError("; ".join(messages)) from error


def _focal_point(image: Any) -> Json:
    if not image.has_focal_point():
        return None
    return {key: getattr(image, f"focal_point_{key}") for key in _POINT}


def _point_columns(point: Json) -> dict[str, int | None]:
    """The columns of a focal point in pixels: its centre, and the size of what it covers."""
    if point is None:
        return {f"focal_point_{key}": None for key in _POINT}
    if not isinstance(point, dict) or not set(point) <= set(_POINT):
        raise IntakeError("an object with x, y, width and height in pixels", "focal_point")
    columns: dict[str, int | None] = {}
    for key in _POINT:
        value = point.get(key)
        if isinstance(value, bool) or not isinstance(value, int | None):
            raise IntakeError("a whole number of pixels is expected", f"focal_point.{key}")
        columns[f"focal_point_{key}"] = value
    return columns
