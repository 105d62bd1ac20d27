"""Files for download, for those who may see their collection.

A file's type is told by its extension, from a list: nothing that a browser would run is ever given
out as such. What a browser shows by itself may be opened in place, all else is saved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from cms.delivery.answers import API_HEADERS, cache_control, cache_tags, is_known
from cms.delivery.parameters import MAX_ID
from cms.delivery.problems import Problem
from cms.delivery.routing import NoParameters, delivery_view
from cms.pages.build import Build
from cms.pages.models import PortalDocument

__all__ = ["serve_file"]

_SHOWN: dict[str, str] = {
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    "png": "image/png",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "webm": "video/webm",
}
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_SAVED: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "doc": "application/msword",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "odp": f"{_OPEN}.presentation",
    "ods": f"{_OPEN}.spreadsheet",
    "odt": f"{_OPEN}.text",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "rar": "application/vnd.rar",
    "rtf": "application/rtf",
    "xls": "application/vnd.ms-excel",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "zip": "application/zip",
}
_UNKNOWN = "application/octet-stream"

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'"
"""No ``sandbox``: browsers refuse to show a PDF in one."""

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})\Z", re.ASCII)
_CHUNK = 64 * 1024


@delivery_view
def serve_file(request: HttpRequest, file_id: int, filename: str) -> HttpResponse:
    """A file by its id and its name; one part of it where ``Range`` asks for it; else 404."""
    NoParameters.read(request)
    file, is_public = _load(request, file_id, filename)
    etag = f'"{file.sha256}"'
    if is_known(request, etag):
        response: HttpResponseBase = HttpResponse(status=304)
        del response.headers["Content-Type"]
    else:
        response = _answer(request, file, etag)
    headers = response.headers
    for name, value in API_HEADERS.items():
        headers[name] = value
    headers["Content-Security-Policy"] = _POLICY
    headers["ETag"] = etag
    if is_public:
        headers["Cache-Control"] = cache_control(None, shared=True)
        headers["Cache-Tag"] = cache_tags([file.tag, f"collection:{file.collection_id}"])
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    else:
        headers["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value]  # a stream, which no decorator here looks into


def _load(request: HttpRequest, file_id: int, filename: str) -> tuple[PortalDocument, bool]:
    """The file, and whether everybody may see it; raises Problem for who may not."""
    file: PortalDocument | None = None
    if file_id <= MAX_ID:
        files = PortalDocument.objects.select_related("collection")
        file = files.filter(pk=file_id).first()
    if file is None or file.filename != filename:
        bool(request.user.is_authenticated)  # as below, so that `Vary` gives nothing away
        raise Problem("not-found")
    if Build().is_public_collection(file.collection.path):
        return file, True
    restrictions = file.collection.get_view_restrictions()
    if not all(one.accept_request(request) for one in restrictions):
        raise Problem("not-found")
    return file, False


def _answer(request: HttpRequest, file: PortalDocument, etag: str) -> HttpResponseBase:
    """The file, or the part of it that is asked for; of a HEAD, what GET would say of it."""
    extension = PurePosixPath(file.filename).suffix.lower().lstrip(".")
    media_type = _SHOWN.get(extension) or _SAVED.get(extension, _UNKNOWN)
    try:
        stored: BinaryIO = file.file.storage.open(file.file.name, "rb")
        size: int = file.file.size
    except FileNotFoundError:
        raise Problem("not-found") from None
    part = _part(request, size, etag)
    start, end = part or (0, size)
    if request.method == "HEAD" or start >= end:
        stored.close()
        response: HttpResponseBase = HttpResponse(b"", content_type=media_type)
    elif part is None:
        response = FileResponse(stored, content_type=media_type)
    else:
        response = StreamingHttpResponse(_read(stored, start, end), content_type=media_type)
    if part is not None:
        response.status_code = 206 if start < end else 416
        where = f"{start}-{end - 1}" if start < end else "*"
        response.headers["Content-Range"] = f"bytes {where}/{size}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Length"] = str(max(0, end - start))
    disposition = content_disposition_header(extension not in _SHOWN, file.filename)
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response


def _part(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """Where the asked part begins and ends (RFC 9110, 14); None for the whole file.

    Several parts in one request are answered with the whole file, as are those of an older file.
    """
    match = _RANGE.match(request.headers.get("Range", ""))
    if match is None or match[1] == match[2] == "":
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    if match[1] == "":
        return max(0, size - int(match[2])), size
    start = int(match[1])
    end = min(size, int(match[2]) + 1) if match[2] else size
    return (start, end) if start < end or start >= size else None


def _read(stored: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    with stored:
        stored.seek(start)
        while start < end and (chunk := stored.read(min(_CHUNK, end - start))):
            start += len(chunk)
            yield chunk
