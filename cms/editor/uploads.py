"""What stands below ``/media/``: for people at work in the admin, and nobody else.

Wagtail shows editors its own sizes of every image there, those of private collections included.
Readers get images and files from delivery, which asks whether their collection may be seen; so
whatever lies in the folder, nothing of it is public, and a proxy has nothing to serve from it.
"""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

__all__ = ["serve_upload"]

_SHOWN = ("images/", "avatar_images/")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


def serve_upload(request: HttpRequest, path: str) -> HttpResponseBase:
    """A size of an image or an avatar, for who may use the admin; raises Http404."""
    user = request.user
    if not path.startswith(_SHOWN) or not user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
