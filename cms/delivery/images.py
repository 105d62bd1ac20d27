"""Images in the sizes that the presets allow, made when they are first asked for.

The address holds the beginning of the picture's SHA-256: it changes with the picture, can't be
guessed, and may be kept for ever. A size outside the presets is never made, so that no client can
fill the disk.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from cms.delivery.answers import API_HEADERS, cache_tags, etag_of, is_known
from cms.delivery.parameters import MAX_ID
from cms.delivery.problems import Problem
from cms.delivery.routing import delivery_view
from cms.pages.build import Build
from cms.pages.media import preset_size, presets
from cms.pages.models import PortalImage

__all__ = ["filter_spec", "image_preset"]

_FOREVER = "public, max-age=31536000, immutable"  # seconds of a year


@delivery_view
def image_preset(
    request: HttpRequest, image_id: int, version: str, preset: str, width: int
) -> HttpResponse:
    """One preset of an image at one of its widths, as WebP; else 404."""
    image = _load(image_id, version)
    spec = filter_spec(image, preset, width) if image is not None else None
    if image is None or spec is None:
        raise Problem("not-found")
    etag = etag_of(f"{image.sha256} {spec} {image.get_focal_point()}".encode())
    response = HttpResponse(status=304) if is_known(request, etag) else _picture(image, spec)
    headers = response.headers
    for name, value in API_HEADERS.items():
        headers[name] = value
    headers["ETag"] = etag
    headers["Cache-Control"] = _FOREVER
    headers["Cache-Tag"] = cache_tags([image.tag, f"collection:{image.collection_id}"])
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _load(image_id: int, version: str) -> PortalImage | None:
    """The image with that digest, if neither its collection nor one above is private."""
    if image_id > MAX_ID or not version:
        return None
    image: PortalImage | None = (
        PortalImage.objects.select_related("collection").filter(pk=image_id).first()
    )
    if image is None or image.sha256[:12] != version:
        return None
    return image if Build().is_public_collection(image.collection.path) else None


def filter_spec(image: Any, preset: str, width: int) -> str | None:
    """Wagtail's filter for a preset at a width; None where the presets don't have it."""
    size = presets().get(preset)
    if size is None or width not in size["widths"]:
        return None
    if width > image.width and width != min(size["widths"]):
        return None  # never offered: the picture is smaller
    actual_width, actual_height = preset_size(size, width, image.width, image.height)
    if size["ratio"] is None:
        return f"width-{actual_width}|format-webp"
    return f"fill-{actual_width}x{actual_height}|format-webp"


def _picture(image: PortalImage, spec: str) -> HttpResponse:
    try:
        rendition = image.get_rendition(spec)
        with rendition.file.open("rb") as file:
            body: bytes = file.read()
    except (SourceImageIOError, InvalidFilterSpecError, FileNotFoundError):
        raise Problem("not-found") from None
    response = HttpResponse(body, content_type="image/webp")
    response.headers["Content-Length"] = str(len(body))
    return response
