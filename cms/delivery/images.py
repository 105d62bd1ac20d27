"""Images in the sizes and forms that the presets offer, and drawings, cleaned.

The worker makes the files after publication; what is asked for earlier is made then, once. The
address holds the beginning of the picture's SHA-256: it changes with the picture, can't be guessed,
and may be kept for ever. A size or form outside the presets is never made, so that no client can
fill the disk.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from cms.delivery.answers import API_HEADERS, cache_tags, etag_of, is_known
from cms.delivery.parameters import MAX_ID
from cms.delivery.problems import Problem
from cms.delivery.routing import NoParameters, delivery_view
from cms.pages.build import Build
from cms.pages.models import PortalImage
from cms.pages.pictures.vector import clean_drawing
from cms.pages.presets import Rendition, filter_spec, picture_version

__all__ = ["image_preset", "image_vector"]

_BROWSER_SECONDS = 31_536_000
"""A year; shared caches keep what they are purged of by tag, as everywhere."""

_VECTOR_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
"""For a drawing that is opened by itself: nothing runs, and nothing is loaded."""


@delivery_view
def image_preset(
    request: HttpRequest, image_id: int, version: str, preset: str, width: int, form: str
) -> HttpResponse:
    """One preset of an image at one of its widths, in one of its forms; else 404."""
    image = _load(request, image_id, version)
    spec = filter_spec(image, Rendition(preset, width, form))
    if spec is None:
        raise Problem("not-found")
    etag = etag_of(f"{version} {spec}".encode())
    if is_known(request, etag):
        return _finish(HttpResponse(status=304), image, etag)
    try:
        rendition = image.get_rendition(spec)
        with rendition.file.open("rb") as file:
            body: bytes = file.read()
    except (SourceImageIOError, InvalidFilterSpecError, FileNotFoundError, ValidationError):
        raise Problem("not-found") from None
    media_type = "image/jpeg" if form == "jpg" else f"image/{form}"
    return _finish(HttpResponse(body, content_type=media_type), image, etag)


@delivery_view
def image_vector(request: HttpRequest, image_id: int, version: str) -> HttpResponse:
    """A drawing with nothing but shapes in it; else 404."""
    image = _load(request, image_id, version)
    if not image.is_svg():
        raise Problem("not-found")
    try:
        with image.open_file() as file:
            body = clean_drawing(file).serialise()
    except (SourceImageIOError, FileNotFoundError, ValidationError):
        raise Problem("not-found") from None
    etag = etag_of(body)
    if is_known(request, etag):
        return _finish(HttpResponse(status=304), image, etag)
    response = HttpResponse(body, content_type="image/svg+xml")
    return _finish(response, image, etag, policy=_VECTOR_POLICY)


def _load(request: HttpRequest, image_id: int, version: str) -> PortalImage:
    """The image in that version, if neither its collection nor one above is private; else 404."""
    NoParameters.read(request)
    if image_id > MAX_ID or not version:
        raise Problem("not-found")
    image: PortalImage | None = (
        PortalImage.objects.select_related("collection").filter(pk=image_id).first()
    )
    if image is None or picture_version(image) != version:
        raise Problem("not-found")
    if not Build().is_public_collection(image.collection.path):
        raise Problem("not-found")
    return image


def _finish(
    response: HttpResponse, image: PortalImage, etag: str, policy: str | None = None
) -> HttpResponse:
    """The answer with its headers; a 304 has no body to speak of."""
    headers = response.headers
    if response.status_code == 304:
        del headers["Content-Type"]
    else:
        headers["Content-Length"] = str(len(response.content))
    for name, value in API_HEADERS.items():
        headers[name] = value
    if policy is not None:
        headers["Content-Security-Policy"] = policy
    shared: int = settings.CMS_PUBLIC_CACHE_SECONDS
    headers["ETag"] = etag
    headers["Cache-Control"] = f"public, max-age={_BROWSER_SECONDS}, s-maxage={shared}, immutable"
    headers["Cache-Tag"] = cache_tags([image.tag, f"collection:{image.collection_id}"])
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
